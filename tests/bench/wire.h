// How a generated participant's packets travel: UDP sockets of its own, or ICE and DTLS-SRTP as a browser would.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "allocator/model/media_description.h"
#include "mcu/transport/transport.h"
#include "tests/bench/rtp.h"
#include "tests/bench/statistics.h"

namespace rollcall::bench {

enum class Lane { sound, picture };

/// Owned by a Participant. Made, told and deleted on the loop thread; sends from any.
class Wire {
 public:
  /// On the player's thread (plain) or the I/O thread (WebRTC). `arrived`: by the kernel's stamp where there is one.
  using Receive = std::function<void(Bytes packet, bool rtcp, Time arrived)>;

  Wire() = default;
  virtual ~Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Puts the transports into an offer and says for each media which is its.
  virtual void describe(model::MediaDescription& offer) const = 0;
  virtual void apply(const model::MediaDescription& answer) = 0;
  virtual void send(Lane lane, bool rtcp, Bytes packet) = 0;
  [[nodiscard]] virtual bool open() const = 0;
  /// What the player has to poll; on_readable() is for it alone.
  [[nodiscard]] virtual std::vector<int> descriptors() const { return {}; }
  virtual void on_readable(int /*descriptor*/) {}
  /// Goodbye, where there is one to say.
  virtual void close() = 0;
};

[[nodiscard]] std::unique_ptr<Wire> make_plain_wire(bool picture, Wire::Receive receive);
/// `io` is none of the measured process.
[[nodiscard]] std::unique_ptr<Wire> make_webrtc_wire(mcu::transport::IoContext& io, Wire::Receive receive);

}  // namespace rollcall::bench
