#include "xmpp-component/stanza/online_meeting.h"

#include <algorithm>
#include <array>

namespace rollcall::component::stanza {
namespace {

constexpr std::array<std::string_view, 3> spellings{"urn:xmpp:http:online-meetings:0", online_meetings_feature,
                                                    "urn:xmpp:http:online-meetings:invite:0"};

}  // namespace

std::optional<MeetingRequest> read_meeting_request(const gloox::Tag& query) {
  const bool is_one =
      std::ranges::any_of(spellings, [&](std::string_view spelling) { return is(query, "query", spelling); });
  if (!is_one) return std::nullopt;
  return MeetingRequest{query.findAttribute("type"), query.findAttribute("id")};
}

TagPtr write_meeting_request(const MeetingRequest& request) {
  TagPtr query = element("query", std::string(spellings.front()));
  query->addAttribute("type", request.type);
  query->addAttribute("id", request.name);
  return query;
}

TagPtr write_meeting(const MeetingRequest& request, const std::string& url) {
  TagPtr query = element("query", std::string(spellings.front()));
  for (const char* name : {"initiate", "invite"}) {
    gloox::Tag& way = add_child(*query, name);
    way.addAttribute("type", request.type);
    add_child(way, "url").setCData(url);
    if (!request.name.empty()) add_child(way, "desc").setCData(request.name);
  }
  return query;
}

}  // namespace rollcall::component::stanza
