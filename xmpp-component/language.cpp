#include "xmpp-component/language.h"

#include "xmpp-component/stanza/language.h"

namespace rollcall::component {

using words::Language;

Language language_of(const rules::Allocator& allocator, const model::Address& person) {
  const model::Person* known = rules::find_person(allocator.state(), person);
  return words::language_from_tag(known == nullptr ? "" : known->language);
}

Language language_of(const rules::Allocator& allocator, const gloox::Tag& stanza) {
  const std::string tag = stanza::language_of(stanza);
  if (!tag.empty()) return words::language_from_tag(tag);
  const auto from = model::Address::parse(stanza.findAttribute("from"));
  return from ? language_of(allocator, *from) : Language::english;
}

void see_person(const gloox::Tag& tag, const std::function<void(const rules::Event&)>& happens) {
  const auto from = model::Address::parse(tag.findAttribute("from"));
  if (!from || from->node().empty() || tag.findAttribute("type") == "error") return;
  rules::PersonSeen seen{.person = from->bare(), .language = stanza::language_of(tag)};
  if (const gloox::Tag* nick = stanza::child_of(tag, "nick", "http://jabber.org/protocol/nick")) {
    seen.nick = nick->cdata();
  }
  happens(seen);
}

}  // namespace rollcall::component
