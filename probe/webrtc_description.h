// Session descriptions as webrtcbin takes and gives them.
#pragma once

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

#include <memory>
#include <optional>
#include <string>

namespace rollcall::probe {

struct DescriptionFree {
  void operator()(GstWebRTCSessionDescription* description) const { gst_webrtc_session_description_free(description); }
};
using Description = std::unique_ptr<GstWebRTCSessionDescription, DescriptionFree>;

/// Null when `sdp` is not SDP.
[[nodiscard]] Description description(GstWebRTCSDPType type, const std::string& sdp);

/// Takes the promise. Null when webrtcbin refused, with its reason in `why`.
[[nodiscard]] Description described(GstPromise* promise, const char* field, std::string& why);

/// The payload type under which an offered m-line carries `codec`, without regard to case.
[[nodiscard]] std::optional<int> payload_type_of(const GstSDPMedia* media, const std::string& codec);

}  // namespace rollcall::probe
