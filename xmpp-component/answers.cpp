#include "xmpp-component/answers.h"

#include <cassert>
#include <variant>

#include "xmpp-component/fresh.h"

namespace rollcall::component {

rules::Event to_event(const commands::Request& request, rules::RequestId id, const model::Address& asker,
                      const model::ConferenceId& conference) {
  struct Translator {
    rules::RequestId id;
    const model::Address& asker;
    const model::ConferenceId& conference;

    rules::Event operator()(const commands::Help& /*it*/) const {
      assert(false && "help needs no decision");
      return rules::TimePassed{};
    }
    rules::Event operator()(const commands::StartConference& it) const {
      return rules::CallRequested{id, asker, it.name, it.invitees, fresh_word()};
    }
    rules::Event operator()(const commands::Invite& it) const {
      return rules::InviteRequested{id, asker, conference, it.invitees};
    }
    rules::Event operator()(const commands::Who& /*it*/) const { return rules::WhoRequested{id, asker, conference}; }
    rules::Event operator()(const commands::Link& /*it*/) const { return rules::LinkRequested{id, asker, conference}; }
    rules::Event operator()(const commands::End& /*it*/) const { return rules::EndRequested{id, asker, conference}; }
  };
  return std::visit(Translator{id, asker, conference}, request);
}

}  // namespace rollcall::component
