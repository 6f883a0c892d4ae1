#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "allocator/rules/allocator.h"
#include "allocator/rules/effect.h"
#include "xmpp-component/asking.h"
#include "xmpp-component/commands/ad_hoc.h"
#include "xmpp-component/commands/encryption_notice.h"
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
  void carry_out(const rules::Tell& effect);
  /// Tells somebody why his call was not taken, and what he can do instead.
  void explain(const model::ConferenceId& conference, const model::Address& person, const model::Refusal& refusal);

 private:
  // correspondence_iq.cpp
  void take_call(stream::IqRequest request, const gloox::Tag& call, const model::Address& asker);
  void take_command(stream::IqRequest request, const gloox::Tag& command, const model::Address& asker,
                    const model::Address& us);
  bool list_commands(stream::IqRequest& request, const gloox::Tag& query, const model::Address& us);

  void answer_chat(const Chat& chat, const std::string& text);
  void explain_encryption(const Chat& chat);
  void acknowledge(const stanza::Message& message);
  void say(const Chat& chat, const std::string& text);
  void answer(Asking asking, stanza::NoteType type, const std::string& text);
  void ask(const commands::Request& request, const model::Address& asker, const model::ConferenceId& conference,
           Asking asking);
  [[nodiscard]] std::optional<Asking> take_asking(rules::RequestId id);
  [[nodiscard]] model::Sentence help_for(const model::ConferenceId& conference) const;
  /// `rollcall` and the bare domain are the service; everything else is a conference.
  [[nodiscard]] bool is_service(const model::Address& address) const;
  [[nodiscard]] commands::Place place_of(const model::Address& address) const;
  [[nodiscard]] model::ConferenceId conference_of(const model::Address& address) const;

  std::string domain_;
  const rules::Allocator& allocator_;
  Outside outside_;
  rules::RequestId next_request_ = 1;
  std::map<rules::RequestId, Asking> asked_;
  commands::EncryptionNotices encryption_notices_;
  commands::AdHoc ad_hoc_;
};

}  // namespace rollcall::component
