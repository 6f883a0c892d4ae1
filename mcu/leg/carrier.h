#pragma once

#include <functional>
#include <map>
#include <memory>

#include "mcu/leg/demux.h"
#include "mcu/leg/media_session.h"
#include "mcu/transport/transport.h"

namespace rollcall::mcu::leg {

/// One transport of a leg and the media that it carries: all of them (bundled) or one. Owned by the leg; made, used and
/// deleted on the loop thread; the packets' way in is the I/O thread's.
class Carrier {
 public:
  struct Events {
    std::function<void()> secured;             ///< I/O thread
    std::function<void(model::Reason)> ended;  ///< I/O thread
  };

  Carrier(transport::IoContext& io, bool offerer, const model::Transport* theirs, Events events,
          model::LegSecurity security = model::LegSecurity::ice_dtls);

  /// From now on this transport brings the packets of `media` to `session`; again with a changed description.
  /// `session` lives until close().
  void carry(const Demux::Media& media, MediaSession& session, std::uint32_t our_rtx_ssrc);
  /// Whether any media uses it: an offered transport whose media were all refused never comes up.
  [[nodiscard]] bool is_used() const { return used_; }
  void close() { transport_->close(); }

  [[nodiscard]] transport::Transport& transport() { return *transport_; }
  [[nodiscard]] const transport::Transport& transport() const { return *transport_; }

 private:
  using Time = rtp::Time;
  bool receive(transport::PacketKind kind, std::span<std::uint8_t> packet);
  bool receive_rtp(transport::Bytes bytes);
  bool receive_rtcp(transport::Bytes compound);
  bool receive(const rtp::RtcpBlock& block, Time now);
  bool receive(rtp::Items<rtp::ReportBlock> reports, Time now);
  [[nodiscard]] MediaSession* sent_by_us(std::uint32_t ssrc) const;
  [[nodiscard]] MediaSession* sent_by_them(std::uint32_t ssrc) const;
  /// REMB may name the first of several streams, or one of those that are resent.
  template <class Items>
  bool hand(const rtp::RtcpBlock& block, const Items& items, Time now);

  transport::IoContext& io_;
  bool used_ = false;
  // I/O thread only:
  Demux demux_;
  std::map<std::size_t, MediaSession*> sessions_;
  std::map<std::uint32_t, MediaSession*> ours_;  ///< by our SSRCs

  std::unique_ptr<transport::Transport> transport_;
};

}  // namespace rollcall::mcu::leg
