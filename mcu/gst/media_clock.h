// One clock and one base time for every pipeline of the process, so that one timestamp is valid in all of them.
#pragma once

#include <gst/gst.h>

#include <chrono>

namespace rollcall::mcu::gst {

/// Starts GStreamer and the media clock. Any thread, as often as one likes; the first call decides the zero.
void initialise();

/// Time since the media clock's zero: the running time of every pipeline that uses it. Any thread.
[[nodiscard]] std::chrono::nanoseconds running_time_now();

/// Makes `pipeline` run on the media clock. Before its first state change.
void use_media_clock(GstElement* pipeline);

}  // namespace rollcall::mcu::gst
