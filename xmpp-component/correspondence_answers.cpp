// What we answer, and what we say unasked.
#include <utility>
#include <variant>

#include "allocator/words/words.h"
#include "xmpp-component/answers.h"
#include "xmpp-component/commands/command_table.h"
#include "xmpp-component/correspondence.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/language.h"
#include "xmpp-component/speaking.h"
#include "xmpp-component/stanza/call_request.h"
#include "xmpp-component/stanza/group_chat.h"
#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component {
namespace {

using model::Address;
using model::ConferenceId;
using model::Phrase;
using model::Reason;
using words::Language;

constexpr std::size_t most_open_questions = 10000;
constexpr std::size_t most_menus = 1000;
constexpr std::size_t most_remembered_invitations = 4096;
constexpr std::chrono::minutes menu_stays{2};

Language language_in(const Asking& asking) {
  return std::visit([](const auto& one) { return one.language; }, asking);
}

std::string text_of(const rules::Reply& effect, Language language) {
  std::string text = words::say(effect.sentence, language);
  for (const model::Sentence& remark : effect.remarks) text += "\n" + words::say(remark, language);
  if (effect.because) text += "\n" + words::explain(*effect.because, language);
  return text;
}

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

void Correspondence::ask(const commands::Request& request, const Address& asker, const ConferenceId& conference,
                         Asking asking) {
  const Language language = language_in(asking);
  if (std::holds_alternative<commands::Help>(request)) {
    return answer(std::move(asking), stanza::NoteType::info, help_for(conference, language));
  }
  if (asked_.size() >= most_open_questions) {
    return answer(std::move(asking), stanza::NoteType::error, words::explain({Reason::full, {}}, language));
  }
  const rules::RequestId id = next_request_++;
  asked_.emplace(id, Question{std::move(asking), request});
  outside_.happens(to_event(request, id, asker, conference));
}

std::string Correspondence::help_for(const ConferenceId& conference, Language language) const {
  const model::Conference* known = allocator_.conference(conference);
  const std::string address = "rollcall@" + domain_;
  if (known == nullptr) {
    return words::say({Phrase::help, {address}}, language) + "\n" +
           commands::list_of_commands(commands::Place::service, language) +
           words::say({Phrase::help_end, {address}}, language);
  }
  return words::say({Phrase::conference_help, {known->title}}, language) + "\n" +
         commands::list_of_commands(commands::Place::conference, language) +
         words::say({Phrase::conference_help_end}, language);
}

std::optional<Correspondence::Question> Correspondence::take_question(rules::RequestId id) {
  auto found = asked_.extract(id);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

void Correspondence::answer(Asking asking, stanza::NoteType type, const std::string& text) {
  if (const auto* chat = std::get_if<Chat>(&asking)) {
    say(*chat, text);
  } else if (auto* form = std::get_if<FilledForm>(&asking)) {
    form->request.result(stanza::write_command(commands::AdHoc::completed(form->asked, type, text)));
  } else if (const auto* group = std::get_if<InGroup>(&asking)) {
    answer_in_group(*group, text);
  }
}

void Correspondence::answer_in_group(const InGroup& asking, const std::string& text) {
  const std::string before = asking.place.is_bare() ? asking.nick + ": " : "";
  outside_.send(
      *stanza::write_group_line({.from = asking.us, .to = asking.place, .id = fresh_uuid(), .body = before + text}));
}

void Correspondence::carry_out(const rules::Reply& effect) {
  auto question = take_question(effect.request);
  if (!question) return;
  Asking& asking = question->asking;
  if (auto* call = std::get_if<CallIq>(&asking)) {
    const Address contact(effect.conference.text(), domain_);
    const std::string link = allocator_.state().settings.link(effect.conference, outside_.now());
    return call->request.result(stanza::write_call_result({contact, link}));
  }
  if (auto* meeting = std::get_if<MeetingIq>(&asking)) {
    const std::string link = allocator_.state().settings.link(effect.conference, outside_.now());
    return meeting->request.result(stanza::write_meeting(meeting->meeting, link));
  }
  if (effect.shows_by_itself && std::holds_alternative<Chat>(asking)) return;
  const std::string text = text_of(effect, language_in(asking));
  answer(std::move(asking), stanza::NoteType::info, text);
}

void Correspondence::carry_out(const rules::Decline& effect) {
  auto question = take_question(effect.request);
  if (!question) return;
  Asking& asking = question->asking;
  const std::string text = words::explain(effect.refusal, language_in(asking));
  if (auto* call = std::get_if<CallIq>(&asking)) return call->request.error(stanza::write_error(effect.refusal, text));
  if (auto* meeting = std::get_if<MeetingIq>(&asking)) {
    return meeting->request.error(stanza::write_error(effect.refusal, text));
  }
  answer(std::move(asking), stanza::NoteType::error, text);
}

/// JC-51: a numbered menu, because no client knows quick responses. A form has no menu; it names them.
void Correspondence::carry_out(const rules::AskBack& effect) {
  auto question = take_question(effect.request);
  if (!question) return;
  const Language language = language_in(question->asking);
  const auto* chat = std::get_if<Chat>(&question->asking);
  if (chat == nullptr) {
    const model::Refusal refusal{Reason::ambiguous_person, list_of(effect.candidates)};
    return answer(std::move(question->asking), stanza::NoteType::error, words::explain(refusal, language));
  }
  std::string text = words::say({Phrase::which_one}, language);
  for (std::size_t i = 0; i < effect.candidates.size(); ++i) {
    text += "\n" + std::to_string(i + 1) + " " + effect.candidates[i];
  }
  std::erase_if(menus_, [&](const auto& entry) { return entry.second.until <= outside_.now(); });
  if (menus_.size() < most_menus) {
    menus_.insert_or_assign({chat->asker.bare(), chat->us.bare()},
                            Menu{question->request, effect.candidates, outside_.now() + menu_stays});
  }
  say(*chat, text);
}

void Correspondence::carry_out(const rules::Relay& effect) {
  outside_.send(*stanza::write_message({.from = speaking(Address(effect.conference.text(), domain_)).text(),
                                        .to = effect.person.text(),
                                        .id = fresh_uuid(),
                                        .body = effect.name + ": " + effect.text}));
}

void Correspondence::carry_out(const rules::Tell& effect) {
  const model::Conference* conference = allocator_.conference(effect.conference);
  const std::string id = fresh_uuid();
  if (effect.sentence.phrase == Phrase::invitation) remember_invitation(id, effect);
  outside_.send(*stanza::write_message({.from = speaking(Address(effect.conference.text(), domain_)).text(),
                                        .to = effect.person.text(),
                                        .id = id,
                                        .body = words::say(effect.sentence, language_of(allocator_, effect.person)),
                                        .nick = conference == nullptr ? "" : conference->title,
                                        .store = true}));
}

void Correspondence::remember_invitation(const std::string& id, const rules::Tell& effect) {
  invitations_[id] = {effect.conference, effect.person.bare()};
  invitation_ids_.push_back(id);
  if (invitation_ids_.size() <= most_remembered_invitations) return;
  invitations_.erase(invitation_ids_.front());
  invitation_ids_.pop_front();
}

void Correspondence::explain(const ConferenceId& conference, const Address& person, const model::Refusal& refusal) {
  const Language language = language_of(allocator_, person);
  const Chat chat{person, Address(conference.text(), domain_), {}, language};
  const model::Conference* known = allocator_.conference(conference);
  if (refusal.reason != Reason::no_security || known == nullptr) {
    return say(chat, words::explain(refusal, language));
  }
  const std::string link = allocator_.state().settings.link(conference, outside_.now());
  say(chat, words::say({Phrase::join_by_link, {known->title, link}}, language));
}

void Correspondence::say(const Chat& chat, const std::string& text) {
  outside_.send(*stanza::write_message({.from = speaking(chat.us).text(),
                                        .to = chat.asker.text(),
                                        .id = fresh_uuid(),
                                        .body = text,
                                        .thread = chat.thread}));
}

std::vector<std::string> Correspondence::names_in(const ConferenceId& conference) const {
  std::vector<std::string> names;
  for (const model::Participant* participant : rules::participants_of(allocator_.state(), conference)) {
    names.push_back(participant->name);
  }
  return names;
}

}  // namespace rollcall::component
