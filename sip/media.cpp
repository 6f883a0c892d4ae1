#include "sip/media.h"

#include <algorithm>

namespace rollcall::sip {
namespace {

using model::Reason;
using model::refuse;

constexpr std::size_t longest_sdp = 16384;
constexpr std::size_t most_media = 8;

bool is_used(const model::Media& media) {
  return !media.codecs.empty();
}

model::Expected<void> check_protection(const model::MediaDescription& description, Protection protection, bool secure) {
  for (const auto& media : description.media) {
    if (!is_used(media)) continue;
    const auto& transport = description.transports.at(media.transport);
    if (!transport.sdes.empty() && !transport.dtls && !secure)
      return refuse(Reason::no_security, "keys in the description, and no TLS to protect them");
    if (transport.plain && protection == Protection::required)
      return refuse(Reason::no_security, "media without encryption");
  }
  return {};
}

}  // namespace

model::Expected<sdp::Session> read_media(const std::string& text, std::vector<std::string>& mids, Protection protection,
                                         bool secure) {
  if (text.size() > longest_sdp) return refuse(Reason::bad_request, "an SDP of more than 16 KiB");
  auto session = sdp::parse_session(text);
  if (!session) return session;
  auto& media = session->description.media;
  if (media.size() > most_media) return refuse(Reason::bad_request, "more than eight media");
  if (std::ranges::none_of(media, is_used)) return refuse(Reason::no_common_codec, "neither sound nor picture");
  if (auto checked = check_protection(session->description, protection, secure); !checked)
    return tl::unexpected(checked.error());
  for (std::size_t i = 0; i < media.size(); ++i) {
    if (i >= mids.size()) mids.push_back(media[i].mid);
    media[i].mid = mids[i];
  }
  return session;
}

}  // namespace rollcall::sip
