// Whatever arrives as RTP: a packet is read within its bytes or not at all, what is written again is the same, and a
// stream of any packets in any order at any time comes out in order, once each, within its bounds.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "mcu/rtp/packet.h"
#include "mcu/rtp/receive_stream.h"
#include "mcu/rtp/transport_feedback.h"

namespace {

using namespace rollcall::mcu::rtp;

void must(bool condition) {
  if (!condition) std::abort();
}

bool inside(Bytes part, Bytes whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void read_and_write(Bytes bytes) {
  const auto packet = read_packet(bytes);
  if (!packet) return;
  must(inside(packet->payload, bytes) && inside(packet->extensions, bytes));
  for_each_extension(*packet, [&](int id, Bytes value) { must(id > 0 && id < 256 && inside(value, bytes)); });
  (void)read_audio_level(*packet, 1);
  std::vector<std::uint8_t> out(bytes.size() + most_overhead);
  const auto mid = read_text_extension(*packet, 4);
  const OutgoingExtensions extensions{.transport_sequence_id = 5, .transport_sequence = 7, .mid_id = 4, .mid = mid};
  const auto length = write_packet(packet->header, extensions, packet->payload, out);
  must(length > 0);
  const auto again = read_packet(Bytes(out).first(length));
  must(again && again->header == packet->header && std::ranges::equal(again->payload, packet->payload));
  must(read_transport_sequence(*again, 5) == 7);
  must(mid.size() > 16 || read_text_extension(*again, 4) == mid);
}

/// Four bytes a step: what happens, how much time passes, and a sequence number.
void stream(Bytes script, ReceiveStream::Settings settings) {
  settings.most_packets = 64;
  settings.most_bytes = 2000;
  ReceiveStream received(settings);
  Time now(std::chrono::seconds(1));
  std::int64_t last = -1;
  const std::vector<std::uint8_t> payload(100);
  const auto sink = [&](const Released& released) {
    must(settings.wait.count() == 0 || released.sequence > last);
    must(settings.wait.count() == 0 || released.after_loss || last == -1 || released.sequence == last + 1);
    must(static_cast<std::uint16_t>(released.sequence) == released.packet.header.sequence);
    last = released.sequence;
  };
  for (; script.size() >= 4; script = script.subspan(4)) {
    now += std::chrono::milliseconds(script[1]);
    std::vector<std::uint8_t> content(payload);
    write16(content.data(), read16(&script[2]));
    Packet packet{.header = {.sequence = read16(&script[2]), .timestamp = script[2], .ssrc = script[0] / 100U}};
    packet.payload = Bytes(content).first(script[0] % 64);
    if (script[0] % 4 == 0) {
      received.receive_rtx(packet, 96, now, sink);
    } else {
      received.receive(packet, now, sink);
    }
    std::vector<std::uint16_t> due;
    received.nacks_due(now, due);
    must(due.size() < 64);
    received.poll(now, sink);
    (void)received.report_block(now);
  }
}

void record(Bytes script) {
  TwccRecorder recorder;
  Time now(std::chrono::seconds(1));
  for (; script.size() >= 4; script = script.subspan(4)) {
    now += std::chrono::milliseconds(script[1] * script[0]);
    recorder.arrived(read16(&script[2]), now);
  }
  for (bool more = true; more;) {
    std::vector<std::uint8_t> buffer(1200);
    RtcpWriter writer(buffer);
    more = recorder.write(writer, 1, 2, now);
    must(!more || !writer.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(data, size);
  read_and_write(bytes);
  stream(bytes, {});
  stream(bytes, {.wait = {}});
  record(bytes);
  return 0;
}
