// Whatever arrives as sound, in any order, with any time stamp: every 20 ms there are 20 ms of sound, at no more than
// the greatest delay, and no packet is read beyond its end.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "mcu/voice/voice.h"

namespace {

using namespace rollcall::mcu;
using Bytes = std::span<const std::uint8_t>;

constexpr gst::Coding codings[] = {gst::Coding::opus, gst::Coding::pcmu, gst::Coding::pcma,
                                   gst::Coding::g722, gst::Coding::amr,  gst::Coding::amr_wb};

void must(bool condition) {
  if (!condition) std::abort();
}

/// Six bytes a packet, then its payload: coding and whether it is listened to, level, step of the number, step of the
/// time stamp in units of 2.5 ms, ticks that pass, length of the payload.
void play(Bytes script) {
  voice::Voice voice;
  gst::SoundPacket packet;
  packet.sequence = 1000;
  voice::Time now(std::chrono::seconds(10));
  while (script.size() >= 6) {
    const Bytes head = script.first(6);
    script = script.subspan(6);
    packet.coding = codings[(head[0] % 4 + (head[0] >> 3) * 4) % 6];
    packet.level.reset();
    if (head[1] < 128) packet.level = head[1];
    packet.sequence += static_cast<std::uint64_t>(static_cast<std::int8_t>(head[2]));
    packet.timestamp +=
        static_cast<std::uint32_t>(static_cast<std::int8_t>(head[3]) * (head[2] == 127 ? 1000000 : 120));
    packet.payload = script.first(std::min<std::size_t>(head[5], script.size()));
    packet.arrived = now;
    script = script.subspan(packet.payload.size());
    voice.put(packet);
    for (int tick = 0; tick < head[4] % 8; ++tick) {
      now += voice::block_time;
      const auto coming = voice.advance(now);
      must(!coming.loudness || (*coming.loudness >= 0 && *coming.loudness <= 32768));
      voice::Block block;
      if ((head[0] & 4) == 0) voice.decode(block);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  play(Bytes(data, size));
  return 0;
}
