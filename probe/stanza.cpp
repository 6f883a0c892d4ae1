#include "probe/stanza.h"

#include <cassert>

namespace rollcall::probe {
namespace {

std::string text_or_empty(const char* text) {
  return text ? text : "";
}

/// Moves a text that libstrophe allocated into a value.
std::string adopt(char* text) {
  const std::string value = text_or_empty(text);
  if (text) xmpp_free(strophe_context(), text);
  return value;
}

}  // namespace

xmpp_ctx_t* strophe_context() {
  static xmpp_ctx_t* const context = [] {
    xmpp_initialize();
    return xmpp_ctx_new(nullptr, nullptr);
  }();
  return context;
}

std::string new_id() {
  return adopt(xmpp_uuid_gen(strophe_context()));
}

std::string bare(const std::string& address) {
  return address.substr(0, address.find('/'));
}

Stanza::Stanza(const std::string& name, const std::string& ns, Attributes attributes)
    : stanza_(xmpp_stanza_new(strophe_context())) {
  xmpp_stanza_set_name(stanza_, name.c_str());
  if (!ns.empty()) xmpp_stanza_set_ns(stanza_, ns.c_str());
  for (const auto& [key, value] : attributes) set(key, value);
}

Stanza Stanza::share(xmpp_stanza_t* stanza) {
  Stanza value;
  value.stanza_ = stanza ? xmpp_stanza_clone(stanza) : nullptr;
  return value;
}

Stanza Stanza::parse(const std::string& xml) {
  Stanza value;
  value.stanza_ = xmpp_stanza_new_from_string(strophe_context(), xml.c_str());
  return value;
}

Stanza::Stanza(const Stanza& other) : stanza_(other.stanza_ ? xmpp_stanza_clone(other.stanza_) : nullptr) {}

Stanza& Stanza::operator=(Stanza other) noexcept {
  std::swap(stanza_, other.stanza_);
  return *this;
}

Stanza::~Stanza() {
  if (stanza_) xmpp_stanza_release(stanza_);
}

std::string Stanza::name() const {
  return stanza_ ? text_or_empty(xmpp_stanza_get_name(stanza_)) : "";
}

std::string Stanza::ns() const {
  return stanza_ ? text_or_empty(xmpp_stanza_get_ns(stanza_)) : "";
}

std::string Stanza::attribute(const char* name) const {
  return stanza_ ? text_or_empty(xmpp_stanza_get_attribute(stanza_, name)) : "";
}

std::string Stanza::text() const {
  return stanza_ ? adopt(xmpp_stanza_get_text(stanza_)) : "";
}

bool Stanza::is(std::string_view name, std::string_view ns) const {
  return this->name() == name && this->ns() == ns;
}

std::vector<Stanza> Stanza::children() const {
  std::vector<Stanza> found;
  auto* at = stanza_ ? xmpp_stanza_get_children(stanza_) : nullptr;
  for (; at; at = xmpp_stanza_get_next(at)) {
    if (xmpp_stanza_is_tag(at)) found.push_back(share(at));
  }
  return found;
}

std::vector<Stanza> Stanza::children(std::string_view name) const {
  auto found = children();
  std::erase_if(found, [&](const Stanza& child) { return child.name() != name; });
  return found;
}

Stanza Stanza::child(std::string_view name, std::string_view ns) const {
  for (const auto& child : children()) {
    if (child.name() == name && (ns.empty() || child.ns() == ns)) return child;
  }
  return {};
}

std::string Stanza::xml() const {
  if (!stanza_) return {};
  char* text = nullptr;
  std::size_t length = 0;
  xmpp_stanza_to_text(stanza_, &text, &length);
  return adopt(text);
}

Stanza& Stanza::set(const char* name, const std::string& value) {
  assert(stanza_);
  if (!value.empty()) xmpp_stanza_set_attribute(stanza_, name, value.c_str());
  return *this;
}

Stanza& Stanza::add(const Stanza& child) {
  assert(stanza_ && child);
  xmpp_stanza_add_child(stanza_, child.stanza_);
  return *this;
}

Stanza& Stanza::add_text(const std::string& text) {
  Stanza node;
  node.stanza_ = xmpp_stanza_new(strophe_context());
  xmpp_stanza_set_text(node.stanza_, text.c_str());
  return add(node);
}

}  // namespace rollcall::probe
