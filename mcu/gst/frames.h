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

enum class Coding { vp8, h264, vp9, opus, pcmu, pcma, g722 };

/// One encoded picture or one packet of sound (20 ms). Borrowed by the receiver for the call; it takes its own
/// reference to `buffer` if it keeps it.
struct EncodedFrame {
  Coding coding = Coding::vp8;
  GstBuffer* buffer = nullptr;
  std::chrono::nanoseconds running_time{};  ///< on the process-wide media clock; sound counts samples, never the clock
  bool key = true;                          ///< pictures: decodable by itself
};

}  // namespace rollcall::mcu::gst
