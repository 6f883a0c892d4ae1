#include "sip/gateways/status.h"

namespace rollcall::sip::gateways {

using model::Reason;

Status status_of(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
      return {400, "Bad Request"};
    case Reason::bad_address:
    case Reason::own_address:
    case Reason::unknown_conference:
    case Reason::unknown_person:
    case Reason::ambiguous_person:
    case Reason::unreachable:
      return {404, "Not Found"};
    case Reason::unknown_leg:
      return {481, "Call Does Not Exist"};
    case Reason::gone:
    case Reason::link_expired:
      return {410, "Gone"};
    case Reason::not_allowed:
    case Reason::link_forged:
    case Reason::locked:
    case Reason::members_only:
    case Reason::moderators_only:
    case Reason::owner_only:
    case Reason::removed:
    case Reason::not_dialled:
    case Reason::dialled_enough:
    case Reason::wrong_pin:
    case Reason::modes_at_server:
      return {403, "Forbidden"};
    case Reason::no_security:
    case Reason::no_common_codec:
      return {488, "Not Acceptable Here"};
    case Reason::full:
    case Reason::busy:
    case Reason::already_in_call:
      return {486, "Busy Here"};
    case Reason::no_media_server:
    case Reason::connectivity:
    case Reason::too_fast:
      return {503, "Service Unavailable"};
    case Reason::declined:
      return {603, "Decline"};
    case Reason::timeout:
      return {480, "Temporarily Unavailable"};
    case Reason::cancelled:
    case Reason::hung_up:
      return {487, "Request Terminated"};
    case Reason::unknown_method:
    case Reason::name_taken:
    case Reason::not_stored:
    case Reason::internal:
      return {500, "Server Internal Error"};
  }
  __builtin_unreachable();
}

Reason reason_of(int status) {
  switch (status) {
    case 486:
    case 600:
      return Reason::busy;
    case 603:
      return Reason::declined;
    case 0:
    case 408:
    case 480:
      return Reason::timeout;
    case 487:
      return Reason::cancelled;
    case 404:
    case 410:
    case 484:
    case 604:
      return Reason::unreachable;
    case 415:
    case 488:
    case 606:
      return Reason::no_common_codec;
    case 401:
    case 403:
    case 407:
      return Reason::not_allowed;
    default:
      return status >= 500 && status < 600 ? Reason::connectivity : Reason::unreachable;
  }
}

bool is_gateways_fault(int status) {
  return status == 0 || status == 401 || status == 403 || status == 407 || status == 408 ||
         (status >= 500 && status < 600);
}

}  // namespace rollcall::sip::gateways
