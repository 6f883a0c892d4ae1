#include "xmpp-component/correspondence.h"

#include <chrono>
#include <utility>

#include "allocator/words/words.h"
#include "xmpp-component/answers.h"
#include "xmpp-component/commands/chat.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/stanza/call_request.h"
#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component {
namespace {

using model::Address;
using model::ConferenceId;
using model::Phrase;
using model::Reason;
using words::Language;

constexpr std::string_view resource = "call";  // JC-1
constexpr std::size_t most_open_questions = 10000;

/// A conference speaks with its one full address; the bare domain has no resource.
Address speaking(const Address& contact) {
  return contact.node().empty() ? contact.bare() : contact.with_resource(std::string(resource));
}

}  // namespace

Correspondence::Correspondence(std::string domain, const rules::Allocator& allocator, Outside outside)
    : domain_(std::move(domain)), allocator_(allocator), outside_(std::move(outside)), ad_hoc_(fresh_uuid) {}

bool Correspondence::is_service(const Address& address) const {
  return address.node().empty() || address.node() == "rollcall";
}

commands::Place Correspondence::place_of(const Address& address) const {
  return is_service(address) ? commands::Place::service : commands::Place::conference;
}

ConferenceId Correspondence::conference_of(const Address& address) const {
  return ConferenceId(is_service(address) ? "" : address.node());
}

void Correspondence::take_message(const gloox::Tag& tag) {
  const stanza::Message message = stanza::read_message(tag);
  const auto asker = Address::parse(message.from);
  const auto us = Address::parse(message.to);
  if (!asker || !us || asker->domain() == domain_) return;
  const bool is_for_us = message.type == stanza::MessageType::chat || message.type == stanza::MessageType::normal;
  if (!is_for_us || message.delayed || message.carbon) return;

  const Chat chat{*asker, *us, message.thread};
  if (message.wants_receipt && !message.id.empty()) acknowledge(message);
  if (message.encrypted) return explain_encryption(chat);
  if (!stanza::is_spoken_to_us(message)) return;
  answer_chat(chat, *message.body);
}

void Correspondence::acknowledge(const stanza::Message& message) {
  const auto us = Address::parse(message.to);
  outside_.send(*stanza::write_message(
      {.from = speaking(*us).text(), .to = message.from, .id = fresh_uuid(), .receipt = message.id}));
}

void Correspondence::explain_encryption(const Chat& chat) {
  if (!encryption_notices_.due(chat.asker, std::chrono::steady_clock::now())) return;
  say(chat, words::say({Phrase::cannot_read_encrypted}, Language::english));
}

void Correspondence::answer_chat(const Chat& chat, const std::string& text) {
  const bool to_service = is_service(chat.us);
  const auto request = to_service ? commands::parse_for_service(text) : commands::parse_for_conference(text);
  if (!request) return say(chat, words::explain(request.error(), Language::english));
  ask(*request, chat.asker, conference_of(chat.us), chat);
}

void Correspondence::ask(const commands::Request& request, const Address& asker, const ConferenceId& conference,
                         Asking asking) {
  if (std::holds_alternative<commands::Help>(request)) {
    return answer(std::move(asking), stanza::NoteType::info, words::say(help_for(conference), Language::english));
  }
  if (asked_.size() >= most_open_questions) {
    return answer(std::move(asking), stanza::NoteType::error, words::explain({Reason::full, {}}, Language::english));
  }
  const rules::RequestId id = next_request_++;
  asked_.emplace(id, std::move(asking));
  outside_.happens(to_event(request, id, asker, conference));
}

model::Sentence Correspondence::help_for(const ConferenceId& conference) const {
  const model::Conference* known = allocator_.conference(conference);
  if (known == nullptr) return {Phrase::help, {"rollcall@" + domain_}};
  return {Phrase::conference_help, {known->title}};
}

std::optional<Asking> Correspondence::take_asking(rules::RequestId id) {
  auto found = asked_.extract(id);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

void Correspondence::answer(Asking asking, stanza::NoteType type, const std::string& text) {
  if (const auto* chat = std::get_if<Chat>(&asking)) {
    say(*chat, text);
  } else if (auto* form = std::get_if<FilledForm>(&asking)) {
    form->request.result(stanza::write_command(commands::AdHoc::completed(form->asked, type, text)));
  }
}

void Correspondence::carry_out(const rules::Reply& effect) {
  auto asking = take_asking(effect.request);
  if (!asking) return;
  if (auto* call = std::get_if<CallIq>(&*asking)) {
    const Address contact(effect.conference.text(), domain_);
    const std::string link = allocator_.state().settings.link(effect.conference, outside_.now());
    return call->request.result(stanza::write_call_result({contact, link}));
  }
  std::string text = words::say(effect.sentence, Language::english);
  if (effect.remark) text += "\n" + words::say(*effect.remark, Language::english);
  answer(std::move(*asking), stanza::NoteType::info, text);
}

void Correspondence::carry_out(const rules::Decline& effect) {
  auto asking = take_asking(effect.request);
  if (!asking) return;
  const std::string text = words::explain(effect.refusal, Language::english);
  if (auto* call = std::get_if<CallIq>(&*asking)) return call->request.error(stanza::write_error(effect.refusal, text));
  answer(std::move(*asking), stanza::NoteType::error, text);
}

void Correspondence::carry_out(const rules::Tell& effect) {
  const model::Conference* conference = allocator_.conference(effect.conference);
  outside_.send(*stanza::write_message({.from = speaking(Address(effect.conference.text(), domain_)).text(),
                                        .to = effect.person.text(),
                                        .id = fresh_uuid(),
                                        .body = words::say(effect.sentence, Language::english),
                                        .nick = conference == nullptr ? "" : conference->title,
                                        .store = true}));
}

void Correspondence::explain(const ConferenceId& conference, const Address& person, const model::Refusal& refusal) {
  const Chat chat{person, Address(conference.text(), domain_)};
  const model::Conference* known = allocator_.conference(conference);
  if (refusal.reason != Reason::no_security || known == nullptr) {
    return say(chat, words::explain(refusal, Language::english));
  }
  const std::string link = allocator_.state().settings.link(conference, outside_.now());
  say(chat, words::say({Phrase::join_by_link, {known->title, link}}, Language::english));
}

void Correspondence::say(const Chat& chat, const std::string& text) {
  outside_.send(*stanza::write_message({.from = speaking(chat.us).text(),
                                        .to = chat.asker.text(),
                                        .id = fresh_uuid(),
                                        .body = text,
                                        .thread = chat.thread}));
}

}  // namespace rollcall::component
