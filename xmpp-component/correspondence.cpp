// What people write to us.
#include "xmpp-component/correspondence.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "allocator/words/words.h"
#include "xmpp-component/commands/chat.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/language.h"
#include "xmpp-component/speaking.h"
#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component {

using model::Address;
using model::ConferenceId;
using model::Phrase;
using model::Reason;

Correspondence::Correspondence(std::string domain, const rules::Allocator& allocator, Outside outside)
    : domain_(std::move(domain)), allocator_(allocator), outside_(std::move(outside)), ad_hoc_(fresh_uuid) {}

bool Correspondence::is_service(const Address& address) {
  return address.node().empty() || address.node() == "rollcall";
}

commands::Place Correspondence::place_of(const Address& address) {
  return is_service(address) ? commands::Place::service : commands::Place::conference;
}

ConferenceId Correspondence::conference_of(const Address& address) {
  return ConferenceId(is_service(address) ? "" : address.node());
}

void Correspondence::take_message(const gloox::Tag& tag) {
  const stanza::Message message = stanza::read_message(tag);
  const auto asker = Address::parse(message.from);
  const auto us = Address::parse(message.to);
  if (!asker || !us || asker->domain() == domain_) return;
  if (message.type == stanza::MessageType::error) return take_error(message);
  const bool is_for_us = message.type == stanza::MessageType::chat || message.type == stanza::MessageType::normal;
  if (!is_for_us || message.delayed || message.carbon) return;

  const Chat chat{*asker, *us, message.thread, language_of(allocator_, tag)};
  const bool wants_answer = message.encrypted || stanza::is_spoken_to_us(message);
  if (wants_answer && is_flooding(message, chat)) return;
  see_person(tag, outside_.happens);
  if (message.wants_receipt && !message.id.empty()) acknowledge(message);
  if (message.encrypted) return explain_encryption(chat);
  if (wants_answer) answer_chat(chat, *message.body);
}

bool Correspondence::is_flooding(const stanza::Message& message, const Chat& chat) {
  switch (floods_.asks(chat.asker, outside_.now())) {
    case commands::Floods::Verdict::fine:
      return false;
    case commands::Floods::Verdict::still_more:
      return true;
    case commands::Floods::Verdict::too_many:
      break;
  }
  const model::Refusal refusal{Reason::too_fast};
  const auto bounce = stanza::write_message({.type = stanza::MessageType::error,
                                             .from = speaking(chat.us).text(),
                                             .to = chat.asker.text(),
                                             .id = message.id});
  bounce->addChild(stanza::write_error(refusal, words::explain(refusal, chat.language)).release());
  outside_.send(*bounce);
  return true;
}

/// An invitation of ours that comes back: its sender need not wait for an answer.
void Correspondence::take_error(const stanza::Message& message) {
  auto found = invitations_.extract(message.id);
  if (found.empty()) return;
  const auto& [conference, person] = found.mapped();
  if (Address::parse(message.from)->bare() != person) return;
  outside_.happens(rules::InvitationReturned{conference, person});
}

void Correspondence::acknowledge(const stanza::Message& message) {
  const auto us = Address::parse(message.to);
  outside_.send(*stanza::write_message(
      {.from = speaking(*us).text(), .to = message.from, .id = fresh_uuid(), .receipt = message.id}));
}

void Correspondence::explain_encryption(const Chat& chat) {
  if (!encryption_notices_.due(chat.asker, std::chrono::steady_clock::now())) return;
  say(chat, words::say({Phrase::cannot_read_encrypted}, chat.language));
}

void Correspondence::answer_chat(const Chat& chat, const std::string& text) {
  if (const auto request = chosen(chat, text)) return ask(*request, chat.asker, conference_of(chat.us), chat);
  const auto request = commands::parse(place_of(chat.us), text);
  if (request) return ask(*request, chat.asker, conference_of(chat.us), chat);
  if (request.error().reason == Reason::bad_request && is_for_the_others(chat, text)) {
    return ask(commands::Say{text}, chat.asker, conference_of(chat.us), chat);
  }
  say(chat, words::explain(request.error(), chat.language));
}

/// No command by its form, from somebody who is in the call.
bool Correspondence::is_for_the_others(const Chat& chat, const std::string& text) const {
  const model::Conference* conference = allocator_.conference(conference_of(chat.us));
  if (conference == nullptr || !conference->chat || commands::must_be_command(text)) return false;
  return std::ranges::any_of(allocator_.state().participants, [&](const auto& entry) {
    const model::Participant& participant = entry.second;
    return participant.conference == conference->id && participant.state == model::LegState::connected &&
           !participant.address.empty() && participant.address.bare() == chat.asker.bare();
  });
}

/// The number of somebody out of the menu that he was shown.
std::optional<commands::Request> Correspondence::chosen(const Chat& chat, const std::string& text) {
  auto found = menus_.extract({chat.asker.bare(), chat.us.bare()});
  if (found.empty() || found.mapped().until <= outside_.now()) return std::nullopt;
  const Menu& menu = found.mapped();
  const auto number = commands::parse_number(text);
  if (!number || *number > menu.candidates.size()) return std::nullopt;
  return commands::about(menu.request, menu.candidates.at(*number - 1));
}

}  // namespace rollcall::component
