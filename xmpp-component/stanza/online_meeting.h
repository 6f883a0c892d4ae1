// "Start a meeting" buttons, XEP-0483.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view online_meetings_feature = "urn:xmpp:http:online-meetings:initiate:0";

struct MeetingRequest {
  std::string type = {};  ///< which service the client has in mind; ours serves every kind
  std::string name = {};  ///< empty: any
  bool operator==(const MeetingRequest&) const = default;
};

/// None: this asks for something else. Clients spell the namespace in three ways, as the specification does.
[[nodiscard]] std::optional<MeetingRequest> read_meeting_request(const gloox::Tag& query);
[[nodiscard]] TagPtr write_meeting_request(const MeetingRequest& request);
/// Whoever asked for the meeting joins by the same address as everybody else.
[[nodiscard]] TagPtr write_meeting(const MeetingRequest& request, const std::string& url);

}  // namespace rollcall::component::stanza
