#include "xmpp-component/commands/ad_hoc.h"

#include <algorithm>

#include "xmpp-component/commands/form.h"
#include "xmpp-component/commands/modes_text.h"

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

/// What he said before.
void fill_in(stanza::DataForm& form, const AdHoc::Asker& asker) {
  for (stanza::Field& field : form.fields) {
    if (field.var == "modes") field.values = lines_of(asker.modes, asker.language);
    if (field.var == "ring" && asker.modes.at_once) field.values = {"at-once"};
  }
}

CommandResponse form_step(const Command& command, const std::string& session, const AdHoc::Asker& asker,
                          const std::optional<stanza::DataForm>& filled = {}) {
  stanza::DataForm form = form_for(command, asker.language, asker.participants, filled);
  if (!filled) fill_in(form, asker);
  return {.node = std::string(command.node),
          .session = session,
          .status = CommandStatus::executing,
          .actions = {CommandAction::complete},
          .form = std::move(form)};
}

bool has_filled_form(const stanza::CommandRequest& request) {
  return request.form && request.form->type == stanza::FormType::submit;
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

model::Expected<AdHoc::Step> AdHoc::handle(Place place, const Asker& asker, const stanza::CommandRequest& request,
                                           Time now) {
  const Command* command = command_by_node(place, request.node);
  if (command == nullptr) return model::refuse(Reason::unknown_method, request.node);
  if (request.action == CommandAction::prev) return model::refuse(Reason::bad_request, "prev");
  if (!request.session.empty()) return go_on(*command, asker, request, now);
  if (command->takes == Takes::nothing) {
    return command->make({}).map([&](Request made) {
      return Step(Asked{std::move(made), request.node, new_session_()});
    });
  }
  const std::string session = begin(asker.us, asker.person, request.node, now);
  if (!has_filled_form(request)) return form_step(*command, session, asker);
  stanza::CommandRequest in_session = request;
  in_session.session = session;
  return go_on(*command, asker, in_session, now);
}

model::Expected<AdHoc::Step> AdHoc::go_on(const Command& command, const Asker& asker,
                                          const stanza::CommandRequest& request, Time now) {
  const auto found = sessions_.find(request.session);
  const bool his = found != sessions_.end() && found->second.person == asker.person &&
                   found->second.place.bare() == asker.us.bare() && found->second.node == request.node &&
                   now - found->second.begun < longest_session;
  if (!his) return model::refuse(Reason::bad_request, "sessionid");
  const bool given_up = request.form && request.form->type == stanza::FormType::cancel;
  if (request.action == CommandAction::cancel || given_up) {
    sessions_.erase(found);
    return CommandResponse{.node = request.node, .session = request.session, .status = CommandStatus::canceled};
  }
  if (!has_filled_form(request)) return form_step(command, request.session, asker);
  auto asked = request_from(command, *request.form);
  if (!asked) {
    CommandResponse again = form_step(command, request.session, asker, request.form);
    again.notes = {{stanza::NoteType::error, words::explain(asked.error(), asker.language)}};
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
