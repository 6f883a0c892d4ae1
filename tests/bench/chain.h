// A few GStreamer elements as a function: what is pushed in comes out in the same thread. No clock, no queue.
#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>

#include "mcu/gst/handle.h"

namespace rollcall::bench {

/// Owned by whoever uses it, one thread.
class Chain {
 public:
  using Output = std::function<void(GstBuffer* buffer, const GstCaps* caps)>;

  /// `description`: of gst-launch, without source and sink. Throws std::runtime_error.
  Chain(const std::string& description, const std::string& input_caps, Output output);
  ~Chain();
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;

  /// Takes the reference.
  void push(GstBuffer* buffer);
  /// What the elements still hold comes out.
  void finish();
  void want_key_frame();

 private:
  static GstFlowReturn on_output(GstPad* pad, GstObject* parent, GstBuffer* buffer);

  Output output_;
  mcu::gst::ObjectPtr<GstElement> bin_;
  mcu::gst::ObjectPtr<GstPad> in_;
  mcu::gst::ObjectPtr<GstPad> out_;
};

/// A copy of `data`, stamped.
[[nodiscard]] GstBuffer* make_buffer(const void* data, std::size_t size, GstClockTime time);

}  // namespace rollcall::bench
