#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {
namespace {

using model::Reason;
using stanza::Condition;

Condition condition_of(Reason reason) {
  switch (reason) {
    case Reason::hung_up:
    case Reason::removed:
      return Condition::success;
    case Reason::full:
    case Reason::busy:
    case Reason::already_in_call:
    case Reason::too_fast:
      return Condition::busy;
    case Reason::declined:
    case Reason::not_allowed:
    case Reason::link_forged:
    case Reason::link_expired:
    case Reason::own_address:
    case Reason::locked:
    case Reason::members_only:
    case Reason::moderators_only:
    case Reason::owner_only:
      return Condition::decline;
    case Reason::cancelled:
      return Condition::cancel;
    case Reason::timeout:
      return Condition::timeout;
    case Reason::connectivity:
      return Condition::connectivity_error;
    case Reason::no_security:
      return Condition::security_error;
    case Reason::no_common_codec:
    case Reason::bad_request:
      return Condition::failed_application;
    case Reason::gone:
    case Reason::unknown_conference:
    case Reason::unknown_leg:
      return Condition::gone;
    case Reason::bad_address:
    case Reason::unknown_method:
    case Reason::name_taken:
    case Reason::no_media_server:
    case Reason::not_stored:
    case Reason::not_dialled:
    case Reason::dialled_enough:
    case Reason::wrong_pin:
    case Reason::modes_at_server:
    case Reason::internal:
    case Reason::unreachable:
    case Reason::unknown_person:
    case Reason::ambiguous_person:
      return Condition::general_error;
  }
  __builtin_unreachable();
}

Reason reason_of(Condition condition) {
  switch (condition) {
    case Condition::success:
    case Condition::alternative_session:
      return Reason::hung_up;
    case Condition::busy:
      return Reason::busy;
    case Condition::decline:
      return Reason::declined;
    case Condition::cancel:
      return Reason::cancelled;
    case Condition::timeout:
    case Condition::expired:
      return Reason::timeout;
    case Condition::gone:
      return Reason::gone;
    case Condition::security_error:
      return Reason::no_security;
    case Condition::failed_application:
    case Condition::incompatible_parameters:
    case Condition::unsupported_applications:
      return Reason::no_common_codec;
    case Condition::connectivity_error:
    case Condition::failed_transport:
    case Condition::unsupported_transports:
    case Condition::general_error:
    case Condition::media_error:
      return Reason::connectivity;
  }
  __builtin_unreachable();
}

}  // namespace

stanza::JingleReason to_jingle(const model::Refusal& refusal, std::string_view text) {
  std::string said(text);
  if (said.empty()) {
    said = model::to_text(refusal.reason);
    if (!refusal.subject.empty()) said += ": " + refusal.subject;
  }
  return {condition_of(refusal.reason), std::move(said)};
}

model::Reason to_model(const std::optional<stanza::JingleReason>& reason) {
  return reason ? reason_of(reason->condition) : Reason::hung_up;
}

}  // namespace rollcall::component::jingle
