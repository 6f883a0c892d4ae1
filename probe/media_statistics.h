// webrtcbin's statistics as plain figures.
#pragma once

#include <gst/gst.h>

#include "probe/media_event.h"

namespace rollcall::probe {

/// Statistics follow in `events`, which must outlive `webrtc`. webrtcbin 1.22 calls every stream of a bundle "video",
/// so each stream's kind is read from the pad that carries its SSRC.
void ask_statistics(GstElement* webrtc, MediaEventQueue& events);

}  // namespace rollcall::probe
