// Our coming to group chats and our going.
#include "xmpp-component/group_chats.h"

#include <chrono>
#include <utility>
#include <variant>

#include "allocator/words/words.h"
#include "daemon/log.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/iq_question.h"
#include "xmpp-component/language.h"
#include "xmpp-component/speaking.h"
#include "xmpp-component/stanza/message.h"
#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component {
namespace {

using namespace std::chrono_literals;
using model::Address;
using model::ConferenceId;
using model::Phrase;
namespace event = daemon::event;

constexpr int invitations_at_once = 10;
constexpr auto another_invitation_every = 60s;
constexpr int lines_at_once = 20;
constexpr auto another_line_every = 3s;
constexpr auto line_stays_fresh = 48h;  // the link in it is good for longer

}  // namespace

GroupChats::GroupChats(const std::string& domain, const rules::Allocator& allocator, Outside outside)
    : domain_(domain),
      allocator_(allocator),
      outside_(std::move(outside)),
      discovery_({.domain = domain}),
      invitations_(invitations_at_once, another_invitation_every),
      talk_(lines_at_once, another_line_every) {}

muc::Membership GroupChats::membership_for(const Address& us, const Address& group, const std::string& password) const {
  const auto kind = discovery_.places().kind_of(us);
  return muc::Membership({.us = us, .group = group, .password = password, .caps = discovery_.caps(kind)});
}

bool GroupChats::take_message(const gloox::Tag& message) {
  const auto us = Address::parse(message.findAttribute("to"));
  const auto from = Address::parse(message.findAttribute("from"));
  if (!us || !from || from->domain() == domain_) return false;
  if (const auto invitation = stanza::read_group_invitation(message)) {
    take_invitation(*invitation, *us);
    return true;
  }
  const auto chat = chats_.find(ConferenceId(us->node()));
  if (chat != chats_.end() && chat->second.membership.settings().group == from->bare()) {
    hear(chat->first, chat->second, message);
    return true;
  }
  return message.findAttribute("type") == "groupchat" || visits_.contains(from->bare());
}

bool GroupChats::take_presence(const gloox::Tag& tag) {
  const auto us = Address::parse(tag.findAttribute("to"));
  const auto presence = stanza::read_group_presence(tag);
  if (!us || !presence) return false;
  const Address group = presence->from.bare();
  if (const auto visit = visits_.find(group);
      visit != visits_.end() && us->node() == discovery_.places().service_node) {
    perform_visit(group, visit->second.membership.handle(*presence, outside_.now()));
    return true;
  }
  const auto chat = chats_.find(ConferenceId(us->node()));
  if (chat != chats_.end() && chat->second.membership.settings().group == group) {
    perform(chat->first, chat->second.membership.handle(*presence, outside_.now()));
    see_admin(ConferenceId(us->node()), *presence);
    return true;
  }
  return presence->type != stanza::PresenceType::error;  // of a group chat, but of none that we are in
}

void GroupChats::see_admin(const ConferenceId& conference, const stanza::GroupPresence& presence) {
  const auto chat = chats_.find(conference);
  if (chat == chats_.end() || presence.from.is_bare() || presence.from == chat->second.membership.place()) return;
  const bool is_there = presence.type == stanza::PresenceType::available;
  const Address shown = asker_at(chat->second, presence.from);
  outside_.happens(rules::GroupAdminSeen{
      .conference = conference,
      .place = presence.from,
      .person = shown == presence.from ? Address() : shown.bare(),
      .is_admin = is_there && (presence.affiliation == "owner" || presence.affiliation == "admin")});
}

void GroupChats::carry_out(const rules::EnterGroup& effect) {
  const model::Conference* conference = allocator_.conference(effect.conference);
  if (conference == nullptr || !conference->group.attended) return;
  const model::GroupChat& group = conference->group;
  const auto former = chats_.find(effect.conference);
  if (former != chats_.end() && former->second.membership.is_inside()) return;
  const Address us = speaking(Address(effect.conference.text(), domain_));
  chats_.erase(effect.conference);
  Chat& chat = chats_
                   .emplace(effect.conference,
                            Chat{membership_for(us, group.address, group.password), muc::StatusLine(group.status_line)})
                   .first->second;
  if (is_online_) perform(effect.conference, chat.membership.enter(outside_.now()));
}

void GroupChats::carry_out(const rules::LeaveGroup& effect) {
  withdrawn(effect.conference);
}

