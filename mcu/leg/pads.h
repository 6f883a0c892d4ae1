// Pads without an element: the ends where packets and frames enter and leave a leg's pipeline. No thread, no queue.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"
#include "mcu/transport/packet.h"

namespace rollcall::mcu::leg {

/// Pushes buffers into the pipeline. Made and closed on the loop thread; push() on one thread at a time.
class InPad {
 public:
  /// Links to `into` and tells it what will come. `key_frame_wanted` (may be empty): somebody down there asked for a
  /// key frame; called on whatever thread that is.
  InPad(GstPad* into, const std::string& name, const char* caps, std::function<void()> key_frame_wanted);
  ~InPad();
  InPad(const InPad&) = delete;
  InPad& operator=(const InPad&) = delete;

  void push(gst::BufferPtr buffer);
  /// Pushes a copy of a packet, stamped with the time of arrival.
  void push(transport::Bytes packet);
  /// Nothing gets in any more; waits for a push under way.
  void close();

 private:
  static gboolean on_event(GstPad* pad, GstObject* parent, GstEvent* event);
  static gboolean on_query(GstPad* pad, GstObject* parent, GstQuery* query);

  std::function<void()> key_frame_wanted_;
  gst::ObjectPtr<GstPad> pad_;
};

/// Takes packets out of the pipeline, on the thread that made them.
class OutPad {
 public:
  using Packet = std::function<void(transport::Bytes packet)>;

  OutPad(GstPad* from, const std::string& name, Packet packet);
  ~OutPad();
  OutPad(const OutPad&) = delete;
  OutPad& operator=(const OutPad&) = delete;

  void close();

 private:
  static gboolean on_query(GstPad* pad, GstObject* parent, GstQuery* query);
  static GstFlowReturn on_buffer(GstPad* pad, GstObject* parent, GstBuffer* buffer);

  Packet packet_;
  gst::ObjectPtr<GstPad> pad_;
};

}  // namespace rollcall::mcu::leg
