// The words of XEP-0166, each in one exhaustive switch.
#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::stanza {

std::string_view to_text(JingleAction action) {
  switch (action) {
    case JingleAction::content_accept:
      return "content-accept";
    case JingleAction::content_add:
      return "content-add";
    case JingleAction::content_modify:
      return "content-modify";
    case JingleAction::content_reject:
      return "content-reject";
    case JingleAction::content_remove:
      return "content-remove";
    case JingleAction::description_info:
      return "description-info";
    case JingleAction::security_info:
      return "security-info";
    case JingleAction::session_accept:
      return "session-accept";
    case JingleAction::session_info:
      return "session-info";
    case JingleAction::session_initiate:
      return "session-initiate";
    case JingleAction::session_terminate:
      return "session-terminate";
    case JingleAction::transport_accept:
      return "transport-accept";
    case JingleAction::transport_info:
      return "transport-info";
    case JingleAction::transport_reject:
      return "transport-reject";
    case JingleAction::transport_replace:
      return "transport-replace";
  }
  __builtin_unreachable();
}

std::string_view to_text(Condition condition) {
  switch (condition) {
    case Condition::alternative_session:
      return "alternative-session";
    case Condition::busy:
      return "busy";
    case Condition::cancel:
      return "cancel";
    case Condition::connectivity_error:
      return "connectivity-error";
    case Condition::decline:
      return "decline";
    case Condition::expired:
      return "expired";
    case Condition::failed_application:
      return "failed-application";
    case Condition::failed_transport:
      return "failed-transport";
    case Condition::general_error:
      return "general-error";
    case Condition::gone:
      return "gone";
    case Condition::incompatible_parameters:
      return "incompatible-parameters";
    case Condition::media_error:
      return "media-error";
    case Condition::security_error:
      return "security-error";
    case Condition::success:
      return "success";
    case Condition::timeout:
      return "timeout";
    case Condition::unsupported_applications:
      return "unsupported-applications";
    case Condition::unsupported_transports:
      return "unsupported-transports";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::component::stanza