void GroupChats::withdrawn(const ConferenceId& conference) {
  auto chat = chats_.extract(conference);
  if (chat.empty()) return;
  for (const auto& stanza : chat.mapped().membership.leave().stanzas) outside_.send(*stanza);
  daemon::log::info(event::group_left, {{"conference", conference.text()}, {"reason", "told"}});
}

void GroupChats::perform(const ConferenceId& conference, muc::Outcome outcome) {
  for (const auto& stanza : outcome.stanzas) outside_.send(*stanza);
  for (const muc::News& news : outcome.news) {
    const auto chat = chats_.find(conference);
    if (chat == chats_.end()) return;
    if (const auto* out = std::get_if<muc::Lost>(&news)) {
      lost(conference, out->why);
    } else {
      entered(conference, chat->second);
    }
  }
}

void GroupChats::entered(const ConferenceId& conference, Chat& chat) {
  const model::Conference* known = allocator_.conference(conference);
  if (known == nullptr) return;
  daemon::log::info(event::group_entered,
                    {{"conference", conference.text()}, {"group", chat.membership.settings().group.text()}});
  if (chat.membership.nick() != chat.membership.settings().nick) chat.line.forget_id();
  if (chat.line.id().empty()) {
    say(chat, words::say({Phrase::group_hello, {chat.membership.nick()}}, language_of(allocator_, known->owner)));
  }
  refresh_line(conference, chat);
  say_line(conference, chat);
}

void GroupChats::lost(const ConferenceId& conference, const std::string& why) {
  daemon::log::info(event::group_left, {{"conference", conference.text()}, {"reason", why}});
  const auto chat = chats_.extract(conference);
  const model::Conference* known = allocator_.conference(conference);
  const bool was_inside = why == "removed" || why == "gone";
  if (known != nullptr && !was_inside) {
    const auto& settings = chat.mapped().membership.settings();
    const std::string text = words::say({Phrase::group_not_let_in, {settings.group.text(), settings.us.bare().text()}},
                                        language_of(allocator_, known->owner));
    outside_.send(*stanza::write_message(
        {.from = settings.us.text(), .to = known->owner.text(), .id = fresh_uuid(), .body = text, .store = true}));
  }
  outside_.happens(rules::GroupLost{conference});
}

void GroupChats::is_online() {
  is_online_ = true;
  for (const auto& [id, conference] : allocator_.state().conferences) {
    if (!conference.group.attended) continue;
    if (const auto chat = chats_.find(id); chat != chats_.end()) {
      perform(id, chat->second.membership.enter(outside_.now()));
    } else {
      carry_out(rules::EnterGroup{id});
    }
  }
}

void GroupChats::is_offline() {
  is_online_ = false;
  visits_.clear();
  for (auto& [id, chat] : chats_) chat.membership.offline();
}

void GroupChats::ping(const ConferenceId& conference, Chat& chat) {
  const auto& settings = chat.membership.settings();
  outside_.ask(question(settings.us, chat.membership.place(), "ping", "urn:xmpp:ping"),
               [this, conference](const gloox::Tag& answer) {
                 const auto found = chats_.find(conference);
                 if (found == chats_.end()) return;
                 const bool is_error = answer.findAttribute("type") == "error";
                 const std::string condition = is_error ? stanza::read_error(answer).condition : "";
                 perform(conference, found->second.membership.pinged(condition, outside_.now()));
               });
}

void GroupChats::time_passed() {
  const model::Time now = outside_.now();
  std::vector<ConferenceId> ids;
  for (const auto& [id, chat] : chats_) ids.push_back(id);
  for (const ConferenceId& id : ids) {
    const auto found = chats_.find(id);
    if (found == chats_.end()) continue;
    Chat& chat = found->second;
    if (chat.membership.should_ping(now)) ping(id, chat);
    if (now - chat.refreshed >= line_stays_fresh) refresh_line(id, chat);
    say_line(id, chat);
    if (is_online_) perform(id, chat.membership.time_passed(now));
  }
  std::vector<Address> over;
  for (const auto& [group, visit] : visits_) {
    if (visit.until <= now) over.push_back(group);
  }
  for (const Address& group : over) {
    auto found = visits_.extract(group);
    for (const auto& stanza : found.mapped().membership.leave().stanzas) outside_.send(*stanza);
  }
}

}  // namespace rollcall::component
