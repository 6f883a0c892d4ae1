#include "sdp/media_lines.h"

#include <algorithm>

#include "sdp/text.h"

namespace rollcall::sdp {

namespace {

using model::Source;

constexpr std::size_t most_extensions = 64;
constexpr std::size_t most_sources = 64;

model::Expected<std::uint32_t> read_ssrc(std::string_view word, std::string_view line) {
  if (auto ssrc = number<std::uint32_t>(word, 0, 0xffffffff)) return *ssrc;
  return bad_line(line, "an SSRC is a number of 32 bits");
}

Source& source_of(std::vector<Source>& sources, std::uint32_t ssrc) {
  auto found = std::ranges::find(sources, ssrc, &Source::ssrc);
  if (found != sources.end()) return *found;
  return sources.emplace_back(Source{.ssrc = ssrc});
}

void set_msid(Source& source, std::string_view value) {
  auto [stream, track] = cut(trim(value), ' ');
  source.stream = stream;
  source.track = trim(track);
}

model::Expected<void> read_source_line(std::vector<Source>& sources, std::string_view value) {
  const auto line = "a=ssrc:" + std::string(value);
  auto [word, rest] = cut(value, ' ');
  auto ssrc = read_ssrc(word, line);
  if (!ssrc) return tl::unexpected(ssrc.error());
  auto [name, text] = cut(rest, ':');
  if (!is_printable(text, 256) || sources.size() > most_sources) return bad_line(line, "too long, or too many sources");
  auto& source = source_of(sources, *ssrc);
  if (name == "cname") source.cname = text;
  if (name == "msid") set_msid(source, text);
  return {};
}

/// RFC 4588 §8.8: the second of a FID pair repeats the first.
model::Expected<void> read_pair(std::vector<Source>& sources, std::string_view value) {
  auto words = split(value, ' ');
  if (words.size() != 3 || words[0] != "FID") return {};
  const auto line = "a=ssrc-group:" + std::string(value);
  auto ssrc = read_ssrc(words[1], line);
  auto repeated = read_ssrc(words[2], line);
  if (!ssrc || !repeated) return tl::unexpected((ssrc ? repeated : ssrc).error());
  if (*ssrc == *repeated) return bad_line(line, "a source cannot repeat itself");
  std::erase_if(sources, [&](const Source& source) { return source.ssrc == *repeated; });
  source_of(sources, *ssrc).rtx_ssrc = *repeated;
  return {};
}

}  // namespace

std::optional<std::string_view> Attributes::own(const char* name) const {
  if (const auto* value = gst_sdp_media_get_attribute_val(&media_, name)) return value;
  return std::nullopt;
}

std::optional<std::string_view> Attributes::own_or_session(const char* name) const {
  if (auto value = own(name)) return value;
  if (const auto* value = gst_sdp_message_get_attribute_val(&message_, name)) return value;
  return std::nullopt;
}

std::vector<std::string_view> Attributes::all(const char* name) const {
  std::vector<std::string_view> values;
  for (guint i = 0; i < gst_sdp_media_attributes_len(&media_); ++i) {
    const auto* attribute = gst_sdp_media_get_attribute(&media_, i);
    if (std::string_view(attribute->key) == name) values.emplace_back(attribute->value ? attribute->value : "");
  }
  return values;
}

std::vector<std::string_view> Attributes::all_or_session(const char* name) const {
  auto values = all(name);
  if (!values.empty()) return values;
  for (guint i = 0; i < gst_sdp_message_attributes_len(&message_); ++i) {
    const auto* attribute = gst_sdp_message_get_attribute(&message_, i);
    if (std::string_view(attribute->key) == name) values.emplace_back(attribute->value ? attribute->value : "");
  }
  return values;
}

model::Expected<std::vector<model::HeaderExtension>> read_header_extensions(const Attributes& lines) {
  std::vector<model::HeaderExtension> extensions;
  for (auto value : lines.all_or_session("extmap")) {
    auto words = split(value, ' ');
    auto id = words.empty() ? std::nullopt : number(cut(words[0], '/').first, 1, 255);
    if (words.size() < 2 || !id || !is_printable(words[1], 256) || extensions.size() >= most_extensions)
      return bad_line("a=extmap:" + std::string(value), "expected <id from 1 to 255> <URI>, at most 64");
    extensions.push_back({*id, std::string(words[1])});
  }
  return extensions;
}

model::Expected<std::vector<Source>> read_sources(const Attributes& lines) {
  std::vector<Source> sources;
  for (auto value : lines.all("ssrc"))
    if (auto done = read_source_line(sources, value); !done) return tl::unexpected(done.error());
  for (auto value : lines.all("ssrc-group"))
    if (auto done = read_pair(sources, value); !done) return tl::unexpected(done.error());
  auto msid = lines.own("msid");
  if (msid && !is_printable(*msid, 256)) return bad_line("a=msid:" + std::string(*msid), "too long");
  for (auto& source : sources)
    if (msid && source.stream.empty()) set_msid(source, *msid);
  return sources;
}

model::Direction read_direction(const Attributes& lines) {
  constexpr std::pair<const char*, model::Direction> names[] = {{"sendrecv", model::Direction::sendrecv},
                                                                {"sendonly", model::Direction::sendonly},
                                                                {"recvonly", model::Direction::recvonly},
                                                                {"inactive", model::Direction::inactive}};
  for (const auto& [name, direction] : names)
    if (lines.own(name)) return direction;
  for (const auto& [name, direction] : names)
    if (lines.own_or_session(name)) return direction;
  return model::Direction::sendrecv;
}

}  // namespace rollcall::sdp
