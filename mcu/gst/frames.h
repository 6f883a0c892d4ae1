// What passes between the mixer, the encoders and the legs. Immutable once made; shared by reference count, so that
// one encoded frame goes to a hundred legs without a copy.
#pragma once

#include <gst/gst.h>

#include <chrono>
#include <memory>
#include <string>

namespace rollcall::mcu::gst {

struct BufferUnref {
  void operator()(GstBuffer* buffer) const { gst_buffer_unref(buffer); }
};
struct SampleUnref {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
using BufferPtr = std::unique_ptr<GstBuffer, BufferUnref>;
using SamplePtr = std::unique_ptr<GstSample, SampleUnref>;

/// `h264_single`: H.264 whose units must each fit into a packet (RFC 6184 §6.2). `h263`: as RFC 2190 packs it,
/// `h263_1998`: as RFC 4629 does.
enum class Coding { vp8, h264, h264_single, vp9, h263, h263_1998, h261, opus, pcmu, pcma, g722, amr, amr_wb };

[[nodiscard]] constexpr bool is_sound(Coding coding) {
  return coding >= Coding::opus;
}
/// H.263 and H.261 know a few sizes only, whose pixels are not square: CIF (352x288) and QCIF, for a picture of 4:3.
[[nodiscard]] constexpr bool has_fixed_sizes(Coding coding) {
  return coding == Coding::h263 || coding == Coding::h263_1998 || coding == Coding::h261;
}

/// One encoded picture or one packet of sound (20 ms). Borrowed by the receiver for the call; it takes its own
/// reference to `buffer` if it keeps it.
struct EncodedFrame {
  Coding coding = Coding::vp8;
  GstBuffer* buffer = nullptr;
  std::chrono::nanoseconds running_time{};  ///< on the process-wide media clock; sound counts samples, never the clock
  bool key = true;                          ///< pictures: decodable by itself
};

}  // namespace rollcall::mcu::gst
