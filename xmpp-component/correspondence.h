#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "allocator/rules/allocator.h"
#include "allocator/rules/effect.h"
#include "xmpp-component/asking.h"
#include "xmpp-component/commands/ad_hoc.h"
#include "xmpp-component/commands/encryption_notice.h"
#include "xmpp-component/commands/floods.h"
#include "xmpp-component/commands/request.h"
#include "xmpp-component/stanza/message.h"

namespace rollcall::component {

namespace stream {
class IqRequest;
}

/// What is said between people and the service: understands what they ask, in chat or by iq, and answers each where he
/// asked. Owned by the process; loop thread.
class Correspondence {
 public:
  struct Outside {
    std::function<void(const gloox::Tag&)> send;
    std::function<void(const rules::Event&)> happens;
    std::function<model::Time()> now;
  };

  Correspondence(std::string domain, const rules::Allocator& allocator, Outside outside);

  void take_message(const gloox::Tag& message);
  /// Whether this is a request in an iq; then it will be answered.
  bool take_iq(stream::IqRequest& request);

  void carry_out(const rules::Reply& effect);
  void carry_out(const rules::Decline& effect);
  void carry_out(const rules::AskBack& effect);
  void carry_out(const rules::Relay& effect);
  void carry_out(const rules::Tell& effect);
  /// Tells somebody why his call was not taken, and what he can do instead.
  void explain(const model::ConferenceId& conference, const model::Address& person, const model::Refusal& refusal);

  /// Somebody asks in a group chat.
  void ask_in_group(const commands::Request& request, const model::Address& asker,
                    const model::ConferenceId& conference, InGroup asking) {
    ask(request, asker, conference, std::move(asking));
  }
  void answer_in_group(const InGroup& asking, const std::string& text);

 private:
  /// A question that is with the allocator, or waits for a number out of a menu.
  struct Question {
    Asking asking;
    commands::Request request;
  };
  struct Menu {
    commands::Request request;
    std::vector<std::string> candidates;
    model::Time until;
  };
  using Correspondents = std::pair<model::Address, model::Address>;  // he, we; bare

  // correspondence.cpp: what comes in
  void take_error(const stanza::Message& message);
  void acknowledge(const stanza::Message& message);
  void explain_encryption(const Chat& chat);
  void answer_chat(const Chat& chat, const std::string& text);
  [[nodiscard]] bool is_for_the_others(const Chat& chat, const std::string& text) const;
  [[nodiscard]] std::optional<commands::Request> chosen(const Chat& chat, const std::string& text);
  /// Whether this is one too many; then he has been told, the first time.
  [[nodiscard]] bool is_flooding(const stanza::Message& message, const Chat& chat);

  // correspondence_iq.cpp
  void take_call(stream::IqRequest request, const gloox::Tag& call, const model::Address& asker);
  bool take_meeting(stream::IqRequest& request, const model::Address& asker, const model::Address& us);
  void take_command(stream::IqRequest request, const gloox::Tag& command, const model::Address& asker,
                    const model::Address& us);
  bool list_commands(stream::IqRequest& request, const gloox::Tag& query, const model::Address& us);

  // correspondence_answers.cpp: what goes out
  void say(const Chat& chat, const std::string& text);
  void answer(Asking asking, stanza::NoteType type, const std::string& text);
  void ask(const commands::Request& request, const model::Address& asker, const model::ConferenceId& conference,
           Asking asking);
  [[nodiscard]] std::optional<Question> take_question(rules::RequestId id);
  [[nodiscard]] std::string help_for(const model::ConferenceId& conference, words::Language language) const;
  void remember_invitation(const std::string& id, const rules::Tell& effect);
  /// By which names the participants are shown.
  [[nodiscard]] std::vector<std::string> names_in(const model::ConferenceId& conference) const;
  /// `rollcall` and the bare domain are the service; everything else is a conference.
  [[nodiscard]] static bool is_service(const model::Address& address);
  [[nodiscard]] static commands::Place place_of(const model::Address& address);
  [[nodiscard]] static model::ConferenceId conference_of(const model::Address& address);

  std::string domain_;
  const rules::Allocator& allocator_;
  Outside outside_;
  rules::RequestId next_request_ = 1;
  std::map<rules::RequestId, Question> asked_;
  std::map<Correspondents, Menu> menus_;
  std::map<std::string, std::pair<model::ConferenceId, model::Address>> invitations_;  // by the id of our message
  std::deque<std::string> invitation_ids_;                                             // the same, oldest first
  commands::EncryptionNotices encryption_notices_;
  commands::Floods floods_;
  commands::AdHoc ad_hoc_;
};

}  // namespace rollcall::component
