// Owners for what GStreamer hands out.
#pragma once

#include <gst/gst.h>

#include <memory>

namespace rollcall::probe {

struct ObjectUnref {
  void operator()(gpointer object) const { gst_object_unref(object); }
};
struct SampleUnref {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
struct CapsUnref {
  void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
};
struct MessageUnref {
  void operator()(GstMessage* message) const { gst_message_unref(message); }
};
struct ErrorFree {
  void operator()(GError* error) const { g_error_free(error); }
};

template <class T>
using Object = std::unique_ptr<T, ObjectUnref>;
using Sample = std::unique_ptr<GstSample, SampleUnref>;
using Caps = std::unique_ptr<GstCaps, CapsUnref>;
using Message = std::unique_ptr<GstMessage, MessageUnref>;
using Error = std::unique_ptr<GError, ErrorFree>;

}  // namespace rollcall::probe
