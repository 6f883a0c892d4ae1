// Whatever arrives at a participant's socket before it is known to be his: a handshake of any datagrams, as client and
// as server, ends or goes on, never with keys for a stranger; a protected packet that was forged is no packet.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "mcu/transport/dtls.h"
#include "mcu/transport/packet.h"
#include "mcu/transport/srtp.h"

namespace {

using namespace rollcall::mcu::transport;

constexpr std::size_t longest = 2048;

/// Of nobody: whoever gets through has forged a certificate.
const char* const impossible =
    "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00";

struct Shared {
  Certificate certificate;
  DtlsContext context{certificate};
};

/// The bytes are datagrams, each behind its length in two bytes.
template <class Visit>
void for_each_datagram(Bytes bytes, Visit visit) {
  while (bytes.size() > 2) {
    const auto length = std::min<std::size_t>({read16(bytes.data()), bytes.size() - 2, longest});
    visit(bytes.subspan(2, length));
    bytes = bytes.subspan(2 + length);
  }
}

void shake_hands(Bytes bytes, bool client) {
  static Shared shared;
  DtlsAssociation association(shared.context, g_main_context_default(), {client, "sha-256", impossible},
                              {[](Bytes datagram) {
                                 if (classify(datagram) != PacketKind::dtls) std::abort();
                               },
                               [](const SrtpKeys&) { std::abort(); }, [] {}, [] {}});
  association.start();
  for_each_datagram(bytes, [&](Bytes datagram) {
    if (classify(datagram) == PacketKind::dtls) association.receive(datagram);
  });
  association.close();
}

void unprotect(Bytes bytes) {
  static SrtpSession session(
      {.profile = 1, .local = std::vector<std::uint8_t>(30, 1), .remote = std::vector<std::uint8_t>(30, 2)});
  for_each_datagram(bytes, [&](Bytes datagram) {
    const auto kind = classify(datagram);
    if (kind != PacketKind::rtp && kind != PacketKind::rtcp) return;
    std::vector<std::uint8_t> packet(datagram.begin(), datagram.end());
    if (session.unprotect(kind, packet) > datagram.size()) std::abort();
    if (packet.size() >= 12) session.forget(read32(&packet[8]));
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(data, size);
  shake_hands(bytes, false);
  shake_hands(bytes, true);
  unprotect(bytes);
  return 0;
}
