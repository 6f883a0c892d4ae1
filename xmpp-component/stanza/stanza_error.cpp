#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::string_view conditions_namespace = "urn:ietf:params:xml:ns:xmpp-stanzas";

}  // namespace

StanzaError stanza_error_of(model::Reason reason) {
  using model::Reason;
  switch (reason) {
    case Reason::bad_request:
    case Reason::ambiguous_person:
      return {"modify", "bad-request"};
    case Reason::bad_address:
      return {"modify", "jid-malformed"};
    case Reason::own_address:
      return {"modify", "not-acceptable"};
    case Reason::unknown_conference:
    case Reason::unknown_leg:
    case Reason::unknown_person:
      return {"cancel", "item-not-found"};
    case Reason::unknown_method:
      return {"cancel", "feature-not-implemented"};
    case Reason::name_taken:
      return {"cancel", "conflict"};
    case Reason::not_allowed:
    case Reason::link_forged:
    case Reason::link_expired:
    case Reason::moderators_only:
    case Reason::owner_only:
    case Reason::locked:
    case Reason::removed:
    case Reason::not_dialled:
    case Reason::wrong_pin:
    case Reason::modes_at_server:
      return {"auth", "forbidden"};
    case Reason::members_only:
      return {"auth", "registration-required"};
    case Reason::no_security:
    case Reason::no_common_codec:
      return {"modify", "not-acceptable"};
    case Reason::no_media_server:
    case Reason::full:
    case Reason::too_fast:
    case Reason::dialled_enough:
      return {"wait", "resource-constraint"};
    case Reason::already_in_call:
      return {"cancel", "conflict"};
    case Reason::connectivity:
      return {"wait", "remote-server-not-found"};
    case Reason::gone:
      return {"cancel", "gone"};
    case Reason::declined:
    case Reason::busy:
    case Reason::unreachable:
      return {"wait", "recipient-unavailable"};
    case Reason::timeout:
      return {"wait", "remote-server-timeout"};
    case Reason::cancelled:
    case Reason::hung_up:
      return {"cancel", "undefined-condition"};
    case Reason::not_stored:
    case Reason::internal:
      return {"wait", "internal-server-error"};
  }
  __builtin_unreachable();
}

TagPtr write_error(const StanzaError& error) {
  TagPtr tag = element("error", {});
  tag->addAttribute("type", error.type);
  add_child(*tag, error.condition, std::string(conditions_namespace));
  if (!error.text.empty()) add_child(*tag, "text", std::string(conditions_namespace)).setCData(error.text);
  return tag;
}

TagPtr write_error(const model::Refusal& refusal, const std::string& text) {
  StanzaError error = stanza_error_of(refusal.reason);
  error.text = text;
  return write_error(error);
}

StanzaError read_error(const gloox::Tag& stanza) {
  StanzaError read{"cancel", "undefined-condition"};
  const gloox::Tag* error = child_of(stanza, "error", namespace_of(stanza));
  if (error == nullptr) return read;
  if (error->hasAttribute("type")) read.type = error->findAttribute("type");
  for (const gloox::Tag* child : error->children()) {
    if (namespace_of(*child) != conditions_namespace) continue;
    (child->name() == "text" ? read.text : read.condition) = child->name() == "text" ? child->cdata() : child->name();
  }
  return read;
}

}  // namespace rollcall::component::stanza
