// Which media an RTP packet belongs to (RFC 9143 §9.2): known SSRC, then the mid extension, then the payload type.
// Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mcu/rtp/packet.h"

namespace rollcall::mcu::leg {

/// One per transport; whoever owns it serialises the calls. A media has one stream, and one for retransmissions:
/// otherwise a hostile peer could make decoders by inventing SSRCs. A new stream replaces the old one after that has
/// been silent for a while.
class Demux {
 public:
  using Time = rtp::Time;
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
  struct Route {
    std::size_t index = 0;
    bool is_retransmission = false;
    bool operator==(const Route&) const = default;
  };

  /// A new description: described streams replace learned ones. Whose SSRCs stay the same is not disturbed.
  void set_media(const Media& media);

  /// The media, or none: not ours, a payload type that was not agreed, or a second stream.
  [[nodiscard]] std::optional<Route> route(const rtp::Packet& packet, Time now);

  /// The media that sends with this SSRC.
  [[nodiscard]] std::optional<std::size_t> owner(std::uint32_t ssrc) const;
  /// The sender has said goodbye to this stream: another may come at once.
  void on_goodbye(std::uint32_t ssrc);

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
  [[nodiscard]] Entry* find(const rtp::Packet& packet);

  std::vector<Entry> entries_;
};

}  // namespace rollcall::mcu::leg
