#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "mcu/transport/packet.h"

namespace rollcall::mcu::transport {

/// Key material of one association, RFC 5764 §4.2: master key and salt, joined, for each direction.
struct SrtpKeys {
  unsigned long profile = 0;  ///< the registry's number, SRTP_AES128_CM_SHA1_80 = 1
  std::vector<std::uint8_t> local;
  std::vector<std::uint8_t> remote;
};

/// Lengths of key and salt of a DTLS-SRTP profile; zero for one that we do not have.
struct SrtpLengths {
  std::size_t key = 0;
  std::size_t salt = 0;
};
[[nodiscard]] SrtpLengths srtp_lengths(unsigned long profile);

/// Both directions of one SRTP context (RFC 3711, RFC 7714). `protect` may be called by one thread and the rest by
/// another one at the same time.
class SrtpSession {
 public:
  /// Room that protecting adds behind a packet.
  static constexpr std::size_t overhead = 144;

  /// Throws std::runtime_error if libsrtp refuses the keys.
  explicit SrtpSession(const SrtpKeys& keys);
  ~SrtpSession();
  SrtpSession(const SrtpSession&) = delete;
  SrtpSession& operator=(const SrtpSession&) = delete;

  /// In place; `buffer` has room for `length` + overhead. The new length, or 0: the packet cannot be protected.
  [[nodiscard]] std::size_t protect(PacketKind kind, std::span<std::uint8_t> buffer, std::size_t length);
  /// In place. The new length, or 0: a forged, replayed or broken packet.
  [[nodiscard]] std::size_t unprotect(PacketKind kind, std::span<std::uint8_t> packet);
  /// Forgets a stream that nobody wanted, so that invented SSRCs do not fill the memory.
  void forget(std::uint32_t ssrc);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::mcu::transport
