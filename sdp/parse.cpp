#include <gst/sdp/gstsdpmessage.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "sdp/media_lines.h"
#include "sdp/sdp.h"
#include "sdp/text.h"

namespace rollcall::sdp {

namespace {

using model::Media;
using model::MediaKind;

constexpr std::size_t longest_text = 64 * 1024;
constexpr std::size_t longest_line = 4096;
constexpr std::size_t most_lines = 2000;
constexpr std::size_t most_media = 16;

using Message = std::unique_ptr<GstSDPMessage, decltype(&gst_sdp_message_free)>;

/// What GStreamer's reader passes over or takes as it is: length, form of the lines, control characters.
model::Expected<void> check_form(std::string_view text) {
  if (text.size() > longest_text) return model::refuse(model::Reason::bad_request, "SDP of more than 64 KiB");
  if (!text.starts_with("v=0")) return bad_line(cut(text, '\n').first, "a session begins with v=0");
  const auto lines = split(text, '\n');
  if (lines.size() > most_lines) return model::refuse(model::Reason::bad_request, "SDP of more than 2000 lines");
  std::size_t media = 0;
  for (auto line : lines) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!is_printable(line, longest_line)) return bad_line(line, "too long, or with a control character");
    if (line.size() < 2 || line[1] != '=') return bad_line(line, "expected <letter>=<value>");
    if (line[0] == 'm' && ++media > most_media) return bad_line(line, "more than 16 m-lines");
    if (line[0] == 'm' && split(line.substr(2), ' ').size() < 4)
      return bad_line(line, "expected m=<media> <port> <protocol> <formats>");
  }
  return {};
}

model::Expected<Message> read_message(std::string_view text) {
  if (auto form = check_form(text); !form) return tl::unexpected(form.error());
  GstSDPMessage* raw = nullptr;
  gst_sdp_message_new(&raw);
  Message message(raw, &gst_sdp_message_free);
  const std::string terminated(text);
  const auto* bytes = reinterpret_cast<const guint8*>(terminated.c_str());
  if (gst_sdp_message_parse_buffer(bytes, static_cast<guint>(terminated.size()), raw) != GST_SDP_OK)
    return model::refuse(model::Reason::bad_request, "SDP that cannot be read");
  return message;
}

/// mid → its BUNDLE group, by number (RFC 9143). A mid may stand in one group only.
std::map<std::string, std::size_t, std::less<>> read_groups(const GstSDPMessage& message) {
  std::map<std::string, std::size_t, std::less<>> groups;
  for (guint i = 0; const auto* value = gst_sdp_message_get_attribute_val_n(&message, "group", i); ++i) {
    auto words = split(value, ' ');
    if (words.empty() || words[0] != "BUNDLE") continue;
    for (std::size_t w = 1; w < words.size(); ++w) groups.emplace(words[w], i);
  }
  return groups;
}

/// Reads one m-line after the other; the transports of a BUNDLE group are those of its first member.
class SessionReader {
 public:
  explicit SessionReader(const GstSDPMessage& message) : message_(message), groups_(read_groups(message)) {}

  model::Expected<Session> read() {
    for (guint i = 0; i < gst_sdp_message_medias_len(&message_); ++i)
      if (auto done = read_line(i); !done) return tl::unexpected(done.error());
    auto& description = session_.description;
    if (description.transports.empty() && !description.media.empty()) description.transports.emplace_back();
    return std::move(session_);
  }

 private:
  model::Expected<void> read_line(guint position) {
    const auto& line = *gst_sdp_message_get_media(&message_, position);
    const Attributes lines(message_, line);
    auto mid = read_mid(lines, position);
    if (!mid) return tl::unexpected(mid.error());
    const std::string_view name = gst_sdp_media_get_media(&line);
    const std::string_view protocol = gst_sdp_media_get_proto(&line);
    if ((name != "audio" && name != "video") || protocol.find("RTP/") == std::string_view::npos) {
      session_.unused.push_back({position, std::string(name), std::string(protocol), gst_sdp_media_get_format(&line, 0),
                                 std::string(lines.own("mid").value_or(""))});
      return {};
    }
    session_.protocols.emplace_back(protocol);
    return read_media(lines, Media{.mid = *mid, .kind = name == "audio" ? MediaKind::audio : MediaKind::video});
  }

