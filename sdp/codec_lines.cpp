#include <algorithm>

#include "sdp/media_lines.h"
#include "sdp/text.h"

namespace rollcall::sdp {

namespace {

using model::Codec;

constexpr std::size_t most_codecs = 128;
constexpr std::size_t most_parameters = 64;
constexpr std::size_t most_feedback = 32;

/// Payload types that may come without a rtpmap (RFC 3551 §6), as far as anything of today sends them.
struct StaticType {
  int payload_type;
  const char* name;
  int clock_rate;
};
constexpr StaticType static_types[] = {{0, "PCMU", 8000}, {3, "GSM", 8000},   {8, "PCMA", 8000},   {9, "G722", 8000},
                                       {13, "CN", 8000},  {18, "G729", 8000}, {31, "H261", 90000}, {34, "H263", 90000}};

/// The codec whose payload type the line begins with, and the rest of the line.
std::pair<Codec*, std::string_view> addressed(std::vector<Codec>& codecs, std::string_view value) {
  auto [word, rest] = cut(trim(value), ' ');
  auto payload_type = number(word, 0, 127);
  auto found = std::ranges::find_if(codecs, [&](const Codec& codec) { return codec.payload_type == payload_type; });
  return {found == codecs.end() ? nullptr : &*found, trim(rest)};
}

model::Expected<std::vector<Codec>> read_formats(const GstSDPMedia& media) {
  std::vector<Codec> codecs;
  const auto count = gst_sdp_media_formats_len(&media);
  if (count > most_codecs) return bad_line("m=", "more than 128 payload types");
  for (guint i = 0; i < count; ++i) {
    std::string_view word = gst_sdp_media_get_format(&media, i);
    auto payload_type = number(word, 0, 127);
    if (!payload_type) return bad_line("m= … " + std::string(word), "a payload type is a number from 0 to 127");
    Codec codec;
    codec.payload_type = *payload_type;
    for (const auto& known : static_types)
      if (known.payload_type == *payload_type) codec.name = known.name, codec.clock_rate = known.clock_rate;
    if (std::ranges::find(codecs, *payload_type, &Codec::payload_type) == codecs.end()) codecs.push_back(codec);
  }
  return codecs;
}

model::Expected<void> read_rtpmap(std::vector<Codec>& codecs, std::string_view value) {
  auto [codec, rest] = addressed(codecs, value);
  if (!codec) return {};
  auto parts = split(rest, '/');
  auto rate = parts.size() >= 2 ? number(parts[1], 1, 1'000'000) : std::nullopt;
  auto channels = parts.size() >= 3 ? number(parts[2], 1, 64) : 1;
  if (!rate || !channels || !is_token(parts[0]) || parts[0].size() > 64)
    return bad_line("a=rtpmap:" + std::string(value), "expected <payload type> <name>/<clock rate>[/<channels>]");
  codec->name = parts[0];
  codec->clock_rate = *rate;
  codec->channels = *channels;
  return {};
}

model::Expected<void> read_fmtp(std::vector<Codec>& codecs, std::string_view value) {
  auto [codec, rest] = addressed(codecs, value);
  if (!codec) return {};
  for (auto piece : split(rest, ';')) {
    auto [name, text] = cut(trim(piece), '=');
    if (trim(name).empty()) continue;
    if (!is_printable(piece) || codec->parameters.size() >= most_parameters)
      return bad_line("a=fmtp:" + std::string(value), "too many parameters, or one that is too long");
    codec->parameters.insert_or_assign(std::string(trim(name)), std::string(trim(text)));
  }
  return {};
}

model::Expected<void> read_feedback(std::vector<Codec>& codecs, std::string_view value) {
  auto [word, rest] = cut(trim(value), ' ');
  auto [type, parameter] = cut(trim(rest), ' ');
  if (!is_token(type) || !is_printable(parameter, 64))
    return bad_line("a=rtcp-fb:" + std::string(value), "expected <payload type> <feedback>");
  model::Feedback feedback{std::string(type), std::string(trim(parameter))};
  auto [one, unused] = addressed(codecs, value);
  for (auto& codec : codecs)
    if ((word == "*" || &codec == one) && codec.feedback.size() < most_feedback) codec.feedback.push_back(feedback);
  return {};
}

}  // namespace

model::Expected<std::vector<Codec>> read_codecs(const Attributes& lines) {
  auto codecs = read_formats(lines.media());
  if (!codecs) return codecs;
  for (auto value : lines.all("rtpmap"))
    if (auto done = read_rtpmap(*codecs, value); !done) return tl::unexpected(done.error());
  for (auto value : lines.all("fmtp"))
    if (auto done = read_fmtp(*codecs, value); !done) return tl::unexpected(done.error());
  for (auto value : lines.all("rtcp-fb"))
    if (auto done = read_feedback(*codecs, value); !done) return tl::unexpected(done.error());
  std::erase_if(*codecs, [](const Codec& codec) { return codec.name.empty(); });
  return codecs;
}

}  // namespace rollcall::sdp
