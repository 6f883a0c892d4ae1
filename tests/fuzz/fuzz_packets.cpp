// Whatever arrives at a participant's socket, after its protection was taken off, is sorted or dropped.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "mcu/leg/demux.h"
#include "mcu/leg/receive_chain.h"
#include "mcu/leg/rtcp_split.h"
#include "mcu/transport/packet.h"

namespace {

using namespace rollcall::mcu;

leg::Demux bundle() {
  leg::Demux demux;
  demux.set_media({.index = 0, .mid = "a", .mid_extension = 4, .payload_type = 111, .ssrc = 10});
  demux.set_media({.index = 1, .mid = "v", .mid_extension = 4, .payload_type = 96, .rtx_payload_type = 97});
  return demux;
}

void route(transport::Bytes packet) {
  auto demux = bundle();
  const auto index = demux.route(packet, std::chrono::steady_clock::time_point(std::chrono::seconds(1)));
  if (index && (*index > 1 || demux.owner(transport::read32(&packet[8])) != index)) {
    std::abort();
  }
}

/// Each part is a sequence of whole blocks, and together they are hardly more than what came.
void split(transport::Bytes packet) {
  const leg::SsrcOwners owners{.remote = [](std::uint32_t ssrc) { return std::optional<std::size_t>(ssrc & 1U); },
                               .local = [](std::uint32_t ssrc) { return std::optional<std::size_t>(ssrc >> 1 & 1U); }};
  for (const auto& [index, compound] : leg::split_compound(packet, owners)) {
    std::size_t at = 0;
    while (at < compound.size()) {
      if (compound.size() - at < 4 || compound[at] >> 6 != 2) {
        std::abort();
      }
      at += 4U * (transport::read16(&compound[at + 2]) + 1U);
    }
    if (at != compound.size() || index > 1 || compound.size() > 2 * packet.size()) {
      std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const transport::Bytes packet(data, size);
  (void)transport::classify(packet);
  (void)leg::asks_for_key_frame(packet);
  for (const int id : {1, 4, 14, 255}) {
    (void)leg::header_extension(packet, id);
  }
  int width = 0;
  int height = 0;
  (void)leg::read_vp8_size(packet, width, height);
  route(packet);
  split(packet);
  return 0;
}