  model::Expected<std::string> read_mid(const Attributes& lines, guint position) {
    auto mid = std::string(lines.own("mid").value_or(""));
    if (mid.empty()) mid = std::to_string(position);
    if (!is_token(mid)) return bad_line("a=mid:" + mid, "malformed");
    if (!mids_.insert(mid).second) return bad_line("a=mid:" + mid, "two media have this name");
    return mid;
  }

  model::Expected<void> read_media(const Attributes& lines, Media media) {
    const auto port = gst_sdp_media_get_port(&lines.media());
    if (port > 65535) return bad_line("m=", "a port is a number up to 65535");
    if (port == 0 && !lines.own("bundle-only")) {
      media.direction = model::Direction::inactive;
      session_.description.media.push_back(std::move(media));
      return {};
    }
    auto codecs = read_codecs(lines);
    if (!codecs) return tl::unexpected(codecs.error());
    auto extensions = read_header_extensions(lines);
    if (!extensions) return tl::unexpected(extensions.error());
    auto sources = read_sources(lines);
    if (!sources) return tl::unexpected(sources.error());
    auto rids = read_rids(lines);
    if (!rids) return tl::unexpected(rids.error());
    media.send_rids = std::move(rids->send);
    media.receive_rids = std::move(rids->receive);
    media.codecs = std::move(*codecs);
    media.header_extensions = std::move(*extensions);
    media.sources = std::move(*sources);
    media.direction = read_direction(lines);
    media.rtcp_mux = lines.own("rtcp-mux").has_value();
    media.bandwidth_kbit = read_bandwidth(lines.media());
    auto transport = place_transport(lines, media);
    if (!transport) return tl::unexpected(transport.error());
    media.transport = *transport;
    session_.description.media.push_back(std::move(media));
    return {};
  }

  static std::optional<int> read_bandwidth(const GstSDPMedia& media) {
    constexpr guint most_kbit = 10'000'000;
    for (guint i = 0; i < gst_sdp_media_bandwidths_len(&media); ++i) {
      const auto* bandwidth = gst_sdp_media_get_bandwidth(&media, i);
      if (std::string_view(bandwidth->bwtype) == "AS")
        return static_cast<int>(std::min(bandwidth->bandwidth, most_kbit));
    }
    return std::nullopt;
  }

  model::Expected<std::size_t> place_transport(const Attributes& lines, const Media& media) {
    auto group = groups_.find(media.mid);
    auto& transports = session_.description.transports;
    if (group != groups_.end() && leaders_.contains(group->second)) return leaders_[group->second];
    auto transport = read_transport(lines, media.rtcp_mux);
    if (!transport) return tl::unexpected(transport.error());
    transports.push_back(std::move(*transport));
    if (group != groups_.end()) leaders_[group->second] = transports.size() - 1;
    return transports.size() - 1;
  }

  const GstSDPMessage& message_;
  std::map<std::string, std::size_t, std::less<>> groups_;
  std::map<std::size_t, std::size_t> leaders_;  ///< group → transport
  std::set<std::string> mids_;
  Session session_;
};

}  // namespace

model::Expected<Session> parse_session(std::string_view text) {
  auto message = read_message(text);
  if (!message) return tl::unexpected(message.error());
  if (gst_sdp_message_medias_len(message->get()) == 0)
    return model::refuse(model::Reason::bad_request, "SDP without an m-line");
  return SessionReader(**message).read();
}

model::Expected<model::MediaDescription> parse(std::string_view text) {
  return parse_session(text).map([](Session session) { return std::move(session.description); });
}

}  // namespace rollcall::sdp
