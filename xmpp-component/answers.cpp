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
      return rules::CallRequested{id, asker, it.name, it.invitees, fresh_word(), it.routes};
    }
    rules::Event operator()(const commands::Invite& it) const {
      return rules::InviteRequested{id, asker, conference, it.invitees, it.routes};
    }
    rules::Event operator()(const commands::Who& /*it*/) const { return rules::WhoRequested{id, asker, conference}; }
    rules::Event operator()(const commands::Link& /*it*/) const { return rules::LinkRequested{id, asker, conference}; }
    rules::Event operator()(const commands::End& /*it*/) const { return rules::EndRequested{id, asker, conference}; }
    rules::Event operator()(const commands::Conferences& /*it*/) const { return rules::ConferencesRequested{asked()}; }
    rules::Event operator()(const commands::Quiet& it) const {
      return rules::QuietRequested{asked(), it.change, it.hours};
    }
    rules::Event operator()(const commands::MyModes& it) const { return rules::ModesRequested{asked(), it.wanted}; }
    rules::Event operator()(const commands::Members& /*it*/) const { return rules::MembersRequested{asked()}; }
    rules::Event operator()(const commands::Why& it) const { return rules::WhyRequested{asked(), it.who}; }
    rules::Event operator()(const commands::Pin& it) const {
      return rules::PinRequested{asked(), it.wish, fresh_digits()};
    }
    rules::Event operator()(const commands::Keep& it) const { return rules::KeepRequested{asked(), it.name}; }
    rules::Event operator()(const commands::Rename& it) const { return rules::RenameRequested{asked(), it.name}; }
    rules::Event operator()(const commands::Delete& /*it*/) const { return rules::DeleteRequested{asked()}; }
    rules::Event operator()(const commands::Turn& it) const { return rules::SwitchRequested{asked(), it.what, it.on}; }
    rules::Event operator()(const commands::OnPerson& it) const {
      return rules::PersonRequested{asked(), it.act, it.who};
    }
    rules::Event operator()(const commands::Arrange& it) const { return rules::LayoutRequested{asked(), it.layout}; }
    rules::Event operator()(const commands::JoinGroup& it) const {
      return rules::GroupRequested{asked(), it.group, fresh_word()};
    }
    rules::Event operator()(const commands::LeaveGroup& /*it*/) const { return rules::LeaveGroupRequested{asked()}; }
    rules::Event operator()(const commands::Say& it) const { return rules::ChatSaid{asked(), it.text}; }

    [[nodiscard]] rules::Asked asked() const { return {id, asker, conference}; }
  };
  return std::visit(Translator{id, asker, conference}, request);
}

}  // namespace rollcall::component
