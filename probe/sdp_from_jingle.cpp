#include <algorithm>

#include "probe/jingle_sdp.h"
#include "probe/sdp_message.h"

namespace rollcall::probe {
namespace {

using model::Reason;

struct MediaFree {
  void operator()(GstSDPMedia* media) const { gst_sdp_media_free(media); }
};
using SdpMedia = std::unique_ptr<GstSDPMedia, MediaFree>;

void put(const SdpMedia& media, const char* name, const std::string& value) {
  gst_sdp_media_add_attribute(media.get(), name, value.c_str());
}

const char* direction(const std::string& senders, Role writer) {
  if (senders == "none") return "inactive";
  if (senders.empty() || senders == "both") return "sendrecv";
  return (senders == "initiator") == (writer == Role::initiator) ? "sendonly" : "recvonly";
}

void put_payload(const SdpMedia& media, const Stanza& payload) {
  const auto id = payload.attribute("id");
  gst_sdp_media_add_format(media.get(), id.c_str());
  auto name = payload.attribute("name");
  auto channels = payload.attribute("channels");
  if (name == "OPUS") name = "opus";
  if (name == "opus") channels = "2";  // RFC 7587, section 7, whatever a client says
  if (!name.empty()) {
    const bool several = !channels.empty() && channels != "1" && channels != "0";
    put(media, "rtpmap", id + " " + name + "/" + payload.attribute("clockrate") + (several ? "/" + channels : ""));
  }
  std::string list;
  for (const auto& parameter : payload.children("parameter")) {
    if (!list.empty()) list += ";";
    const auto key = parameter.attribute("name");
    const auto value = parameter.attribute("value");
    list += value.empty() ? key : key + "=" + value;
  }
  if (!list.empty()) put(media, "fmtp", id + " " + list);
  for (const auto& feedback : payload.children("rtcp-fb")) {
    const auto subtype = feedback.attribute("subtype");
    put(media, "rtcp-fb", id + " " + feedback.attribute("type") + (subtype.empty() ? "" : " " + subtype));
  }
}

void put_sources(const SdpMedia& media, const Stanza& description) {
  for (const auto& group : description.children("ssrc-group")) {
    auto line = group.attribute("semantics");
    for (const auto& source : group.children("source")) line += " " + source.attribute("ssrc");
    put(media, "ssrc-group", line);
  }
  for (const auto& source : description.children("source")) {
    const auto ssrc = source.attribute("ssrc");
    for (const auto& parameter : source.children("parameter")) {
      put(media, "ssrc", ssrc + " " + parameter.attribute("name") + ":" + parameter.attribute("value"));
    }
  }
}

/// Returns what is missing, as a sentence; empty when all is there.
std::string put_transport(const SdpMedia& media, const Stanza& transport) {
  const auto fingerprint = transport.child("fingerprint");
  put(media, "ice-ufrag", transport.attribute("ufrag"));
  put(media, "ice-pwd", transport.attribute("pwd"));
  put(media, "fingerprint", fingerprint.attribute("hash") + " " + fingerprint.text());
  put(media, "setup", fingerprint.attribute("setup"));
  for (const auto& candidate : transport.children("candidate")) {
    const auto line = candidate_line(candidate);
    if (line) put(media, "candidate", line->substr(line->find(':') + 1));
  }
  if (transport.attribute("ufrag").empty() || transport.attribute("pwd").empty()) return "has no ICE credentials";
  if (fingerprint.attribute("setup").empty()) return "does not say who starts DTLS (setup)";
  return {};
}

model::Expected<SdpMedia> media_of(const Stanza& content, Role writer) {
  const auto description = content.child("description", ns_rtp);
  const auto transport = content.child("transport", ns_ice);
  const auto subject = "The content '" + content.attribute("name") + "' ";
  if (!description || !transport) {
    return model::refuse(Reason::bad_request, subject + "lacks an RTP description or an ICE transport.");
  }
  if (transport.child("fingerprint", ns_dtls).text().empty()) {
    return model::refuse(Reason::no_security, subject + "has no DTLS fingerprint; unencrypted calls are not made.");
  }
  GstSDPMedia* raw = nullptr;
  gst_sdp_media_new(&raw);
  SdpMedia media(raw);
  gst_sdp_media_set_media(raw, description.attribute("media").c_str());
  gst_sdp_media_set_port_info(raw, 9, 1);
  gst_sdp_media_set_proto(raw, "UDP/TLS/RTP/SAVPF");
  gst_sdp_media_add_connection(raw, "IN", "IP4", "0.0.0.0", 0, 0);
  put(media, "mid", content.attribute("name"));
  put(media, direction(content.attribute("senders"), writer), "");
  for (const auto& payload : description.children("payload-type")) put_payload(media, payload);
  for (const auto& extension : description.children("rtp-hdrext")) {
    put(media, "extmap", extension.attribute("id") + " " + extension.attribute("uri"));
  }
  if (description.child("rtcp-mux")) put(media, "rtcp-mux", "");
  put_sources(media, description);
  const auto missing = put_transport(media, transport);
  if (!missing.empty()) return model::refuse(Reason::bad_request, subject + missing + ".");
  return media;
}

}  // namespace

model::Expected<std::string> sdp_from_jingle(const Stanza& jingle, Role writer) {
  const auto contents = jingle.children("content");
  if (contents.empty()) return model::refuse(Reason::bad_request, "The Jingle element has no content.");
  const auto sdp = new_sdp();
  gst_sdp_message_set_version(sdp.get(), "0");
  gst_sdp_message_set_origin(sdp.get(), "-", "1", "1", "IN", "IP4", "0.0.0.0");
  gst_sdp_message_set_session_name(sdp.get(), "-");
  gst_sdp_message_add_time(sdp.get(), "0", "0", nullptr);
  for (const auto& group : jingle.children("group")) {
    auto line = group.attribute("semantics");
    for (const auto& content : group.children("content")) line += " " + content.attribute("name");
    gst_sdp_message_add_attribute(sdp.get(), "group", line.c_str());
  }
  for (const auto& content : contents) {
    auto media = media_of(content, writer);
    if (!media) return tl::unexpected(media.error());
    gst_sdp_message_add_media(sdp.get(), media->get());  // takes the contents, leaves an empty shell
  }
  return to_text(sdp.get());
}

}  // namespace rollcall::probe
