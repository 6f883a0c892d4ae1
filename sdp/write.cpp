#include <gst/sdp/gstsdpmessage.h>

#include <algorithm>
#include <memory>

#include "sdp/sdp.h"

namespace rollcall::sdp {

namespace {

using model::Media;
using model::MediaDescription;
using model::Transport;

struct MediaDeleter {
  void operator()(GstSDPMedia* media) const { gst_sdp_media_free(media); }
};
struct MessageDeleter {
  void operator()(GstSDPMessage* message) const { gst_sdp_message_free(message); }
};
using LinePtr = std::unique_ptr<GstSDPMedia, MediaDeleter>;
using MessagePtr = std::unique_ptr<GstSDPMessage, MessageDeleter>;

/// A description may come from a peer by another way than SDP; a line break in it must not become a line.
std::string clean(std::string text) {
  std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return text;
}

void attribute(GstSDPMedia* line, const char* name, const std::string& value = {}) {
  gst_sdp_media_add_attribute(line, name, value.empty() ? nullptr : clean(value).c_str());
}

const char* to_text(model::Direction direction) {
  switch (direction) {
    case model::Direction::sendrecv:
      return "sendrecv";
    case model::Direction::sendonly:
      return "sendonly";
    case model::Direction::recvonly:
      return "recvonly";
    case model::Direction::inactive:
      return "inactive";
  }
  return "inactive";
}

const char* to_text(model::DtlsSetup setup) {
  switch (setup) {
    case model::DtlsSetup::actpass:
      return "actpass";
    case model::DtlsSetup::active:
      return "active";
    case model::DtlsSetup::passive:
      return "passive";
  }
  return "actpass";
}

std::string protocol_of(const MediaDescription& description, const Media& media, const WriteOptions& options) {
  const auto& transport = description.transports.at(media.transport);
  const auto index = static_cast<std::size_t>(&media - description.media.data());
  if (!transport.ice && index < options.protocols.size()) return clean(options.protocols[index]);
  if (transport.dtls) return "UDP/TLS/RTP/SAVPF";
  const bool feedback = std::ranges::any_of(media.codecs, [](const auto& codec) { return !codec.feedback.empty(); });
  if (!transport.sdes.empty()) return feedback ? "RTP/SAVPF" : "RTP/SAVP";
  if (transport.plain) return feedback ? "RTP/AVPF" : "RTP/AVP";
  return "UDP/TLS/RTP/SAVPF";
}

void write_codec(GstSDPMedia* line, const model::Codec& codec) {
  const auto number = std::to_string(codec.payload_type);
  auto map = number + ' ' + codec.name + '/' + std::to_string(codec.clock_rate);
  if (codec.channels > 1) map += '/' + std::to_string(codec.channels);
  attribute(line, "rtpmap", map);
  for (const auto& feedback : codec.feedback)
    attribute(line, "rtcp-fb",
              number + ' ' + feedback.type + (feedback.parameter.empty() ? "" : ' ' + feedback.parameter));
  std::string parameters;
  for (const auto& [name, value] : codec.parameters)
    parameters += (parameters.empty() ? "" : ";") + name + (value.empty() ? "" : '=' + value);
  if (!parameters.empty()) attribute(line, "fmtp", number + ' ' + parameters);
}

void write_sources(GstSDPMedia* line, const std::vector<model::Source>& sources) {
  if (!sources.empty() && !sources.front().stream.empty())
    attribute(line, "msid", sources.front().stream + ' ' + sources.front().track);
  for (const auto& source : sources)
    if (source.rtx_ssrc)
      attribute(line, "ssrc-group", "FID " + std::to_string(source.ssrc) + ' ' + std::to_string(*source.rtx_ssrc));
  for (const auto& source : sources) {
    // RFC 5576 demands a cname; the number itself serves where the writer gave none.
    const auto cname = "cname:" + (source.cname.empty() ? std::to_string(source.ssrc) : source.cname);
    const auto msid = source.stream.empty() ? std::string() : "msid:" + source.stream + ' ' + source.track;
    for (auto ssrc : {std::optional(source.ssrc), source.rtx_ssrc}) {
      if (!ssrc) continue;
      attribute(line, "ssrc", std::to_string(*ssrc) + ' ' + cname);
      if (!msid.empty()) attribute(line, "ssrc", std::to_string(*ssrc) + ' ' + msid);
    }
  }
}

/// Each stream has a line of its own, and one tells of them all (RFC 8851 §4, RFC 8853 §5.1).
void write_rids(GstSDPMedia* line, const Media& media) {
  std::string simulcast;
  const auto add = [&](const std::vector<std::string>& rids, const std::string& direction) {
    std::string streams;
    for (const auto& rid : rids) {
      attribute(line, "rid", rid + ' ' + direction);
      streams += (streams.empty() ? "" : ";") + rid;
    }
    if (!streams.empty()) simulcast += (simulcast.empty() ? "" : " ") + direction + ' ' + streams;
  };
  add(media.send_rids, "send");
  add(media.receive_rids, "recv");
  if (!simulcast.empty()) attribute(line, "simulcast", simulcast);
}

void write_security(GstSDPMedia* line, const Transport& transport) {
  if (transport.dtls) {
    attribute(line, "fingerprint", transport.dtls->hash + ' ' + transport.dtls->fingerprint);
    attribute(line, "setup", to_text(transport.dtls->setup));
  }
  for (const auto& key : transport.sdes)
    attribute(line, "crypto", std::to_string(key.tag) + ' ' + key.suite + " inline:" + key.key);
}

/// `first`: of the media on this transport; the candidates stand there only (RFC 9143 §7.1.3).
void write_ice(GstSDPMedia* line, const model::IceParameters& ice, bool first, const WriteOptions& options) {
  attribute(line, "ice-ufrag", ice.ufrag);
  attribute(line, "ice-pwd", ice.password);
  attribute(line, "ice-options", "trickle");
  if (!first) return;
  for (const auto& candidate : ice.candidates)
    attribute(line, "candidate", write_candidate(candidate).substr(std::string_view("candidate:").size()));
  if (options.candidates_complete) attribute(line, "end-of-candidates");
}

void write_address(GstSDPMedia* line, const Media& media, const Transport& transport) {
  if (!transport.address) {
    gst_sdp_media_set_port_info(line, 9, 1);
    gst_sdp_media_add_connection(line, "IN", "IP4", "0.0.0.0", 0, 0);
    return;
  }
  const auto& address = *transport.address;
  const char* family = address.ip.find(':') == std::string::npos ? "IP4" : "IP6";
  gst_sdp_media_set_port_info(line, static_cast<guint>(address.rtp_port), 1);
  gst_sdp_media_add_connection(line, "IN", family, clean(address.ip).c_str(), 0, 0);
  if (!media.rtcp_mux && address.rtcp_port != 0) attribute(line, "rtcp", std::to_string(address.rtcp_port));
}

LinePtr new_line(const char* media, const char* protocol) {
  GstSDPMedia* raw = nullptr;
  gst_sdp_media_new(&raw);
  gst_sdp_media_set_media(raw, media);
  gst_sdp_media_set_proto(raw, protocol);
  return LinePtr(raw);
}

LinePtr rejected_line(const std::string& media, const std::string& protocol, const std::string& format,
                      const std::string& mid) {
  auto line = new_line(clean(media).c_str(), clean(protocol).c_str());
  gst_sdp_media_set_port_info(line.get(), 0, 1);
  gst_sdp_media_add_format(line.get(), clean(format).c_str());
  gst_sdp_media_add_connection(line.get(), "IN", "IP4", "0.0.0.0", 0, 0);
  if (!mid.empty()) attribute(line.get(), "mid", mid);
  attribute(line.get(), "inactive");
  return line;
}

LinePtr media_line(const MediaDescription& description, const Media& media, const WriteOptions& options) {
  const char* kind = media.kind == model::MediaKind::audio ? "audio" : "video";
  const auto& transport = description.transports.at(media.transport);
  const auto protocol = protocol_of(description, media, options);
  if (media.codecs.empty()) return rejected_line(kind, protocol, "0", media.mid);
  auto line = new_line(kind, protocol.c_str());
  for (const auto& codec : media.codecs)
    gst_sdp_media_add_format(line.get(), std::to_string(codec.payload_type).c_str());
  write_address(line.get(), media, transport);
  if (media.bandwidth_kbit)
    gst_sdp_media_add_bandwidth(line.get(), "AS", static_cast<guint>(std::max(0, *media.bandwidth_kbit)));
  attribute(line.get(), "mid", media.mid);
  attribute(line.get(), to_text(media.direction));
  if (media.rtcp_mux) attribute(line.get(), "rtcp-mux");
  auto shares = [&](const Media& other) { return other.transport == media.transport && !other.codecs.empty(); };
  const bool first = &*std::ranges::find_if(description.media, shares) == &media;
  if (transport.ice) write_ice(line.get(), *transport.ice, first, options);
  write_security(line.get(), transport);
  for (const auto& extension : media.header_extensions)
    attribute(line.get(), "extmap", std::to_string(extension.id) + ' ' + extension.uri);
  for (const auto& codec : media.codecs) write_codec(line.get(), codec);
  write_sources(line.get(), media.sources);
  write_rids(line.get(), media);
  return line;
}

void write_groups(GstSDPMessage* message, const MediaDescription& description, const WriteOptions& options) {
  for (std::size_t i = 0; i < description.transports.size(); ++i) {
    std::string mids;
    std::size_t members = 0;
    for (const auto& media : description.media)
      if (media.transport == i && !media.codecs.empty()) mids += ' ' + media.mid, ++members;
    const bool single = members == 1 && options.group_single && description.transports.size() == 1 &&
                        description.transports[i].ice.has_value();
    if (members > 1 || single) gst_sdp_message_add_attribute(message, "group", clean("BUNDLE" + mids).c_str());
  }
}

void write_lines(GstSDPMessage* message, const MediaDescription& description, const WriteOptions& options) {
  std::size_t position = 0;
  auto add = [&](const LinePtr& line) {
    gst_sdp_message_add_media(message, line.get());  // takes the contents and leaves an empty shell
    ++position;
  };
  auto add_unused = [&] {
    for (const auto& unused : options.unused)
      if (unused.position == position) add(rejected_line(unused.media, unused.protocol, unused.format, unused.mid));
  };
  for (const auto& media : description.media) {
    add_unused();
    add(media_line(description, media, options));
  }
  add_unused();
}

}  // namespace

std::string write(const MediaDescription& description, const WriteOptions& options) {
  GstSDPMessage* raw = nullptr;
  gst_sdp_message_new(&raw);
  MessagePtr message(raw);
  gst_sdp_message_set_version(raw, "0");
  gst_sdp_message_set_origin(raw, "-", std::to_string(options.session_id).c_str(),
                             std::to_string(options.version).c_str(), "IN", "IP4", "127.0.0.1");
  gst_sdp_message_set_session_name(raw, "-");
  gst_sdp_message_add_time(raw, "0", "0", nullptr);
  write_groups(raw, description, options);
  write_lines(raw, description, options);
  const std::unique_ptr<gchar, decltype(&g_free)> text(gst_sdp_message_as_text(raw), &g_free);
  return text.get();
}

std::string write_answer(const Session& offer, const MediaDescription& answer, WriteOptions options) {
  MediaDescription ordered{.transports = answer.transports};
  if (ordered.transports.empty()) ordered.transports.emplace_back();
  for (const auto& offered : offer.description.media) {
    auto found = std::ranges::find(answer.media, offered.mid, &Media::mid);
    Media declined{.mid = offered.mid, .kind = offered.kind, .direction = model::Direction::inactive};
    ordered.media.push_back(found == answer.media.end() ? std::move(declined) : *found);
  }
  options.unused = offer.unused;
  options.protocols = offer.protocols;
  return write(ordered, options);
}

}  // namespace rollcall::sdp
