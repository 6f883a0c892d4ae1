// The pieces of pipeline around webrtcbin: test sources with encoders, decoders with meters.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <string>

#include "allocator/model/expected.h"
#include "probe/media.h"

namespace rollcall::probe {

/// What one media of ours looks like in RTP.
struct SendingMedia {
  std::string kind;  ///< "audio" or "video"
  int payload_type = 0;
  std::uint32_t ssrc = 0;
};

/// A bin with a live source, an encoder, a payloader and one source pad. Floating.
[[nodiscard]] model::Expected<GstElement*> sending_bin(const SendingMedia& media, const MediaSettings& settings);

/// The same bin's caps, for the request of webrtcbin's pad.
[[nodiscard]] Caps sending_caps(const SendingMedia& media);

/// A bin that decodes one received stream and pushes what comes out. `codec` in capitals, as webrtcbin's pads say it.
/// Floating. `events` must outlive the bin.
[[nodiscard]] model::Expected<GstElement*> receiving_bin(const std::string& codec, MediaEventQueue& events);

}  // namespace rollcall::probe
