// Why something was not done. A peer may cause a refusal, so it is a value and never an exception; each border maps
// it in one exhaustive switch to a stanza error, a Jingle reason, a JSON-RPC error or an HTTP status.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::model {

enum class Reason {
  bad_request,         ///< What was sent cannot be understood.
  bad_address,         ///< Not a Jabber address.
  own_address,         ///< The asker named himself or the service.
  unknown_conference,  ///< No such conference, or it has ended.
  unknown_leg,         ///< No such call.
  unknown_method,      ///< The peer does not know this control message.
  name_taken,          ///< Another conference has this name.
  not_allowed,         ///< The asker has no right to do this.
  link_forged,         ///< The signature of a join link does not fit.
  link_expired,        ///< The join link is too old.
  no_security,         ///< The offer carries no DTLS fingerprint.
  no_common_codec,     ///< Nothing that both sides can decode.
  no_media_server,     ///< No MCU is connected.
  full,                ///< The MCU or the conference cannot carry one more.
  already_in_call,     ///< The same device is in this conference already.
  connectivity,        ///< No packets get through.
  gone,                ///< The conference was ended or deleted.
  declined,            ///< The invitee said no.
  busy,                ///< The invitee is in another call.
  timeout,             ///< Nobody answered in time.
  cancelled,           ///< The caller gave up before an answer.
  hung_up,             ///< An ordinary goodbye; not a failure.
  locked,              ///< Nobody new gets into the conference now.
  members_only,        ///< Only members get into the conference.
  moderators_only,     ///< The asker is no moderator of the conference; the subject says who is its owner.
  owner_only,          ///< The asker does not own the conference; the subject says who does.
  removed,             ///< A moderator has put the person out.
  unreachable,         ///< The invitee's server returns what is sent to him: he blocked us, or does not exist.
  too_fast,            ///< Asked for too much in too short a time.
  unknown_person,      ///< Nobody of this name is here.
  ambiguous_person,    ///< Several people go by this name; the subject says who.
  not_stored,          ///< The database did not take it; try again.
  not_dialled,         ///< No gateway may call this address by this mode.
  dialled_enough,      ///< What somebody may have dialled a day is used up.
  wrong_pin,           ///< A telephone's keys were not the conference's PIN.
  modes_at_server,     ///< The person's server holds his modes and lets us change nothing.
  internal,            ///< Our own fault.
};

/// A reason and, for people, what it was about: the address, the conference name, the codec.
struct Refusal {
  Reason reason = Reason::internal;
  std::string subject = {};

  bool operator==(const Refusal&) const = default;
};

/// The reason's spelling on the control channel and in logs, `no-common-codec`.
[[nodiscard]] std::string_view to_text(Reason reason);
[[nodiscard]] std::optional<Reason> reason_from_text(std::string_view text);

}  // namespace rollcall::model
