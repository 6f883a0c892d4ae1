#include "xmpp-component/stanza/data_form.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rollcall::component::stanza {
namespace {

constexpr std::string_view form_namespace = "jabber:x:data";

constexpr auto form_types = std::to_array<std::pair<FormType, std::string_view>>({{FormType::form, "form"},
                                                                                  {FormType::submit, "submit"},
                                                                                  {FormType::cancel, "cancel"},
                                                                                  {FormType::result, "result"}});

constexpr auto field_types =
    std::to_array<std::pair<FieldType, std::string_view>>({{FieldType::boolean, "boolean"},
                                                           {FieldType::fixed, "fixed"},
                                                           {FieldType::hidden, "hidden"},
                                                           {FieldType::jid_multi, "jid-multi"},
                                                           {FieldType::jid_single, "jid-single"},
                                                           {FieldType::list_multi, "list-multi"},
                                                           {FieldType::list_single, "list-single"},
                                                           {FieldType::text_multi, "text-multi"},
                                                           {FieldType::text_private, "text-private"},
                                                           {FieldType::text_single, "text-single"}});

template <class Table, class Value>
std::string text_in(const Table& table, Value value) {
  return std::string(std::ranges::find(table, value, [](const auto& entry) { return entry.first; })->second);
}

std::string_view value_text(const gloox::Tag* value, std::string& storage) {
  storage = value == nullptr ? std::string() : value->cdata();
  return storage;
}

Field read_field(const gloox::Tag& tag) {
  Field field;
  std::string storage;
  field.var = tag.findAttribute("var");
  field.label = tag.findAttribute("label");
  const std::string& type = tag.findAttribute("type");
  const auto known = std::ranges::find_if(field_types, [&](const auto& entry) { return entry.second == type; });
  if (known != field_types.end()) field.type = known->first;
  for (const gloox::Tag* child : tag.children()) {
    if (namespace_of(*child) != form_namespace) continue;
    if (child->name() == "value") field.values.push_back(child->cdata());
    if (child->name() == "required") field.required = true;
    if (child->name() == "option") {
      const auto value = value_text(child_of(*child, "value", form_namespace), storage);
      field.options.push_back({std::string(value), child->findAttribute("label")});
    }
  }
  return field;
}

std::vector<Field> read_fields(const gloox::Tag& tag) {
  std::vector<Field> fields;
  for (const gloox::Tag* child : tag.children()) {
    if (is(*child, "field", form_namespace)) fields.push_back(read_field(*child));
  }
  return fields;
}

/// A submitted form and a table's lines carry no types (XEP-0004 §3.2, §3.4).
void write_fields(gloox::Tag& parent, const std::vector<Field>& fields, bool with_type) {
  for (const Field& field : fields) {
    gloox::Tag& tag = add_child(parent, "field");
    tag.addAttribute("var", field.var);
    if (with_type) tag.addAttribute("type", text_in(field_types, field.type));
    tag.addAttribute("label", field.label);
    for (const std::string& value : field.values) add_child(tag, "value").setCData(value);
    for (const FieldOption& option : field.options) {
      gloox::Tag& choice = add_child(tag, "option");
      choice.addAttribute("label", option.label);
      add_child(choice, "value").setCData(option.value);
    }
    if (field.required) add_child(tag, "required");
  }
}

const Field* find_field(const std::vector<Field>& fields, std::string_view var) {
  const auto found = std::ranges::find_if(fields, [&](const Field& field) { return field.var == var; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace

std::optional<std::string> DataForm::value(std::string_view var) const {
  const Field* field = find_field(fields, var);
  if (field == nullptr || field->values.empty()) return std::nullopt;
  return field->values.front();
}

std::vector<std::string> DataForm::values(std::string_view var) const {
  std::vector<std::string> all;
  const Field* field = find_field(fields, var);
  if (field == nullptr) return all;
  for (std::string_view rest : field->values) {
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      if (const auto line = trimmed(rest.substr(0, end)); !line.empty()) all.emplace_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return all;
}

std::optional<bool> DataForm::truth(std::string_view var) const {
  const auto text = value(var);
  if (!text) return std::nullopt;
  return *text == "1" || *text == "true";
}

std::optional<DataForm> read_form(const gloox::Tag& x) {
  const std::string& type = x.findAttribute("type");
  const auto known = std::ranges::find_if(form_types, [&](const auto& entry) { return entry.second == type; });
  if (known == form_types.end()) return std::nullopt;
  DataForm form{.type = known->first, .fields = read_fields(x)};
  for (const gloox::Tag* child : x.children()) {
    if (namespace_of(*child) != form_namespace) continue;
    if (child->name() == "title") form.title = child->cdata();
    if (child->name() == "instructions") form.instructions.push_back(child->cdata());
    if (child->name() == "reported") form.reported = read_fields(*child);
    if (child->name() == "item") form.items.push_back(read_fields(*child));
  }
  return form;
}

TagPtr write_form(const DataForm& form) {
  TagPtr x = element("x", std::string(form_namespace));
  x->addAttribute("type", text_in(form_types, form.type));
  if (!form.title.empty()) add_child(*x, "title").setCData(form.title);
  for (const std::string& line : form.instructions) add_child(*x, "instructions").setCData(line);
  write_fields(*x, form.fields, form.type != FormType::submit);
  if (!form.reported.empty()) write_fields(add_child(*x, "reported"), form.reported, true);
  for (const auto& item : form.items) write_fields(add_child(*x, "item"), item, false);
  return x;
}

}  // namespace rollcall::component::stanza
