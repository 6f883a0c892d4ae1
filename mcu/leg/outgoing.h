#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mcu/gst/packets.h"
#include "mcu/leg/codec_choice.h"
#include "mcu/rtp/send_estimate.h"
#include "mcu/rtp/send_stream.h"
#include "mcu/rtp/transport_feedback.h"
#include "mcu/transport/transport.h"

namespace rollcall::mcu::leg {

/// What one media of a leg sends: its own headers for packets that all receivers share, resending, and what the path
/// carries. send() on one encoder thread, the rest on the I/O thread, with enable() from anywhere.
class Outgoing {
 public:
  using Time = rtp::Time;
  struct Setup {
    Choice choice;
    std::string mid;
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;
  };
  struct Figures {
    std::uint64_t packets = 0;
    std::uint64_t octets = 0;
    unsigned estimate_kbit = 0;
    double loss = 0;
    std::optional<rtp::SendStream::Duration> round_trip = {};
  };

  /// `transport` outlives this.
  Outgoing(const Setup& setup, transport::Transport& transport);

  void enable(bool on);
  /// Pictures before the first key frame, and what is coded otherwise, are dropped.
  void send(const gst::PicturePtr& picture);
  void send(const gst::EncodedSound& sound);

  void on_nack(const rtp::Nack& nack, Time now);
  void on_report(const rtp::ReportBlock& report, Time now);
  void on_feedback(const rtp::TransportFeedback& feedback, Time now);
  void on_receiver_estimate(std::uint64_t bits_per_second, Time now);
  void set_ceiling(std::uint64_t bits_per_second);
  /// Every 20 ms.
  void tick(Time now);
  /// For a sender report; none while nothing has been sent lately (RFC 3550 §6.4).
  [[nodiscard]] std::optional<rtp::SenderInfo> report(Time now);
  [[nodiscard]] Figures figures();

 private:
  [[nodiscard]] rtp::OutgoingExtensions extensions(std::size_t payload, Time now);
  void write(transport::Batch& batch, std::uint32_t timestamp, bool marker, rtp::Bytes payload,
             const rtp::SendStream::Owner& owner, Time now);
  bool resend(transport::Batch& batch, std::uint16_t sequence, Time now);

  const gst::Coding coding_;
  const std::string mid_;
  const int mid_id_;
  const int sequence_id_;  ///< of the transport-wide number; 0: none
  const bool resends_;
  transport::Transport& transport_;
  std::atomic<bool> enabled_ = false;
  std::atomic<bool> started_ = false;
  std::mutex mutex_;
  rtp::SendStream stream_;
  rtp::TwccSender numbers_;
  rtp::SendEstimate estimate_;
  std::vector<rtp::PacketResult> results_;
  std::uint64_t reported_ = 0;
  int silent_reports_ = 0;
  Time last_update_ = {};
};

}  // namespace rollcall::mcu::leg
