#include "xmpp-component/commands/ad_hoc.h"

#include <algorithm>

#include "xmpp-component/commands/chat.h"

namespace rollcall::component::commands {
namespace {

using model::Reason;
using stanza::CommandAction;
using stanza::CommandResponse;
using stanza::CommandStatus;
using words::Label;

constexpr std::chrono::minutes longest_session{15};
constexpr std::size_t most_sessions = 1024;
constexpr std::size_t most_sessions_of_a_person = 8;

std::string text_of(Label label, words::Language language) {
  return std::string(words::label(label, language));
}

stanza::Field hidden_form_type(const Command& command) {
  return {.var = "FORM_TYPE",
          .type = stanza::FieldType::hidden,
          .values = {"urn:rollcall:" + std::string(command.node) + ":0"}};
}

/// The empty form, or the filled one once more with what was wrong.
stanza::DataForm form_for(const Command& command, words::Language language,
                          const std::optional<stanza::DataForm>& filled) {
  const bool named = command.takes == Takes::name_and_people;
  stanza::DataForm form{.title = text_of(command.label, language)};
  form.instructions = {text_of(named ? Label::how_to_start : Label::how_to_invite, language)};
  form.fields.push_back(hidden_form_type(command));
  if (named) {
    form.fields.push_back({.var = "name",
                           .type = stanza::FieldType::text_single,
                           .label = text_of(Label::name_of_the_call, language),
                           .values = filled ? filled->values("name") : std::vector<std::string>{}});
  }
  form.fields.push_back({.var = "invitees",
                         .type = stanza::FieldType::jid_multi,
                         .label = text_of(Label::people_to_invite, language),
                         .values = filled ? filled->values("invitees") : std::vector<std::string>{},
                         .required = !named});
  return form;
}

CommandResponse form_step(const Command& command, const std::string& session, words::Language language,
                          const std::optional<stanza::DataForm>& filled = {}) {
  return {.node = std::string(command.node),
          .session = session,
          .status = CommandStatus::executing,
          .actions = {CommandAction::complete},
          .form = form_for(command, language, filled)};
}

model::Expected<Request> request_from(const Command& command, const stanza::DataForm& form) {
  std::string people;
  for (const std::string& value : form.values("invitees")) people += value + "\n";
  auto addresses = parse_people(people);
  if (!addresses) return tl::unexpected(addresses.error());
  if (command.takes == Takes::people && addresses->empty()) return model::refuse(Reason::bad_request, "invitees");
  const auto names = form.values("name");
  return command.make(names.empty() ? std::nullopt : std::optional(names.front()), std::move(*addresses));
}

}  // namespace

stanza::DiscoItems AdHoc::items(Place place, const model::Address& address, words::Language language) {
  stanza::DiscoItems all{.node = std::string(stanza::commands_namespace)};
  for (const Command& command : all_commands()) {
    if (command.place != place) continue;
    all.items.push_back({address.text(), std::string(command.node), text_of(command.label, language)});
  }
  return all;
}

std::optional<std::string> AdHoc::name(Place place, std::string_view node, words::Language language) {
  const Command* command = command_by_node(place, node);
  if (command == nullptr) return std::nullopt;
  return text_of(command->label, language);
}

void AdHoc::close_old(const model::Address& person, Time now) {
  std::erase_if(sessions_, [&](const auto& entry) { return now - entry.second.begun >= longest_session; });
  const auto earlier = [](const auto& a, const auto& b) { return a.second.begun < b.second.begun; };
  const auto of_person = [&](const auto& entry) { return entry.second.person.bare() == person.bare(); };
  while (static_cast<std::size_t>(std::ranges::count_if(sessions_, of_person)) >= most_sessions_of_a_person) {
    auto oldest = std::ranges::find_if(sessions_, of_person);
    for (auto at = oldest; at != sessions_.end(); ++at) {
      if (of_person(*at) && earlier(*at, *oldest)) oldest = at;
    }
    sessions_.erase(oldest);
  }
  if (sessions_.size() >= most_sessions) sessions_.erase(std::ranges::min_element(sessions_, earlier));
}

std::string AdHoc::begin(const model::Address& to, const model::Address& from, std::string node, Time now) {
  close_old(from, now);
  std::string id = new_session_();
  sessions_[id] = {from, to, std::move(node), now};
  return id;
}

model::Expected<AdHoc::Step> AdHoc::handle(Place place, const model::Address& to, const model::Address& from,
                                           const stanza::CommandRequest& request, words::Language language, Time now) {
  const Command* command = command_by_node(place, request.node);
  if (command == nullptr) return model::refuse(Reason::unknown_method, request.node);
  if (request.action == CommandAction::prev) return model::refuse(Reason::bad_request, "prev");
  const bool form_given = request.form && request.form->type == stanza::FormType::submit;
  if (request.session.empty()) {
    if (command->takes == Takes::nothing) return Asked{command->make({}, {}), request.node, new_session_()};
    const std::string session = begin(to, from, request.node, now);
    if (!form_given) return form_step(*command, session, language);
    stanza::CommandRequest in_session = request;
    in_session.session = session;
    return handle(place, to, from, in_session, language, now);
  }

  const auto found = sessions_.find(request.session);
  const bool his = found != sessions_.end() && found->second.person == from && found->second.place.bare() == to.bare() &&
                   found->second.node == request.node && now - found->second.begun < longest_session;
  if (!his) return model::refuse(Reason::bad_request, "sessionid");
  const bool given_up = request.form && request.form->type == stanza::FormType::cancel;
  if (request.action == CommandAction::cancel || given_up) {
    sessions_.erase(found);
    return CommandResponse{.node = request.node, .session = request.session, .status = CommandStatus::canceled};
  }
  if (!form_given) return form_step(*command, request.session, language);
  auto asked = request_from(*command, *request.form);
  if (!asked) {
    CommandResponse again = form_step(*command, request.session, language, request.form);
    again.notes = {{stanza::NoteType::error, words::explain(asked.error(), language)}};
    return again;
  }
  sessions_.erase(found);
  return Asked{std::move(*asked), request.node, request.session};
}

CommandResponse AdHoc::completed(const Asked& asked, stanza::NoteType type, std::string text) {
  return {.node = asked.node,
          .session = asked.session,
          .status = CommandStatus::completed,
          .notes = {{type, std::move(text)}}};
}

}  // namespace rollcall::component::commands
