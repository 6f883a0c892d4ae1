#include "allocator/model/refusal.h"

#include <array>

namespace rollcall::model {
namespace {

constexpr std::array all_reasons{Reason::bad_request,
                                 Reason::bad_address,
                                 Reason::own_address,
                                 Reason::unknown_conference,
                                 Reason::unknown_leg,
                                 Reason::unknown_method,
                                 Reason::name_taken,
                                 Reason::not_allowed,
                                 Reason::link_forged,
                                 Reason::link_expired,
                                 Reason::no_security,
                                 Reason::no_common_codec,
                                 Reason::no_media_server,
                                 Reason::full,
                                 Reason::already_in_call,
                                 Reason::connectivity,
                                 Reason::gone,
                                 Reason::declined,
                                 Reason::busy,
                                 Reason::timeout,
                                 Reason::cancelled,
                                 Reason::hung_up,
                                 Reason::locked,
                                 Reason::members_only,
                                 Reason::moderators_only,
                                 Reason::owner_only,
                                 Reason::removed,
                                 Reason::unreachable,
                                 Reason::too_fast,
                                 Reason::unknown_person,
                                 Reason::ambiguous_person,
                                 Reason::not_stored,
                                 Reason::not_dialled,
                                 Reason::dialled_enough,
                                 Reason::wrong_pin,
                                 Reason::modes_at_server,
                                 Reason::internal};

}  // namespace

std::string_view to_text(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
      return "bad-request";
    case Reason::bad_address:
      return "bad-address";
    case Reason::own_address:
      return "own-address";
    case Reason::unknown_conference:
      return "unknown-conference";
    case Reason::unknown_leg:
      return "unknown-leg";
    case Reason::unknown_method:
      return "unknown-method";
    case Reason::name_taken:
      return "name-taken";
    case Reason::not_allowed:
      return "not-allowed";
    case Reason::link_forged:
      return "link-forged";
    case Reason::link_expired:
      return "link-expired";
    case Reason::no_security:
      return "no-security";
    case Reason::no_common_codec:
      return "no-common-codec";
    case Reason::no_media_server:
      return "no-media-server";
    case Reason::full:
      return "full";
    case Reason::already_in_call:
      return "already-in-call";
    case Reason::connectivity:
      return "connectivity";
    case Reason::gone:
      return "gone";
    case Reason::declined:
      return "declined";
    case Reason::busy:
      return "busy";
    case Reason::timeout:
      return "timeout";
    case Reason::cancelled:
      return "cancelled";
    case Reason::hung_up:
      return "hung-up";
    case Reason::locked:
      return "locked";
    case Reason::members_only:
      return "members-only";
    case Reason::moderators_only:
      return "moderators-only";
    case Reason::owner_only:
      return "owner-only";
    case Reason::removed:
      return "removed";
    case Reason::unreachable:
      return "unreachable";
    case Reason::too_fast:
      return "too-fast";
    case Reason::unknown_person:
      return "unknown-person";
    case Reason::ambiguous_person:
      return "ambiguous-person";
    case Reason::not_stored:
      return "not-stored";
    case Reason::not_dialled:
      return "not-dialled";
    case Reason::dialled_enough:
      return "dialled-enough";
    case Reason::wrong_pin:
      return "wrong-pin";
    case Reason::modes_at_server:
      return "modes-at-server";
    case Reason::internal:
      return "internal";
  }
  __builtin_unreachable();
}

std::optional<Reason> reason_from_text(std::string_view text) {
  for (const Reason reason : all_reasons) {
    if (to_text(reason) == text) return reason;
  }
  return std::nullopt;
}

}  // namespace rollcall::model
