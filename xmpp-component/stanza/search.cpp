#include "xmpp-component/stanza/search.h"

#include "xmpp-component/stanza/data_form.h"

namespace rollcall::component::stanza {
namespace {

const std::string name_space(search_namespace);

Field form_type() {
  return {.var = "FORM_TYPE", .type = FieldType::hidden, .values = {name_space}};
}

}  // namespace

SearchRequest read_search(const gloox::Tag& query) {
  const gloox::Tag* x = child_of(query, "x", "jabber:x:data");
  if (const auto form = x == nullptr ? std::nullopt : read_form(*x)) return {form->value("nick").value_or(""), true};
  const gloox::Tag* nick = child_of(query, "nick", search_namespace);
  return {nick == nullptr ? "" : nick->cdata(), false};
}

TagPtr write_search(const SearchRequest& request) {
  TagPtr query = element("query", name_space);
  if (request.by_form) {
    const DataForm form{.type = FormType::submit, .fields = {form_type(), {.var = "nick", .values = {request.name}}}};
    query->addChild(write_form(form).release());
  } else {
    add_child(*query, "nick").setCData(request.name);
  }
  return query;
}

TagPtr write_search_form(std::string_view title, std::string_view label) {
  TagPtr query = element("query", name_space);
  add_child(*query, "instructions").setCData(std::string(label));
  add_child(*query, "nick");
  const DataForm form{.type = FormType::form,
                      .title = std::string(title),
                      .fields = {form_type(), {.var = "nick", .label = std::string(label)}}};
  query->addChild(write_form(form).release());
  return query;
}

TagPtr write_search_result(const std::vector<DiscoItem>& found, bool by_form, std::string_view label) {
  TagPtr query = element("query", name_space);
  if (!by_form) {
    for (const DiscoItem& one : found) {
      gloox::Tag& item = add_child(*query, "item");
      item.addAttribute("jid", one.jid);
      add_child(item, "nick").setCData(one.name);
    }
    return query;
  }
  DataForm form{.type = FormType::result,
                .fields = {form_type()},
                .reported = {{.var = "jid", .type = FieldType::jid_single, .label = "Jabber"},
                             {.var = "nick", .label = std::string(label)}}};
  for (const DiscoItem& one : found) {
    form.items.push_back(
        {{.var = "jid", .type = FieldType::jid_single, .values = {one.jid}}, {.var = "nick", .values = {one.name}}});
  }
  query->addChild(write_form(form).release());
  return query;
}

}  // namespace rollcall::component::stanza
