#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "allocator/model/expected.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"
#include "mcu/transport/batch.h"
#include "mcu/transport/io_context.h"
#include "mcu/transport/packet.h"

namespace rollcall::mcu::transport {

/// What is wrong with a transport that the other side describes, before anything is made: no_security without DTLS
/// or usable SDES keys (unless `plain` is said), bad_request without a way to reach it. Pure.
[[nodiscard]] model::Expected<void> check(const model::Transport& theirs);

/// One way for a participant's packets: a path (ICE or an address) and its protection. Media passes in neither
/// direction before the certificate that the peer shows is the one that his description promised. Owned by a leg; made,
/// used and deleted on the loop thread, except send().
class Transport {
 public:
  /// All on the I/O thread, none after close().
  struct Events {
    /// RTP or RTCP in the clear. False: nobody's packet.
    std::function<bool(PacketKind kind, std::span<std::uint8_t> packet)> packet;
    std::function<void()> secured;  ///< media may pass; again after a new association
    /// hung_up: DTLS goodbye. no_security: wrong certificate.
    std::function<void(model::Reason)> ended;
  };

  /// `offerer`: our description goes first. `theirs` is what it answers, else null; it decides between ICE and an
  /// address, and who begins DTLS; where it is null `security` decides. Throws std::runtime_error when no port is free.
  Transport(IoContext& io, bool offerer, const model::Transport* theirs, Events events,
            model::LegSecurity security = model::LegSecurity::ice_dtls);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  /// Ours, for the description. Waits a little for STUN and TURN servers where there are any.
  [[nodiscard]] model::Transport describe() const;
  /// Theirs, again for each changed description: new ICE credentials are a restart (ours change too), a new
  /// fingerprint is a new DTLS association (RFC 8842).
  void set_remote(const model::Transport& theirs);
  void add_candidate(const model::IceCandidate& candidate);
  /// New ICE credentials of ours, before theirs come.
  void restart();

  /// Goodbye to the peer; no event and no packet after it.
  void close();

  /// Any thread. Protects the packets in place, sends them and clears the batch. Lost silently before the transport is
  /// secured.
  void send(PacketKind kind, Batch& packets);

  [[nodiscard]] bool is_secured() const;
  [[nodiscard]] bool is_relayed() const;
  /// Since when the peer's consent has been lost (RFC 7675) without a new way having been found, by a restart perhaps;
  /// the epoch while it has not. Any thread.
  [[nodiscard]] std::chrono::steady_clock::time_point lost_since() const;
  /// When the last packet that proved itself arrived; the epoch if none did. Any thread.
  [[nodiscard]] std::chrono::steady_clock::time_point last_packet() const;

 private:
  class Core;
  IoContext& io_;
  std::unique_ptr<Core> core_;
};

}  // namespace rollcall::mcu::transport
