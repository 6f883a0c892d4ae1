#include "xmpp-component/commands/form.h"

#include "xmpp-component/commands/chat.h"

namespace rollcall::component::commands {
namespace {

using model::Reason;
using stanza::Field;
using stanza::FieldType;
using words::Label;

std::string text_of(Label label, words::Language language) {
  return std::string(words::label(label, language));
}

Field invitees_field(words::Language language, bool required) {
  return {.var = "invitees",
          .type = FieldType::jid_multi,
          .label = text_of(Label::people_to_invite, language),
          .required = required};
}

Field text_field(const char* var, Label label, words::Language language, bool required) {
  return {.var = var, .type = FieldType::text_single, .label = text_of(label, language), .required = required};
}

/// Names to choose from, or to type where nobody is in the call.
Field participant_field(words::Language language, const std::vector<std::string>& participants, bool required) {
  Field field = text_field("who", Label::person, language, required);
  if (participants.empty()) return field;
  field.type = FieldType::list_single;
  for (const std::string& name : participants) field.options.push_back({name, name});
  field.values = {participants.front()};
  return field;
}

Field choice_field(const Command& command, words::Language language) {
  Field field{
      .var = "choice", .type = FieldType::list_single, .label = text_of(Label::choice, language), .required = true};
  for (const Choice& choice : command.choices) {
    field.options.push_back(
        {std::string(choice.value.empty() ? "show" : choice.value), text_of(choice.label, language)});
  }
  field.values = {field.options.front().value};
  return field;
}

std::vector<Field> modes_fields(words::Language language) {
  Field ways = text_field("modes", Label::modes, language, false);
  ways.type = FieldType::text_multi;
  Field order{.var = "ring", .type = FieldType::list_single, .label = text_of(Label::ring_order, language)};
  order.values = {"in-turn"};
  order.options = {{"in-turn", text_of(Label::in_turn, language)}, {"at-once", text_of(Label::at_once, language)}};
  return {std::move(ways), std::move(order)};
}

std::vector<Field> fields_for(const Command& command, words::Language language,
                              const std::vector<std::string>& participants) {
  switch (command.takes) {
    case Takes::nothing:
      return {};
    case Takes::people:
      return {invitees_field(language, true)};
    case Takes::name_and_people:
      return {text_field("name", Label::name_of_the_call, language, false), invitees_field(language, false)};
    case Takes::participant:
    case Takes::maybe_participant:
      return {participant_field(language, participants, command.takes == Takes::participant)};
    case Takes::person:
      return {text_field("who", Label::person, language, true)};
    case Takes::name:
    case Takes::maybe_name:
      return {text_field("name", Label::name_of_the_call, language, command.takes == Takes::name)};
    case Takes::text:
      return {text_field("text", Label::text, language, true)};
    case Takes::choice:
    case Takes::maybe_choice:
      return {choice_field(command, language)};
    case Takes::hours:
      return {text_field("hours", Label::hours, language, false)};
    case Takes::modes:
      return modes_fields(language);
  }
  __builtin_unreachable();
}

std::optional<Label> instructions_for(Takes takes) {
  if (takes == Takes::name_and_people) return Label::how_to_start;
  if (takes == Takes::people) return Label::how_to_invite;
  if (takes == Takes::modes) return Label::how_to_be_reached;
  return std::nullopt;
}

/// What stands in the one field that is no list of people.
std::string text_in(const stanza::DataForm& form) {
  if (const auto ways = form.values("modes"); !ways.empty() || form.value("ring")) {
    std::string lines = form.value("ring").value_or("") == "at-once" && !ways.empty() ? "at once" : "";
    for (const std::string& way : ways) lines += "\n" + way;
    return lines.empty() ? "off" : lines;
  }
  for (const char* var : {"who", "name", "text", "choice", "hours"}) {
    const auto values = form.values(var);
    if (!values.empty()) return values.front();
  }
  return {};
}

bool needs_text(Takes takes) {
  return takes == Takes::participant || takes == Takes::person || takes == Takes::name || takes == Takes::text;
}

}  // namespace

stanza::DataForm form_for(const Command& command, words::Language language,
                          const std::vector<std::string>& participants, const std::optional<stanza::DataForm>& filled) {
  stanza::DataForm form{.title = text_of(command.label, language)};
  if (const auto label = instructions_for(command.takes)) form.instructions = {text_of(*label, language)};
  form.fields = fields_for(command, language, participants);
  for (Field& field : form.fields) {
    if (filled && !filled->values(field.var).empty()) field.values = filled->values(field.var);
  }
  form.fields.insert(
      form.fields.begin(),
      {.var = "FORM_TYPE", .type = FieldType::hidden, .values = {"urn:rollcall:" + std::string(command.node) + ":0"}});
  return form;
}

model::Expected<Request> request_from(const Command& command, const stanza::DataForm& form) {
  std::string people;
  for (const std::string& value : form.values("invitees")) people += value + "\n";
  auto named = parse_named(people);
  if (!named) return tl::unexpected(named.error());
  const bool is_nobody = named->people.empty() && named->routes.endpoints.empty();
  if (command.takes == Takes::people && is_nobody) return model::refuse(Reason::bad_request, "invitees");
  Arguments said = std::move(*named);
  said.text = text_in(form);
  if (needs_text(command.takes) && said.text.empty()) return model::refuse(Reason::bad_request, "");
  if (!command.choices.empty()) {
    if (said.text == "show") said.text.clear();
    const auto choice = choice_of(command, said.text);
    if (!choice) return model::refuse(Reason::bad_request, said.text);
    said.text = *choice;
  }
  return command.make(std::move(said));
}

}  // namespace rollcall::component::commands
