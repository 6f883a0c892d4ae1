// Invitations into group chats: which are followed, and whose they are.
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <variant>

#include "allocator/rules/rights.h"
#include "allocator/words/words.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/group_chats.h"
#include "xmpp-component/iq_question.h"
#include "xmpp-component/language.h"
#include "xmpp-component/speaking.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/message.h"
#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component {
namespace {

using namespace std::chrono_literals;
using model::Address;
using model::ConferenceId;
using model::Phrase;

constexpr std::size_t most_visits = 50;
constexpr auto visit_lasts = 60s;

/// What only who is no group chat says about itself.
constexpr std::array not_there{"item-not-found", "remote-server-not-found", "remote-server-timeout", "jid-malformed",
                               "service-unavailable"};

/// Its name, maybe empty; none: it is no group chat, or not there.
std::optional<std::string> title_in(const gloox::Tag& answer) {
  if (answer.findAttribute("type") != "result") {
    const std::string condition = stanza::read_error(answer).condition;
    const bool may_be = std::ranges::find(not_there, condition) == not_there.end();
    return may_be ? std::optional<std::string>("") : std::nullopt;
  }
  const gloox::Tag* query = stanza::child_of(answer, "query", stanza::disco_info_namespace);
  if (query == nullptr) return std::nullopt;
  for (const stanza::Identity& identity : stanza::read_disco_info(*query).identities) {
    if (identity.category == "conference") return identity.name;
  }
  return std::nullopt;
}

}  // namespace

void GroupChats::take_invitation(const stanza::GroupInvitation& invitation, const Address& us) {
  const Address& sender = invitation.is_direct ? invitation.inviter : invitation.group;
  if (invitation.group.domain() == domain_) return;
  if (invitations_.asks(sender, outside_.now()) != commands::Floods::Verdict::fine) return;
  outside_.ask(question(speaking(us), invitation.group, "query", std::string(stanza::disco_info_namespace)),
               [this, invitation, us](const gloox::Tag& answer) {
                 if (const auto title = title_in(answer)) invited(invitation, us, *title);
               });
}

void GroupChats::invited(const stanza::GroupInvitation& invitation, const Address& us, const std::string& title) {
  const bool is_service = us.node().empty() || us.node() == discovery_.places().service_node;
  rules::GroupInvited happened{.conference = ConferenceId(is_service ? "" : us.node()),
                               .group = invitation.group,
                               .title = title,
                               .inviter = invitation.inviter,
                               .is_hearsay = !invitation.is_direct,
                               .password = invitation.password,
                               .fresh_word = fresh_word()};
  const bool is_hidden = !invitation.is_direct && invitation.inviter.bare() == invitation.group;
  if (is_hidden) return visit(invitation, std::move(happened));
  outside_.happens(happened);
}

/// The invitation names the inviter by his nick alone. Whoever is in there with us may be shown to us.
void GroupChats::visit(const stanza::GroupInvitation& invitation, rules::GroupInvited as_event) {
  const Address& group = invitation.group;
  if (!rules::is_at_home(allocator_.state().settings, group)) {
    return carry_out(rules::DeclineGroup{as_event, {model::Reason::not_allowed, group.domain()}});
  }
  if (visits_.size() >= most_visits || visits_.contains(group)) return;
  const Address us = speaking(Address(discovery_.places().service_node, domain_));
  Visit visit{membership_for(us, group, invitation.password), invitation, std::move(as_event),
              outside_.now() + visit_lasts};
  visits_.emplace(group, std::move(visit));
  perform_visit(group, visits_.at(group).membership.enter(outside_.now()));
}

void GroupChats::perform_visit(const Address& group, muc::Outcome outcome) {
  for (const auto& stanza : outcome.stanzas) outside_.send(*stanza);
  for (const muc::News& news : outcome.news) {
    auto found = visits_.extract(group);
    if (found.empty()) return;
    if (std::holds_alternative<muc::Entered>(news)) look_who_invited(found.mapped());
    for (const auto& stanza : found.mapped().membership.leave().stanzas) outside_.send(*stanza);
  }
}

void GroupChats::look_who_invited(const Visit& visit) {
  const muc::Occupant* inviter = visit.membership.occupant(visit.invitation.inviter.resource());
  if (inviter != nullptr && !inviter->person.empty()) {
    rules::GroupInvited happened = visit.as_event;
    happened.inviter = inviter->person;
    return outside_.happens(happened);
  }
  const auto& settings = visit.membership.settings();
  const std::string text = words::say(
      {Phrase::group_unknown_inviter, {settings.group.text(), discovery_.places().service_node + "@" + domain_}},
      words::Language::english);
  outside_.send(
      *stanza::write_group_line({.from = settings.us, .to = settings.group, .id = fresh_uuid(), .body = text}));
}

void GroupChats::carry_out(const rules::DeclineGroup& effect) {
  const rules::GroupInvited& invitation = effect.invitation;
  const Address contact(invitation.conference.empty() ? discovery_.places().service_node : invitation.conference.text(),
                        domain_);
  const std::string why = words::explain(effect.refusal, language_of(allocator_, invitation.inviter));
  if (const auto decline = stanza::write_group_decline({invitation.group, invitation.inviter, !invitation.is_hearsay},
                                                       speaking(contact), why)) {
    return outside_.send(*decline);
  }
  outside_.send(*stanza::write_message(
      {.from = speaking(contact).text(), .to = invitation.inviter.text(), .id = fresh_uuid(), .body = why}));
}

}  // namespace rollcall::component
