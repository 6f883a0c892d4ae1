// Which media an RTP packet belongs to (RFC 9143 §9.2): known SSRC, then the mid extension, then the payload type.
// Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mcu/transport/packet.h"

namespace rollcall::mcu::leg {

/// One per transport; whoever owns it serialises the calls. A media has one stream, and one for retransmissions:
/// otherwise a hostile peer could make decoders by inventing SSRCs. A new stream replaces the old one after that has
/// been silent for a while.
class Demux {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds replaceable_after{2};

  struct Media {
    std::size_t index = 0;
    std::string mid;
    int mid_extension = 0;  ///< 0: not agreed
    int payload_type = 0;
    std::optional<int> rtx_payload_type = {};
    std::optional<std::uint32_t> ssrc = {};  ///< as described by the peer
    std::optional<std::uint32_t> rtx_ssrc = {};
    bool operator==(const Media&) const = default;
  };

  /// A new description: described streams replace learned ones. Whose SSRCs stay the same is not disturbed.
  void set_media(const Media& media);

  /// The media's index, or none: not ours, a payload type that was not agreed, or a second stream.
  [[nodiscard]] std::optional<std::size_t> route(transport::Bytes rtp, Time now);

  /// The media that sends with this SSRC.
  [[nodiscard]] std::optional<std::size_t> owner(std::uint32_t ssrc) const;
  /// The stream of a media, described or learned.
  [[nodiscard]] std::optional<std::uint32_t> ssrc(std::size_t index) const;

 private:
  struct Stream {
    std::optional<std::uint32_t> ssrc;
    Time last = {};
    [[nodiscard]] bool accepts(std::uint32_t candidate, Time now) const;
  };
  struct Entry {
    Media media;
    Stream main;
    Stream rtx;
  };
  [[nodiscard]] Entry* find(transport::Bytes rtp, std::uint32_t ssrc, int payload_type);

  std::vector<Entry> entries_;
};

/// The value of a one-byte or two-byte header extension (RFC 8285), empty if it is not there or the packet is broken.
[[nodiscard]] transport::Bytes header_extension(transport::Bytes rtp, int id);

}  // namespace rollcall::mcu::leg
