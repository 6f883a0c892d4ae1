#include "probe/webrtc_description.h"

#include <charconv>

#include "probe/gst_handle.h"
#include "probe/sdp_message.h"

namespace rollcall::probe {

Description description(GstWebRTCSDPType type, const std::string& sdp) {
  auto message = parse_sdp(sdp);
  if (!message) return nullptr;
  return Description(gst_webrtc_session_description_new(type, message.release()));
}

Description described(GstPromise* promise, const char* field, std::string& why) {
  GstWebRTCSessionDescription* found = nullptr;
  const GstStructure* reply = gst_promise_get_reply(promise);
  if (reply && gst_structure_has_field(reply, "error")) {
    GError* raw = nullptr;
    gst_structure_get(reply, "error", G_TYPE_ERROR, &raw, nullptr);
    const Error error(raw);
    why = error ? error->message : "";
  } else if (reply) {
    gst_structure_get(reply, field, GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &found, nullptr);
  }
  gst_promise_unref(promise);
  return Description(found);
}

std::optional<int> payload_type_of(const GstSDPMedia* media, const std::string& codec) {
  for (const auto& line : attributes(media, "rtpmap")) {
    const auto parts = words(line);
    if (parts.size() != 2) continue;
    const auto name = parts[1].substr(0, parts[1].find('/'));
    int number = -1;
    std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), number);
    if (g_ascii_strcasecmp(name.c_str(), codec.c_str()) == 0 && number >= 0 && number <= 127) return number;
  }
  return std::nullopt;
}

}  // namespace rollcall::probe
