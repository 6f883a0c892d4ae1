#include <map>

#include "probe/jingle_sdp.h"
#include "probe/sdp_message.h"

namespace rollcall::probe {
namespace {

constexpr auto ns_feedback = "urn:xmpp:jingle:apps:rtp:rtcp-fb:0";
constexpr auto ns_extension = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
constexpr auto ns_source = "urn:xmpp:jingle:apps:rtp:ssma:0";
constexpr auto transport_wide_cc = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

/// "word rest" → both parts; the second is empty without a space.
std::pair<std::string, std::string> split(const std::string& text, char separator) {
  const auto at = text.find(separator);
  if (at == std::string::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::string senders(const GstSDPMedia* media, Role writer) {
  const bool initiator = writer == Role::initiator;
  if (gst_sdp_media_get_attribute_val(media, "inactive")) return "none";
  if (gst_sdp_media_get_attribute_val(media, "sendonly")) return initiator ? "initiator" : "responder";
  if (gst_sdp_media_get_attribute_val(media, "recvonly")) return initiator ? "responder" : "initiator";
  return "both";
}

bool has_extension(const GstSDPMedia* media, const std::string& uri) {
  for (const auto& line : attributes(media, "extmap")) {
    if (split(line, ' ').second == uri) return true;
  }
  return false;
}

void add_parameters(Stanza& payload, const GstSDPMedia* media, const std::string& id) {
  for (const auto& line : attributes(media, "fmtp")) {
    const auto [of, list] = split(line, ' ');
    if (of != id) continue;
    std::string rest = list;
    while (!rest.empty()) {
      const auto [pair, behind] = split(rest, ';');
      const auto [name, value] = split(words(pair).empty() ? "" : words(pair).front(), '=');
      if (!name.empty()) payload.add(Stanza("parameter", {}, {{"name", name}, {"value", value}}));
      rest = behind;
    }
  }
}

/// webrtcbin offers transport-cc even where it offers no header extension for it; that would be a lie.
void add_feedback(Stanza& payload, const GstSDPMedia* media, const std::string& id) {
  for (const auto& line : attributes(media, "rtcp-fb")) {
    const auto parts = words(line);
    if (parts.size() < 2 || (parts[0] != id && parts[0] != "*")) continue;
    if (parts[1] == "transport-cc" && !has_extension(media, transport_wide_cc)) continue;
    payload.add(Stanza("rtcp-fb", ns_feedback, {{"type", parts[1]}, {"subtype", parts.size() > 2 ? parts[2] : ""}}));
  }
}

Stanza payload_type(const GstSDPMedia* media, const std::string& id) {
  Stanza payload("payload-type", {}, {{"id", id}});
  for (const auto& line : attributes(media, "rtpmap")) {
    const auto [of, codec] = split(line, ' ');
    if (of != id) continue;
    const auto [name, rest] = split(codec, '/');
    const auto [rate, channels] = split(rest, '/');
    const bool opus = name == "OPUS" || name == "opus";
    payload.set("name", opus ? "opus" : name).set("clockrate", rate).set("channels", opus ? "2" : channels);
  }
  add_parameters(payload, media, id);
  add_feedback(payload, media, id);
  return payload;
}

void add_sources(Stanza& description, const GstSDPMedia* media) {
  std::map<std::string, Stanza> sources;
  for (const auto& line : attributes(media, "ssrc")) {
    const auto [ssrc, rest] = split(line, ' ');
    const auto [name, value] = split(rest, ':');
    auto [at, fresh] = sources.try_emplace(ssrc, Stanza("source", ns_source, {{"ssrc", ssrc}}));
    if (!value.empty()) at->second.add(Stanza("parameter", {}, {{"name", name}, {"value", value}}));
  }
  for (const auto& [ssrc, source] : sources) description.add(source);
  for (const auto& line : attributes(media, "ssrc-group")) {
    const auto parts = words(line);
    if (parts.size() < 2) continue;
    Stanza group("ssrc-group", ns_source, {{"semantics", parts[0]}});
    for (std::size_t index = 1; index < parts.size(); ++index) {
      group.add(Stanza("source", {}, {{"ssrc", parts[index]}}));
    }
    description.add(group);
  }
}

Stanza description_of(const GstSDPMedia* media) {
  Stanza description("description", ns_rtp, {{"media", gst_sdp_media_get_media(media)}});
  for (guint index = 0; index < gst_sdp_media_formats_len(media); ++index) {
    description.add(payload_type(media, gst_sdp_media_get_format(media, index)));
  }
  for (const auto& line : attributes(media, "extmap")) {
    const auto [id, uri] = split(line, ' ');
    description.add(Stanza("rtp-hdrext", ns_extension, {{"id", split(id, '/').first}, {"uri", words(uri).front()}}));
  }
  if (gst_sdp_media_get_attribute_val(media, "rtcp-mux")) description.add(Stanza("rtcp-mux"));
  add_sources(description, media);
  return description;
}

Stanza transport_of(const GstSDPMessage* sdp, const GstSDPMedia* media, bool candidates) {
  const auto value = [&](const char* name) { return attribute(sdp, media, name).value_or(""); };
  Stanza transport("transport", ns_ice, {{"ufrag", value("ice-ufrag")}, {"pwd", value("ice-pwd")}});
  const auto [hash, fingerprint] = split(value("fingerprint"), ' ');
  transport.add(Stanza("fingerprint", ns_dtls, {{"hash", hash}, {"setup", value("setup")}}).add_text(fingerprint));
  if (!candidates) return transport;
  for (const auto& line : attributes(media, "candidate")) {
    if (const auto element = candidate_element(line)) transport.add(*element);
  }
  return transport;
}

void add_groups(Stanza& jingle, const GstSDPMessage* sdp) {
  for (guint index = 0;; ++index) {
    const gchar* line = gst_sdp_message_get_attribute_val_n(sdp, "group", index);
    if (!line) return;
    const auto parts = words(line);
    Stanza group("group", ns_grouping, {{"semantics", parts.empty() ? "" : parts[0]}});
    for (std::size_t at = 1; at < parts.size(); ++at) group.add(Stanza("content", {}, {{"name", parts[at]}}));
    jingle.add(group);
  }
}

}  // namespace

model::Expected<Stanza> fill_jingle(Stanza jingle, const std::string& sdp, const JingleOptions& options) {
  const auto message = parse_sdp(sdp);
  if (!message) return model::refuse(model::Reason::bad_request, "Our own description is not SDP.");
  add_groups(jingle, message.get());
  for (guint index = 0; index < gst_sdp_message_medias_len(message.get()); ++index) {
    const auto* media = gst_sdp_message_get_media(message.get(), index);
    const auto name = attribute(message.get(), media, "mid").value_or(std::to_string(index));
    Stanza content("content", {}, {{"creator", "initiator"}, {"name", name}});
    content.set("senders", senders(media, options.writer));
    content.add(description_of(media)).add(transport_of(message.get(), media, options.candidates));
    jingle.add(content);
  }
  return jingle;
}

std::vector<ContentTransport> content_transports(const std::string& sdp) {
  std::vector<ContentTransport> found;
  const auto message = parse_sdp(sdp);
  for (guint index = 0; message && index < gst_sdp_message_medias_len(message.get()); ++index) {
    const auto* media = gst_sdp_message_get_media(message.get(), index);
    const auto value = [&](const char* name) { return attribute(message.get(), media, name).value_or(""); };
    found.push_back({value("mid"), value("ice-ufrag"), value("ice-pwd")});
  }
  return found;
}

std::vector<std::string> media_kinds(const std::string& sdp) {
  std::vector<std::string> found;
  const auto message = parse_sdp(sdp);
  for (guint index = 0; message && index < gst_sdp_message_medias_len(message.get()); ++index) {
    found.emplace_back(gst_sdp_media_get_media(gst_sdp_message_get_media(message.get(), index)));
  }
  return found;
}

}  // namespace rollcall::probe
