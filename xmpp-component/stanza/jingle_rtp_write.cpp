#include "xmpp-component/stanza/jingle_names.h"
#include "xmpp-component/stanza/jingle_rtp.h"

namespace rollcall::component::stanza {
namespace {

std::string decimal(std::uint32_t number) {
  return std::to_string(number);
}

/// A parameter without a value panics Monal and is refused by Conversations (JC-39): it is left out.
void write_parameter(gloox::Tag& parent, const std::string& name, std::string_view value) {
  value = trimmed(value);
  if (name.empty() || value.empty()) return;
  gloox::Tag& parameter = add_child(parent, "parameter");
  parameter.addAttribute("name", name);
  parameter.addAttribute("value", std::string(value));
}

void write_codec(gloox::Tag& description, const model::Codec& codec) {
  gloox::Tag& tag = add_child(description, "payload-type");
  tag.addAttribute("id", std::to_string(codec.payload_type));
  tag.addAttribute("name", codec.name);
  tag.addAttribute("clockrate", std::to_string(codec.clock_rate));
  if (codec.channels > 1) tag.addAttribute("channels", std::to_string(codec.channels));
  for (const auto& [name, value] : codec.parameters) write_parameter(tag, name, value);
  for (const model::Feedback& feedback : codec.feedback) {
    gloox::Tag& child = add_child(tag, "rtcp-fb", ns::feedback);
    child.addAttribute("type", feedback.type);
    if (!feedback.parameter.empty()) child.addAttribute("subtype", feedback.parameter);
  }
}

std::string msid_of(const model::Source& source) {
  if (source.stream.empty() || source.track.empty()) return source.stream;
  return source.stream + " " + source.track;
}

void write_stream_source(gloox::Tag& description, const model::Source& source, std::uint32_t ssrc) {
  gloox::Tag& tag = add_child(description, "source", ns::source);
  tag.addAttribute("ssrc", decimal(ssrc));
  write_parameter(tag, "cname", source.cname);
  write_parameter(tag, "msid", msid_of(source));
}

void write_source(gloox::Tag& description, const model::Source& source) {
  write_stream_source(description, source, source.ssrc);
  if (!source.rtx_ssrc) return;
  write_stream_source(description, source, *source.rtx_ssrc);
  gloox::Tag& group = add_child(description, "ssrc-group", ns::source);
  group.addAttribute("semantics", "FID");
  add_child(group, "source").addAttribute("ssrc", decimal(source.ssrc));
  add_child(group, "source").addAttribute("ssrc", decimal(*source.rtx_ssrc));
}

}  // namespace

void write_rtp(gloox::Tag& content, const RtpDescription& description) {
  gloox::Tag& tag = add_child(content, "description", ns::rtp);
  tag.addAttribute("media", description.kind == model::MediaKind::audio ? "audio" : "video");
  for (const model::Codec& codec : description.payload_types) write_codec(tag, codec);
  if (description.bandwidth_kbit) {
    gloox::Tag& bandwidth = add_child(tag, "bandwidth");
    bandwidth.addAttribute("type", "AS");
    bandwidth.setCData(std::to_string(*description.bandwidth_kbit));
  }
  if (description.rtcp_mux) add_child(tag, "rtcp-mux");
  for (const model::HeaderExtension& extension : description.header_extensions) {
    gloox::Tag& child = add_child(tag, "rtp-hdrext", ns::header_extension);
    child.addAttribute("id", std::to_string(extension.id));
    child.addAttribute("uri", extension.uri);
  }
  for (const model::Source& source : description.sources) write_source(tag, source);
}

}  // namespace rollcall::component::stanza
