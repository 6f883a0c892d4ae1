// Everything that can happen to a conference, as values. Ids and times are minted outside: entropy and the clock are
// arguments here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/expected.h"
#include "allocator/model/gateway.h"
#include "allocator/model/media_description.h"
#include "allocator/model/refusal.h"
#include "allocator/model/units.h"
#include "allocator/rules/order.h"
#include "allocator/rules/request.h"

namespace rollcall::rules {

// ---- doors -----------------------------------------------------------------------------------------------------

/// Someone announces a call (XEP-0353 propose).
struct Proposed {
  LegId leg = {};
  ConferenceId conference = {};
  Address from = {};
  bool video = true;
};
/// Someone calls with a description. For a leg that was proposed and admitted, or out of the blue.
struct Offered {
  LegId leg = {};
  ConferenceId conference = {};
  model::Door door = model::Door::jabber;
  PeerId door_peer = {};
  Address from = {};      ///< empty: a guest, whose link has been checked
  std::string name = {};  ///< as the guest typed it, or as the Jabber user calls himself; empty: from the address
  model::LegProfile profile = {};
  model::MediaDescription offer = {};
  std::string signalling = {};
  model::Endpoint endpoint = {};  ///< without an address: the computer
  bool delayed = false;           ///< without an offer: ours is wanted, and his answer follows
  Address charged_to = {};        ///< bare; who had him dialled
};
/// A telephone or a room system calls in (through a SIP door).
struct Arrived {
  LegId leg = {};
  PeerId door_peer = {};
  std::string called = {};   ///< a conference's number or name, and behind `*` its PIN
  std::string caller = {};   ///< as his side says it; empty: withheld
  std::string name = {};     ///< as his side says it
  std::string account = {};  ///< of the door, whose password he knows
  std::string gateway = {};  ///< through which he comes
  model::LegProfile profile = {};
  std::optional<model::MediaDescription> offer = {};
};
/// A changed description in mid-call.
struct Changed {
  LegId leg = {};
  model::MediaDescription offer = {};
};
struct Muted {
  LegId leg = {};
  bool audio = false;
  bool video = false;
};
/// The person or his door ended the call.
struct HungUp {
  LegId leg = {};
  model::Reason reason = model::Reason::hung_up;
};

/// Ringing a person came to an end without his picking up.
struct RingEnded {
  ConferenceId conference = {};
  Address person = {};  ///< bare
  model::Reason reason = model::Reason::timeout;
};
/// He picked up on this device, or it has no other way to ring than a call itself (JC-28): our offer is wanted.
struct PickedUp {
  LegId leg = {};
  ConferenceId conference = {};
  Address device = {};  ///< full
  model::LegProfile profile = {};
};
/// An endpoint is to be called by another door than his Jabber client's.
struct Reach {
  ConferenceId conference = {};
  Address person = {};   ///< bare; empty: whoever answers there
  Address inviter = {};  ///< bare; who pays
  model::Endpoint endpoint = {};
  bool operator==(const Reach&) const = default;
};
/// The call that a Reach effect asked for has a name.
struct ReachBegun {
  LegId leg = {};
  Reach reach = {};
};
/// A call that was dialled came to nothing before it was answered.
struct DialFailed {
  LegId leg = {};
  model::Reason reason = model::Reason::unreachable;
};
/// The answer to our offer.
struct AnswerCame {
  LegId leg = {};
  model::MediaDescription description = {};
  std::string signalling = {};
};

// ---- MCUs and doors as peers -----------------------------------------------------------------------------------

struct McuUp {
  PeerId mcu = {};
  double capacity_units = 0;
  std::vector<std::pair<ConferenceId, std::vector<LegId>>> held = {};
  std::string host = {};
  model::units::Costs costs = {};
};
/// How much an MCU says it has to do.
struct McuLoaded {
  PeerId mcu = {};
  double used_units = 0;
  bool is_shedding = false;
};
struct McuDown {
  PeerId mcu = {};
};
// ---- the operator ----------------------------------------------------------------------------------------------

/// The call is over for everybody.
struct OperatorEnds {
  ConferenceId conference = {};
};
struct OperatorRemoves {
  LegId leg = {};
};
/// An MCU takes no new conference any more, or takes them again.
struct OperatorDrains {
  PeerId mcu = {};
  bool on = true;
};

struct DoorUp {
  PeerId door = {};
  std::vector<LegId> calls = {};
  model::Door kind = model::Door::web;
};
struct DoorDown {
  PeerId door = {};
};
/// All the ways out of a SIP door, as they are now.
struct GatewaysSeen {
  PeerId door = {};
  std::vector<model::Gateway> gateways = {};
};
struct McuAnswered {
  LegId leg = {};
  model::MediaDescription description = {};
};
struct McuRefused {
  LegId leg = {};
  model::Refusal refusal = {};
};
/// The answer to its offer was not to its liking.
struct McuRefusedAnswer {
  LegId leg = {};
  model::Refusal refusal = {};
};
struct McuChanged {
  LegId leg = {};
  model::MediaDescription description = {};
};
struct McuRefusedChange {
  LegId leg = {};
  model::Refusal refusal = {};
};
struct LegConnected {
  LegId leg = {};
};
struct LegEnded {
  LegId leg = {};
  model::Reason reason = model::Reason::connectivity;
};
/// How the leg's packets travel, whenever that changed.
struct LegReported {
  LegId leg = {};
  model::LegHealth health = {};
  std::chrono::milliseconds frozen{0};  ///< how long its picture has stood still by now
};
/// The MCU ended a recording by itself.
struct RecordingEnded {
  ConferenceId conference = {};
};

// ---- group chats (XEP-0045) ------------------------------------------------------------------------------------

/// The service was invited into a group chat, or one of our conferences was.
struct GroupInvited {
  ConferenceId conference = {};  ///< empty: the service
  Address group = {};            ///< bare
  std::string title = {};        ///< what the group chat calls itself; may be empty
  Address inviter = {};          ///< full or bare
  bool is_hearsay = false;       ///< the group chat says who invites; he did not tell us himself
  std::string password = {};
  std::string fresh_word = {};  ///< random, for the id of a conference whose name is taken
};
/// Somebody in the group chat of a conference who administers it, or does not, or not any more.
struct GroupAdminSeen {
  ConferenceId conference = {};
  Address place = {};   ///< group@service/nick
  Address person = {};  ///< bare; empty: the group chat hides it, or is not to be believed about it
  bool is_admin = false;
};
/// We are in it no more: put out, or it was destroyed.
struct GroupLost {
  ConferenceId conference = {};
};
/// The message that says how the call stands has this id now.
struct GroupStatusSaid {
  ConferenceId conference = {};
  std::string status_line = {};
};

// ---- roster, store, time ---------------------------------------------------------------------------------------

struct HolderAdded {
  ConferenceId conference = {};
  Address holder = {};
};
struct HolderRemoved {
  ConferenceId conference = {};
  Address holder = {};
};
/// What somebody's stanza tells about him besides what he wants.
struct PersonSeen {
  Address person = {};        ///< bare
  std::string language = {};  ///< xml:lang; empty: he did not say
  std::string nick = {};      ///< XEP-0172; empty: he did not say
};
/// Whether a person's Jabber clients can take a call now.
enum class Computer {
  unknown,   ///< he does not show us his presence, or has just come
  away,      ///< none is online that can
  callable,  ///< one at least
};
struct DevicesSeen {
  Address person = {};  ///< bare
  Computer computer = Computer::unknown;
};
/// The connection to the IM server is lost: nothing is known of anybody's presence.
struct DevicesForgotten {};
/// What a source says of somebody's modes, as a whole; without entries: it holds none (any more).
struct ModesSeen {
  Address person = {};  ///< bare
  model::ModesSource source = model::ModesSource::node;
  model::Modes modes = {};
};
/// What became of a PublishModes effect.
struct ModesPublished {
  Asked question = {};
  model::Modes modes = {};
  bool taken = false;  ///< his server holds them now
};
/// Our message with an invitation came back from the invitee's server.
struct InvitationReturned {
  ConferenceId conference = {};
  Address person = {};  ///< bare
};
/// The operator has changed them and let them be read again; the rest of the settings needs a restart.
struct SettingsReloaded {
  std::vector<std::string> allowed_domains = {};
  std::chrono::seconds linger{0};
  std::size_t max_participants = 0;
};
/// The write that backs a new conference failed.
struct ConferenceNotStored {
  ConferenceId conference = {};
};
/// At least once a second.
struct TimePassed {};

using Event =
    std::variant<CallRequested, InviteRequested, WhoRequested, LinkRequested, EndRequested, MembersRequested,
                 WhyRequested, PinRequested, KeepRequested, RenameRequested, DeleteRequested, SwitchRequested,
                 PersonRequested, LayoutRequested, ChatSaid, ConferencesRequested, QuietRequested, ModesRequested,
                 ModesSeen, ModesPublished, DevicesSeen, DevicesForgotten, Arrived, ReachBegun, DialFailed, DoorDown,
                 GatewaysSeen, Proposed, Offered, Changed, Muted, HungUp, RingEnded, PickedUp, AnswerCame, McuUp,
                 McuLoaded, McuDown, DoorUp, McuAnswered, McuRefused, McuRefusedAnswer, McuChanged, McuRefusedChange,
                 LegConnected, LegEnded, LegReported, OrderAnswered, RecordingAnswered, RecordingEnded, OperatorEnds,
                 OperatorRemoves, OperatorDrains, GroupRequested, LeaveGroupRequested, GroupInvited, GroupLost,
                 GroupAdminSeen, GroupStatusSaid, HolderAdded, HolderRemoved, PersonSeen, InvitationReturned,
                 ConferenceNotStored, SettingsReloaded, TimePassed>;

}  // namespace rollcall::rules
