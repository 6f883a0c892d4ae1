// What is to be done about an event, as values. The process carries it out; nothing here does.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/media_description.h"
#include "allocator/model/records.h"
#include "allocator/model/refusal.h"
#include "allocator/model/sentence.h"
#include "allocator/rules/event.h"

namespace rollcall::rules {

// ---- to people -------------------------------------------------------------------------------------------------

/// The answer to a question.
struct Reply {
  RequestId request = 0;
  ConferenceId conference = {};
  model::Sentence sentence = {};
  std::vector<model::Sentence> remarks = {};   ///< said behind it, a line each
  std::optional<model::Refusal> because = {};  ///< explained behind them
  bool shows_by_itself = false;                ///< needs no words in a chat
  bool operator==(const Reply&) const = default;
};
struct Decline {
  RequestId request = 0;
  model::Refusal refusal = {};
  bool operator==(const Decline&) const = default;
};
/// The question names somebody, and several people are called like that: which one?
struct AskBack {
  RequestId request = 0;
  ConferenceId conference = {};
  std::vector<std::string> candidates = {};  ///< each names one of them alone
  bool operator==(const AskBack&) const = default;
};
/// What one participant said to all, for another.
struct Relay {
  Address person = {};  ///< bare
  ConferenceId conference = {};
  std::string name = {};  ///< of who said it
  std::string text = {};
  bool operator==(const Relay&) const = default;
};
/// A message from the conference's contact.
struct Tell {
  Address person = {};
  ConferenceId conference = {};
  model::Sentence sentence = {};
  bool operator==(const Tell&) const = default;
};
/// The contact, for the person's roster: written there where his server lets us, otherwise by the subscription
/// handshake (RFC 6121 §3.1), which he confirms.
struct Introduce {
  ConferenceId conference = {};
  std::string title = {};
  Address person = {};  ///< bare
  bool operator==(const Introduce&) const = default;
};
/// The contact's presence, to everybody who has it.
struct Indicate {
  ConferenceId conference = {};
  model::PresenceIndicator indicator = {};
  bool operator==(const Indicate&) const = default;
};
/// The contact is no more.
struct Withdraw {
  ConferenceId conference = {};
  std::vector<Address> holders = {};
  bool operator==(const Withdraw&) const = default;
};

/// The contact is not this person's any more.
struct Dismiss {
  ConferenceId conference = {};
  Address person = {};  ///< bare
  bool operator==(const Dismiss&) const = default;
};

// ---- to group chats --------------------------------------------------------------------------------------------

/// Enter it, as the conference's contact; stay, and come back.
struct EnterGroup {
  ConferenceId conference = {};
  bool operator==(const EnterGroup&) const = default;
};
struct LeaveGroup {
  ConferenceId conference = {};
  bool operator==(const LeaveGroup&) const = default;
};
/// An invitation that is not followed: its sender is told why.
struct DeclineGroup {
  GroupInvited invitation = {};
  model::Refusal refusal = {};
  bool operator==(const DeclineGroup&) const = default;
};

/// Puts the asker's modes into the node at his own server, or takes the node away. The answer comes as ModesPublished.
struct PublishModes {
  Asked question = {};
  model::Modes modes = {};
  bool operator==(const PublishModes&) const = default;
};

// ---- to MCUs ---------------------------------------------------------------------------------------------------

struct CreateConference {
  PeerId mcu = {};
  ConferenceId conference = {};
  std::string title = {};
  bool operator==(const CreateConference&) const = default;
};
/// What is said changes, the rest stays as it is.
struct UpdateConference {
  PeerId mcu = {};
  ConferenceId conference = {};
  std::optional<std::string> title = {};
  std::optional<model::PictureLayout> layout = {};
  std::optional<LegId> spotlight = {};  ///< an empty id: nobody
  bool operator==(const UpdateConference&) const = default;
};
/// The answer comes as RecordingAnswered.
struct Record {
  PeerId mcu = {};
  Asked question = {};
  bool on = false;
  bool operator==(const Record&) const = default;
};
struct DestroyConference {
  PeerId mcu = {};
  ConferenceId conference = {};
  bool operator==(const DestroyConference&) const = default;
};
struct CreateLeg {
  PeerId mcu = {};
  ConferenceId conference = {};
  LegId leg = {};
  std::string name = {};
  model::LegProfile profile = {};
  std::optional<model::MediaDescription> offer = {};  ///< none: the MCU is to make one
  bool operator==(const CreateLeg&) const = default;
};
/// The other side's answer to the MCU's offer.
struct AnswerLeg {
  PeerId mcu = {};
  LegId leg = {};
  model::MediaDescription description = {};
  bool operator==(const AnswerLeg&) const = default;
};
struct ChangeLeg {
  PeerId mcu = {};
  LegId leg = {};
  model::MediaDescription offer = {};
  bool operator==(const ChangeLeg&) const = default;
};
struct MarkMuted {
  PeerId mcu = {};
  LegId leg = {};
  bool audio = false;
  bool video = false;
  bool operator==(const MarkMuted&) const = default;
};
/// The participant's sound enters the mix, or not.
struct SilenceLeg {
  PeerId mcu = {};
  LegId leg = {};
  bool silent = false;
  bool operator==(const SilenceLeg&) const = default;
};
struct DestroyLeg {
  PeerId mcu = {};
  LegId leg = {};
  bool operator==(const DestroyLeg&) const = default;
};

// ---- to doors --------------------------------------------------------------------------------------------------

/// Which door a call's answer goes to.
struct DoorCall {
  LegId leg = {};
  model::Door door = model::Door::jabber;
  PeerId door_peer = {};
  bool operator==(const DoorCall&) const = default;
};
struct Admit {
  DoorCall call = {};
  bool operator==(const Admit&) const = default;
};
/// Rings all devices of a person (JC-20). PickedUp or RingEnded follows.
struct RingPerson {
  ConferenceId conference = {};
  Address person = {};  ///< bare
  bool operator==(const RingPerson&) const = default;
};
struct StopRinging {
  ConferenceId conference = {};
  Address person = {};  ///< bare
  bool operator==(const StopRinging&) const = default;
};
/// Our offer to who picked up, or to an address by way of a SIP door; AnswerCame follows.
struct Dial {
  DoorCall call = {};
  model::MediaDescription description = {};
  // To a SIP door only.
  std::vector<std::string> gateways = {};  ///< of that door, in this order
  std::string address = {};                ///< as the gateways dial it
  std::string display = {};                ///< who calls
  int kbit = 0;                            ///< of the picture; 0: sound only
  bool operator==(const Dial&) const = default;
};
struct Accept {
  DoorCall call = {};
  model::MediaDescription description = {};
  bool operator==(const Accept&) const = default;
};
struct AcceptChange {
  DoorCall call = {};
  model::MediaDescription description = {};
  bool operator==(const AcceptChange&) const = default;
};
struct RefuseChange {
  DoorCall call = {};
  model::Refusal refusal = {};
  bool operator==(const RefuseChange&) const = default;
};
/// Not taken: a proposal is rejected, an offer refused.
struct RefuseCall {
  DoorCall call = {};
  model::Refusal refusal = {};
  bool operator==(const RefuseCall&) const = default;
};
/// A call that was up is over, and the door does not know yet.
struct EndCall {
  DoorCall call = {};
  model::Reason reason = model::Reason::hung_up;
  bool operator==(const EndCall&) const = default;
};

using Effect =
    std::variant<Reply, Decline, AskBack, Relay, Tell, Introduce, Indicate, Withdraw, Dismiss, PublishModes, EnterGroup,
                 LeaveGroup, DeclineGroup, CreateConference, UpdateConference, Order, Record, DestroyConference,
                 CreateLeg, AnswerLeg, ChangeLeg, MarkMuted, SilenceLeg, DestroyLeg, Admit, RingPerson, StopRinging,
                 Reach, Dial, Accept, AcceptChange, RefuseChange, RefuseCall, EndCall>;

using model::DeleteConference;
using model::DeleteHolder;
using model::DeleteLeg;
using model::SaveConference;
using model::SaveDialled;
using model::SaveHolder;
using model::SaveInvitation;
using model::SaveLeg;
using model::SaveModes;
using model::SavePerson;
using model::SaveRemoval;
using model::SaveRole;
using model::Write;

/// The answer to one event. `effects` happen at once, in order. `promises` are made to people only after `writes` are
/// on the disk; if they cannot be, `apologies` are made instead.
struct Decision {
  std::vector<Write> writes = {};
  std::vector<Effect> effects = {};
  std::vector<Effect> promises = {};
  std::vector<Effect> apologies = {};
  std::optional<ConferenceId> backed = {};  ///< the conference that is forgotten when the writes fail
};

}  // namespace rollcall::rules
