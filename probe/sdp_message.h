// A GstSDPMessage with an owner.
#pragma once

#include <gst/sdp/sdp.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::probe {

struct SdpFree {
  void operator()(GstSDPMessage* message) const { gst_sdp_message_free(message); }
};
using SdpMessage = std::unique_ptr<GstSDPMessage, SdpFree>;

[[nodiscard]] SdpMessage new_sdp();
[[nodiscard]] SdpMessage parse_sdp(const std::string& text);  ///< null when it is not SDP
[[nodiscard]] std::string to_text(const GstSDPMessage* message);

/// All values of one attribute of a media, in order.
[[nodiscard]] std::vector<std::string> attributes(const GstSDPMedia* media, const char* name);
/// The media's own value or else the session's (ufrag, fingerprint and setup may stand there).
[[nodiscard]] std::optional<std::string> attribute(const GstSDPMessage* message, const GstSDPMedia* media,
                                                   const char* name);

/// Splits at single spaces, skipping runs of them.
[[nodiscard]] std::vector<std::string> words(const std::string& text);

}  // namespace rollcall::probe
