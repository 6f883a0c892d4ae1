// What is said in group chats: by us, and to us.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <variant>

#include "allocator/rules/rights.h"
#include "allocator/words/words.h"
#include "xmpp-component/commands/chat.h"
#include "xmpp-component/commands/command_table.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/group_chats.h"
#include "xmpp-component/language.h"
#include "xmpp-component/stanza/message.h"
#include "xmpp-component/status.h"

namespace rollcall::component {
namespace {

using model::Address;
using model::ConferenceId;
using model::Phrase;
using words::Language;

/// Neither repeated by an archive nor about something said before, and readable.
bool is_fresh_talk(const stanza::Message& message) {
  const bool is_talk = message.type == stanza::MessageType::groupchat || message.type == stanza::MessageType::chat ||
                       message.type == stanza::MessageType::normal;
  return is_talk && message.body && !message.delayed && !message.carbon && !message.encrypted && !message.amends;
}

}  // namespace

void GroupChats::hear(const ConferenceId& conference, Chat& chat, const gloox::Tag& tag) {
  const stanza::Message message = stanza::read_message(tag);
  const auto from = Address::parse(message.from);
  // From the group chat itself there is only the subject; our own lines come back to us.
  if (!from || from->is_bare() || from->resource() == chat.membership.nick() || !is_fresh_talk(message)) return;
  const bool is_before_all = message.type == stanza::MessageType::groupchat;
  if (is_before_all) chat.line.others_spoke();
  const auto said = is_before_all ? commands::said_to(chat.membership.nick(), *message.body)
                                  : std::optional<std::string_view>(*message.body);
  if (!said) return;
  // Who floods gets silence: an answer before all would only be more of it.
  if (talk_.asks(from->bare(), outside_.now()) != commands::Floods::Verdict::fine) return;
  const Address asker = asker_at(chat, *from);
  const auto& settings = chat.membership.settings();
  const std::string language_tag = message.language;
  const InGroup asking{settings.us, is_before_all ? settings.group : *from, from->resource(),
                       language_tag.empty() ? language_of(allocator_, asker) : words::language_from_tag(language_tag)};
  const auto wish = commands::parse_group_wish(*said);
  if (!wish) return outside_.answer(asking, words::explain(wish.error(), asking.language));
  obey(conference, chat, *wish, asker, asking);
}

/// His own address where the group chat shows it and is to be believed; otherwise his place there.
Address GroupChats::asker_at(const Chat& chat, const Address& place) const {
  const muc::Occupant* occupant = chat.membership.occupant(place.resource());
  if (occupant == nullptr || occupant->person.empty()) return place;
  return rules::may_speak_for(allocator_.state().settings, place, occupant->person) ? occupant->person : place;
}

void GroupChats::obey(const ConferenceId& conference, const Chat& chat, const commands::GroupWish& wish,
                      const Address& asker, const InGroup& asking) {
  if (std::holds_alternative<commands::InviteEveryone>(wish)) {
    return invite(conference, chat, std::nullopt, asker, asking);
  }
  if (const auto* named = std::get_if<commands::InviteNamed>(&wish)) {
    std::vector<std::string> nicks;
    for (const auto& [nick, occupant] : chat.membership.occupants()) nicks.push_back(nick);
    return invite(conference, chat, commands::named_in(named->names, nicks), asker, asking);
  }
  const auto& request = std::get<commands::Request>(wish);
  if (std::holds_alternative<commands::Help>(request)) {
    return outside_.answer(asking, help_for(conference, chat, asking.language));
  }
  outside_.request(request, asker, conference, asking);
}

/// `named`: none is everyone.
void GroupChats::invite(const ConferenceId& conference, const Chat& chat, const std::optional<commands::Named>& named,
                        const Address& asker, const InGroup& asking) {
  std::set<Address> people;
  model::Routes routes;
  bool is_hidden = asker.bare() == chat.membership.settings().group;
  for (const auto& [nick, occupant] : chat.membership.occupants()) {
    if (named && std::ranges::find(named->nicks, nick) == named->nicks.end()) continue;
    if (occupant.person.bare() == asker.bare() || occupant.person.domain() == domain_ || nick == asking.nick) continue;
    if (occupant.person.empty()) {
      is_hidden = true;
    } else {
      people.insert(occupant.person.bare());
    }
  }
  for (const std::string& other : named ? named->others : std::vector<std::string>{}) {
    auto address = commands::parse_named(other);
    if (!address) {
      return outside_.answer(asking, words::explain({model::Reason::unknown_person, other}, asking.language));
    }
    people.insert(address->people.begin(), address->people.end());
    std::ranges::move(address->routes.endpoints, std::back_inserter(routes.endpoints));
  }
  if (is_hidden) return outside_.answer(asking, hidden(conference, asking.language));
  const model::Conference* known = allocator_.conference(conference);
  if (people.empty() && routes.endpoints.empty() && known != nullptr) {
    return outside_.answer(asking, words::say({Phrase::group_nobody_to_invite, {known->title}}, asking.language));
  }
  outside_.request(commands::Invite{{people.begin(), people.end()}, std::move(routes)}, asker, conference, asking);
}

std::string GroupChats::hidden(const ConferenceId& conference, Language language) const {
  const std::string contact = rules::contact_of(allocator_.state(), conference);
  return words::say(
      {Phrase::group_hides_addresses, {contact, allocator_.state().settings.link(conference, outside_.now())}},
      language);
}

std::string GroupChats::help_for(const ConferenceId& conference, const Chat& chat, Language language) const {
  const model::Conference* known = allocator_.conference(conference);
  const std::string title = known == nullptr ? conference.text() : known->title;
  return words::say({Phrase::group_help, {chat.membership.nick(), title}}, language) + "\n" +
         commands::list_of_commands(commands::Place::conference, language);
}

void GroupChats::say(const Chat& chat, const std::string& text) {
  const auto& settings = chat.membership.settings();
  outside_.send(
      *stanza::write_group_line({.from = settings.us, .to = settings.group, .id = fresh_uuid(), .body = text}));
}

void GroupChats::indicated(const ConferenceId& conference) {
  const auto chat = chats_.find(conference);
  if (chat != chats_.end()) refresh_line(conference, chat->second);
}

void GroupChats::refresh_line(const ConferenceId& conference, Chat& chat) {
  const model::Conference* known = allocator_.conference(conference);
  if (known == nullptr) return;
  const Language language = language_of(allocator_, known->owner);
  const auto indicator = allocator_.indicator(conference);
  const std::string status = status_of(indicator, language);
  const std::string contact = rules::contact_of(allocator_.state(), conference);
  const model::Sentence sentence =
      known->members_only
          ? model::Sentence{Phrase::group_status_members, {status, contact}}
          : model::Sentence{Phrase::group_status,
                            {status, contact, allocator_.state().settings.link(conference, outside_.now())}};
  chat.line.set(words::say(sentence, language), indicator.running);
  chat.refreshed = outside_.now();
}

void GroupChats::say_line(const ConferenceId& conference, Chat& chat) {
  if (!chat.membership.is_inside()) return;
  const std::string id = fresh_uuid();
  const auto saying = chat.line.due(outside_.now(), id);
  if (!saying) return;
  const auto& settings = chat.membership.settings();
  outside_.send(*stanza::write_group_line(
      {.from = settings.us, .to = settings.group, .id = id, .body = saying->text, .corrects = saying->corrects}));
  if (saying->corrects.empty()) outside_.happens(rules::GroupStatusSaid{conference, id});
}

}  // namespace rollcall::component
