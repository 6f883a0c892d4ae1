// Whatever arrives at a participant's socket, after its protection was taken off, is sorted, put in order and put
// together, or dropped.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "mcu/leg/decoder_chain.h"
#include "mcu/leg/demux.h"
#include "mcu/leg/frame_assembler.h"
#include "mcu/rtp/receive_stream.h"
#include "mcu/rtp/rtcp_reader.h"
#include "mcu/transport/packet.h"

namespace {

using namespace rollcall::mcu;
using namespace std::chrono_literals;

constexpr rtp::Time start{1000s};

void route(rtp::Bytes bytes) {
  leg::Demux demux;
  demux.set_media({.index = 0, .mid = "a", .mid_extension = 4, .payload_type = 111, .ssrc = 10});
  demux.set_media({.index = 1, .mid = "v", .mid_extension = 4, .payload_type = 96, .rtx_payload_type = 97});
  demux.set_media({.index = 2,
                   .mid = "w",
                   .payload_type = 98,
                   .rtx_payload_type = 99,
                   .rids = {"l", "h"},
                   .rid_extension = 5,
                   .repaired_rid_extension = 6});
  const auto packet = rtp::read_packet(bytes);
  const auto route = packet ? demux.route(*packet, start) : std::nullopt;
  if (route && (route->index > 2 || route->layer > (route->index == 2 ? 1U : 0U) ||
                demux.owner(packet->header.ssrc) != route->index)) {
    std::abort();
  }
}

/// The bytes are several packets, each behind its length: through the order of a stream into pictures.
void assemble(rtp::Bytes bytes, gst::Coding coding) {
  rtp::ReceiveStream stream;
  leg::FrameAssembler assembler(coding);
  auto now = start;
  const auto sink = [&](const rtp::Released& released) {
    (void)leg::key_frame_height(coding, released.packet.payload);
    (void)assembler.add(released.packet, released.after_loss, [&](leg::EncodedPicture&& picture) {
      int width = 0;
      int height = 0;
      (void)leg::read_vp8_size(picture.bytes, width, height);
      if (picture.bytes.size() > leg::FrameAssembler::largest_picture) {
        std::abort();
      }
    });
  };
  while (!bytes.empty()) {
    const std::size_t length = std::min<std::size_t>(bytes[0], bytes.size() - 1);
    if (const auto packet = rtp::read_packet(bytes.subspan(1, length))) {
      if (packet->header.payload_type == 97) {
        stream.receive_rtx(*packet, 96, now, sink);
      } else {
        stream.receive(*packet, now, sink);
      }
    }
    bytes = bytes.subspan(1 + length);
    now += 7ms;
    stream.poll(now, sink);
    std::vector<std::uint16_t> missing;
    stream.nacks_due(now, missing);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const rtp::Bytes bytes(data, size);
  (void)transport::classify(bytes);
  rtp::RtcpReader reader(bytes);
  while (reader.next()) {
  }
  route(bytes);
  for (const auto coding : {gst::Coding::vp8, gst::Coding::h264, gst::Coding::vp9, gst::Coding::h263,
                            gst::Coding::h263_1998, gst::Coding::h261}) {
    assemble(bytes, coding);
  }
  return 0;
}
