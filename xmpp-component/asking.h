// Where somebody asked, and so where he gets his answer.
#pragma once

#include <string>
#include <variant>

#include "allocator/model/address.h"
#include "allocator/words/words.h"
#include "xmpp-component/commands/ad_hoc.h"
#include "xmpp-component/stanza/online_meeting.h"
#include "xmpp-component/stream/iq_request.h"

namespace rollcall::component {

/// In a chat with one of our contacts.
struct Chat {
  model::Address asker;  ///< full
  model::Address us;     ///< the contact he wrote to
  std::string thread = {};
  words::Language language = words::Language::english;
};

/// By <call xmlns='urn:rollcall:call:0'/>.
struct CallIq {
  stream::IqRequest request;
  words::Language language = words::Language::english;
};

/// By an ad-hoc command (XEP-0050) whose form is filled in.
struct FilledForm {
  stream::IqRequest request;
  commands::Asked asked;
  words::Language language = words::Language::english;
};

/// In a group chat: before all, or with one of those who are there.
struct InGroup {
  model::Address us;     ///< full
  model::Address place;  ///< bare: the group chat; full: his place in it
  std::string nick;      ///< of who asked
  words::Language language = words::Language::english;
};

/// By the "start a meeting" button of his client (XEP-0483).
struct MeetingIq {
  stream::IqRequest request;
  stanza::MeetingRequest meeting;
  words::Language language = words::Language::english;
};

using Asking = std::variant<Chat, CallIq, FilledForm, InGroup, MeetingIq>;

}  // namespace rollcall::component
