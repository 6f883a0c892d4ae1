#include "xmpp-component/stanza/jingle_rtp.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "xmpp-component/stanza/jingle_names.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::size_t most = 64;  // of anything in one description

bool same_word(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::vector<model::Feedback> feedback_of(const gloox::Tag& tag) {
  std::vector<model::Feedback> all;
  for (const gloox::Tag* child : tag.children()) {
    if (!is(*child, "rtcp-fb", ns::feedback) || all.size() == most) continue;
    const std::string& type = child->findAttribute("type");
    if (!type.empty()) all.push_back({type, child->findAttribute("subtype")});
  }
  return all;
}

std::map<std::string, std::string> parameters_of(const gloox::Tag& tag) {
  std::map<std::string, std::string> all;
  for (const gloox::Tag* child : tag.children()) {
    if (child->name() != "parameter" || all.size() == most) continue;
    const std::string& name = child->findAttribute("name");
    if (!name.empty()) all.emplace(name, std::string(trimmed(child->findAttribute("value"))));
  }
  return all;
}

/// RFC 7587 §7: Opus is written with two channels whatever it carries, and Farstream's clients leave that out.
int channels_of(const gloox::Tag& tag, const std::string& name) {
  if (same_word(name, "opus")) return 2;
  return std::max(1, static_cast<int>(number_in(tag.findAttribute("channels"), 8).value_or(1)));
}

std::optional<model::Codec> codec_of(const gloox::Tag& tag, const std::vector<model::Feedback>& common) {
  const auto id = number_in(tag.findAttribute("id"), 127);
  const std::string& name = tag.findAttribute("name");
  if (!id || name.empty()) return std::nullopt;
  model::Codec codec;
  codec.payload_type = static_cast<int>(*id);
  codec.name = name;
  codec.clock_rate = static_cast<int>(number_in(tag.findAttribute("clockrate"), 1'000'000).value_or(8000));
  codec.channels = channels_of(tag, name);
  codec.parameters = parameters_of(tag);
  codec.feedback = feedback_of(tag);
  codec.feedback.insert(codec.feedback.end(), common.begin(), common.end());
  return codec;
}

/// A second codec of one payload id cannot be told from the first; the first stays.
void add_codec(std::vector<model::Codec>& all, std::optional<model::Codec> codec) {
  if (!codec || all.size() == most) return;
  const bool taken =
      std::ranges::any_of(all, [&](const auto& other) { return other.payload_type == codec->payload_type; });
  if (!taken) all.push_back(std::move(*codec));
}

void add_header_extension(std::vector<model::HeaderExtension>& all, const gloox::Tag& tag) {
  const auto id = number_in(tag.findAttribute("id"), 255);
  const std::string& uri = tag.findAttribute("uri");
  if (id && *id > 0 && !uri.empty() && all.size() < most) all.push_back({static_cast<int>(*id), uri});
}

std::optional<std::uint32_t> ssrc_of(const gloox::Tag& tag) {
  return number_in(tag.findAttribute("ssrc"), 0xffffffff);
}

/// "stream track", where Movim leaves a blank at the end (movim#1231).
void set_msid(model::Source& source, std::string_view msid) {
  const auto blank = msid.find(' ');
  source.stream = std::string(msid.substr(0, blank));
  if (blank != std::string_view::npos) source.track = std::string(trimmed(msid.substr(blank)));
}

model::Source source_of(const gloox::Tag& tag, std::uint32_t ssrc, const gloox::Tag* stream) {
  const auto parameters = parameters_of(tag);
  const auto value = [&](const char* name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
  };
  model::Source source{.ssrc = ssrc, .cname = value("cname")};
  if (const std::string msid = value("msid"); !msid.empty()) {
    set_msid(source, msid);
  } else if (stream != nullptr) {
    source.stream = stream->findAttribute("id");
    source.track = stream->findAttribute("track");
  }
  return source;
}

/// RFC 5576 §4.2: of the two in a FID group, the second retransmits the first.
std::map<std::uint32_t, std::uint32_t> retransmitters(const gloox::Tag& tag) {
  std::map<std::uint32_t, std::uint32_t> partner;
  for (const gloox::Tag* group : tag.children()) {
    if (!is(*group, "ssrc-group", ns::source) || group->findAttribute("semantics") != "FID") continue;
    std::vector<std::uint32_t> pair;
    for (const gloox::Tag* member : group->children()) {
      if (const auto ssrc = ssrc_of(*member); ssrc && pair.size() < 2) pair.push_back(*ssrc);
    }
    if (pair.size() == 2 && pair[0] != pair[1]) partner.emplace(pair[0], pair[1]);
  }
  return partner;
}

std::vector<model::Source> sources_of(const gloox::Tag& tag) {
  const auto partner = retransmitters(tag);
  std::set<std::uint32_t> taken;
  for (const auto& [_, second] : partner) taken.insert(second);
  const gloox::Tag* stream = child_of(tag, "stream", ns::stream);
  std::vector<model::Source> all;
  for (const gloox::Tag* child : tag.children()) {
    if (!is(*child, "source", ns::source) || all.size() == most) continue;
    const auto ssrc = ssrc_of(*child);
    if (!ssrc || !taken.insert(*ssrc).second) continue;
    all.push_back(source_of(*child, *ssrc, stream));
    if (const auto found = partner.find(*ssrc); found != partner.end()) all.back().rtx_ssrc = found->second;
  }
  return all;
}

}  // namespace

std::optional<RtpDescription> read_rtp(const gloox::Tag& tag) {
  RtpDescription description;
  const std::string& media = tag.findAttribute("media");
  if (media == "video") {
    description.kind = model::MediaKind::video;
  } else if (media != "audio") {
    return std::nullopt;
  }
  const auto common = feedback_of(tag);
  for (const gloox::Tag* child : tag.children()) {
    if (is(*child, "payload-type", ns::rtp)) add_codec(description.payload_types, codec_of(*child, common));
    if (is(*child, "rtcp-mux", ns::rtp)) description.rtcp_mux = true;
    if (is(*child, "rtp-hdrext", ns::header_extension)) add_header_extension(description.header_extensions, *child);
    if (is(*child, "bandwidth", ns::rtp) && child->findAttribute("type") == "AS") {
      if (const auto kbit = number_in(child->cdata(), 10'000'000)) description.bandwidth_kbit = static_cast<int>(*kbit);
    }
  }
  description.sources = sources_of(tag);
  return description;
}

}  // namespace rollcall::component::stanza
