// Which media an RTP packet belongs to (RFC 9143 §9.2): known SSRC, then the mid extension, then the payload type; and
// which layer of it, by the RTP stream id (RFC 8852). Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mcu/rtp/packet.h"

namespace rollcall::mcu::leg {

/// One per transport; whoever owns it serialises the calls. A media has one stream for each layer that was agreed (one
/// without simulcast), and one for retransmissions of each: otherwise a hostile peer could make decoders by inventing
/// SSRCs. A new stream replaces the old one after that has
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
    std::optional<int> keys_payload_type = {};  ///< in the same stream
    std::optional<std::uint32_t> ssrc = {};     ///< as described by the peer; not with layers
    std::optional<std::uint32_t> rtx_ssrc = {};
    std::vector<std::string> rids = {};  ///< the layers; empty: one stream without a name
    int rid_extension = 0;
    int repaired_rid_extension = 0;
    bool operator==(const Media&) const = default;
  };
  struct Route {
    std::size_t index = 0;
    bool is_retransmission = false;
    std::size_t layer = 0;
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
  struct Layer {
    Stream main;
    Stream rtx;
    [[nodiscard]] bool has(std::uint32_t ssrc) const { return main.ssrc == ssrc || rtx.ssrc == ssrc; }
  };
  struct Entry {
    Media media;
    std::vector<Layer> layers;  ///< at least one
    [[nodiscard]] bool has(std::uint32_t ssrc) const;
    /// Null: none that was agreed.
    [[nodiscard]] Layer* layer_of(const rtp::Packet& packet, bool is_rtx);
  };
  [[nodiscard]] Entry* find(const rtp::Packet& packet);

  std::vector<Entry> entries_;
};

}  // namespace rollcall::mcu::leg
