#include "probe/sdp_message.h"

#include <glib.h>

#include <sstream>

namespace rollcall::probe {

SdpMessage new_sdp() {
  GstSDPMessage* message = nullptr;
  gst_sdp_message_new(&message);
  return SdpMessage(message);
}

SdpMessage parse_sdp(const std::string& text) {
  auto message = new_sdp();
  const auto* data = reinterpret_cast<const guint8*>(text.data());
  const auto result = gst_sdp_message_parse_buffer(data, static_cast<guint>(text.size()), message.get());
  if (result != GST_SDP_OK || gst_sdp_message_medias_len(message.get()) == 0) return nullptr;
  return message;
}

std::string to_text(const GstSDPMessage* message) {
  gchar* text = gst_sdp_message_as_text(message);
  std::string value = text;
  g_free(text);
  return value;
}

std::vector<std::string> attributes(const GstSDPMedia* media, const char* name) {
  std::vector<std::string> found;
  for (guint index = 0;; ++index) {
    const gchar* value = gst_sdp_media_get_attribute_val_n(media, name, index);
    if (!value) return found;
    found.emplace_back(value);
  }
}

std::optional<std::string> attribute(const GstSDPMessage* message, const GstSDPMedia* media, const char* name) {
  const gchar* value = gst_sdp_media_get_attribute_val(media, name);
  if (!value) value = gst_sdp_message_get_attribute_val(message, name);
  if (!value) return std::nullopt;
  return value;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

}  // namespace rollcall::probe
