// What a Jabber client's call tells the layers above, as values.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/ids.h"
#include "allocator/model/media_description.h"
#include "allocator/model/refusal.h"

namespace rollcall::component::jingle {

using model::Address;
using model::ConferenceId;
using model::LegId;

/// Somebody announces a call to the contact (XEP-0353 propose, JC-11). To be answered within a second by
/// Calls::admit or Calls::refuse.
struct Proposed {
  LegId leg;
  Address from;             ///< full
  ConferenceId conference;  ///< empty: the service itself was called
  bool audio = false;
  bool video = false;
  bool operator==(const Proposed&) const = default;
};

/// Somebody calls with a description, after a proposal (the same leg) or out of the blue (JC-14). To be answered by
/// Calls::accept or Calls::refuse.
struct Offered {
  LegId leg;
  Address from;
  ConferenceId conference;
  model::MediaDescription description;
  bool announced = false;  ///< by a proposal
  std::string signalling;  ///< what Calls::restore needs after a restart; opaque
  bool operator==(const Offered&) const = default;
};

/// An offer that was turned down here: no_security (no DTLS, JC-47), no_common_codec (no call at all, a file transfer),
/// bad_request, busy (too many calls of one person). The peer knows; the person may be told of the join link. A
/// proposed leg is over with it.
struct Unusable {
  LegId leg;
  Address from;
  ConferenceId conference;
  model::Refusal refusal;
  bool operator==(const Unusable&) const = default;
};

/// A device rings for us (JC-20). Not every client says so (dino#1196).
struct Ringing {
  LegId leg;
  Address from;
  bool operator==(const Ringing&) const = default;
};

/// The invitee picked up on this device: Calls::initiate is wanted, with an offer that fits the device's caps (JC-26).
struct PickedUp {
  LegId leg;
  Address from;
  bool operator==(const PickedUp&) const = default;
};

/// The answer to our offer.
struct Accepted {
  LegId leg;
  model::MediaDescription description;
  std::string signalling;
  bool operator==(const Accepted&) const = default;
};

/// Trickled by the peer; never before the call was accepted, by whichever side (JC-37).
struct Candidate {
  LegId leg;
  std::string mid;
  model::IceCandidate candidate;
  bool operator==(const Candidate&) const = default;
};

/// The peer's whole description after media was added, a direction changed or ICE restarted (JC-38, JC-42, JC-43).
/// To be answered by Calls::changed or Calls::refuse_change, in the order of these events.
struct Changed {
  LegId leg;
  model::MediaDescription description;
  bool operator==(const Changed&) const = default;
};

/// What the peer's user has switched off by now (JC-45); on hold is both.
struct Muted {
  LegId leg;
  bool audio = false;
  bool video = false;
  bool operator==(const Muted&) const = default;
};

/// The peer or time ended it; the leg is forgotten here. Not sent for what Calls::refuse and Calls::end did.
/// Our rings: declined, busy, timeout, connectivity (no such user), cancelled (the invitee is calling us, JC-22: his
/// Proposed follows), already_in_call (JC-23).
struct Ended {
  LegId leg;
  model::Reason reason = model::Reason::hung_up;
  bool operator==(const Ended&) const = default;
};

using Event = std::variant<Proposed, Offered, Unusable, Ringing, PickedUp, Accepted, Candidate, Changed, Muted, Ended>;

}  // namespace rollcall::component::jingle
