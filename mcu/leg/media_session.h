#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "mcu/leg/incoming.h"
#include "mcu/leg/leg.h"
#include "mcu/leg/outgoing.h"
#include "mcu/rtp/rtcp_writer.h"
#include "mcu/transport/transport.h"

namespace rollcall::mcu::leg {

/// One media of a leg: what it sends, what it receives, and the RTCP of both. Its codec and its SSRCs stay for life.
/// Owned by the leg; made on the loop thread, used on the I/O thread, except send() (one encoder thread) and what says
/// otherwise.
class MediaSession {
 public:
  using Time = rtp::Time;
  struct Events {
    Incoming::Sinks sinks;
    std::function<void()> key_frame_wanted;  ///< by the receiver; I/O thread
  };
  struct Statistics {
    std::uint64_t received = 0;
    std::uint64_t received_octets = 0;
    std::int64_t lost = 0;
    std::chrono::steady_clock::duration jitter = {};
    Time last_packet = {};
    Time last_media = {};
    int height = 0;
    bool given_up = false;
    bool due = false;  ///< the peer may send, and what he sends is used
    Outgoing::Figures sent = {};
  };

  MediaSession(const Outgoing::Setup& setup, std::string cname, transport::Transport& transport, Events events);

  template <class Sent>
  void send(const Sent& sent) {
    sending_.send(sent);
  }

  /// `layer`: which of those that its description agreed on.
  void receive(const rtp::Packet& packet, bool is_retransmission, std::size_t layer, Time now);
  /// A block of RTCP that is about this media, whoever sent it.
  void receive(const rtp::RtcpBlock& block, Time now);
  void receive(const rtp::ReportBlock& report, Time now);
  /// Every 20 ms: what is due of reports and feedback goes out.
  void tick(Time now);

  /// What passes: ours out, theirs in. Any thread.
  void set_direction(model::Direction ours);
  /// Whether pictures are shown, how large, and how much of them is asked for. Any thread.
  void set_wanted(const std::optional<Wanted>& wanted) {
    wanted_height_ = wanted ? wanted->height : 0;
    wanted_kbit_ = wanted ? wanted->kbit : unwanted;
  }

  [[nodiscard]] const Choice& choice() const { return setup_.choice; }
  [[nodiscard]] std::uint32_t ssrc() const { return setup_.ssrc; }
  [[nodiscard]] Statistics statistics();

 private:
  static constexpr int unwanted = -1;

  void send_rtcp(Time now);
  void write_report(rtp::RtcpWriter& out, bool regular, Time now);
  void write_key_request(rtp::RtcpWriter& out, std::uint32_t theirs);
  void write_wish(rtp::RtcpWriter& out);
  /// What to ask for in all, kbit/s; none: nothing to be asked for, or nobody who could be.
  [[nodiscard]] std::optional<int> wish() const;

  const Outgoing::Setup setup_;
  const std::string cname_;
  const std::function<void()> key_frame_wanted_;
  enum class Asking { never, remb, tmmbr };
  const Asking asking_;  ///< how the peer can be asked for less
  const int sequence_id_;
  transport::Transport& transport_;
  std::atomic<bool> receives_ = true;
  std::atomic<int> wanted_kbit_ = 0;    ///< 0: shown, but nothing is asked for
  std::atomic<int> wanted_height_ = 0;  ///< 0: as large as it comes
  Outgoing sending_;
  Incoming receiving_;
  rtp::TwccRecorder arrivals_;
  transport::Batch packets_;
  std::uint8_t intra_requests_ = 0;
  std::optional<int> said_wish_ = {};  ///< the last that was told
  Time next_report_;
};

}  // namespace rollcall::mcu::leg
