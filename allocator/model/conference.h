// The nouns of a conference, as RFC 4353 and RFC 4575 use them. States only; every decision is in allocator/rules.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/ids.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/wishes.h"

namespace rollcall::model {

/// Wall-clock time, handed in from outside; nothing in allocator/ asks a clock.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// The ways in which a person can be reached.
enum class CommunicationMode { computer, cellular, pstn, gateway, video_conferencing_standard, isdn, atm };

/// One such way: a Jabber address for `computer`, a number or a SIP address for the others.
struct Endpoint {
  CommunicationMode mode = CommunicationMode::computer;
  std::string address = {};
  bool operator==(const Endpoint&) const = default;
};

/// Which kind of signalling a leg hangs on.
enum class Door { jabber, web, sip };

enum class LegState {
  alerting,   ///< proposed and admitted; no description yet
  placing,    ///< the MCU has been asked
  dialled,    ///< our offer is out; theirs is awaited
  answered,   ///< descriptions exchanged, packets not yet
  connected,  ///< packets flow
};

/// What a person is in a conference. Each may do what those before him may.
enum class Role { guest, member, moderator, owner };

/// How a leg's packets travel, as its MCU said last.
struct LegHealth {
  bool audio = false;      ///< sound arrives from the participant
  bool video = false;      ///< a picture arrives
  bool stalled = false;    ///< nothing at all for 5 s
  double loss = 0;         ///< 0…1, of what the participant sends
  int round_trip_ms = 0;   ///< 0: not known
  Time frozen_since = {};  ///< its picture stands still since then; the epoch: it moves, or there is none
  bool operator==(const LegHealth&) const = default;
};

/// A person in a conference by one device: one leg. The same person by two devices is two participants.
struct Participant {
  LegId leg = {};
  ConferenceId conference = {};
  Door door = Door::jabber;
  PeerId door_peer = {};  ///< which door process, for web and sip
  Address address = {};   ///< the full Jabber address; empty for a guest
  std::string name = {};
  Endpoint endpoint = {};
  LegProfile profile = {};
  bool called = false;         ///< by us: he was rung and picked up
  bool awaits_answer = false;  ///< he called without an offer: ours was the result, and his answer follows
  Address charged_to = {};     ///< bare; on whose account this was dialled; empty: it costs nothing
  LegState state = LegState::alerting;
  PeerId mcu = {};    ///< empty until placed
  bool video = true;  ///< not only sound; what it costs depends on it
  bool stalled = false;
  bool audio_muted = false;
  bool video_muted = false;
  bool muted_by_moderator = false;  ///< his sound does not enter the mix
  std::optional<LegHealth> health = {};
  Time since = {};
  std::string signalling = {};  ///< what the door needs to carry on after a restart; opaque here
  bool operator==(const Participant&) const = default;
};

struct Invitation {
  ConferenceId conference = {};
  Address inviter = {};
  Address invitee = {};
  Endpoint endpoint = {};
  Time sent = {};
  bool operator==(const Invitation&) const = default;
};

/// The group chat (XEP-0045) that a conference belongs to.
struct GroupChat {
  Address address = {};          ///< bare; empty: there is none
  std::string password = {};     ///< to get in; empty: it needs none
  bool attended = false;         ///< we are to be in it
  std::string status_line = {};  ///< the id of our message there that says how the call stands; empty: none yet
  bool operator==(const GroupChat&) const = default;
};

/// What one call is: who belongs to it and where it is carried ("conference information" of the claims). Its
/// participants are kept beside it, by leg.
struct Conference {
  ConferenceId id = {};
  std::string title = {};
  Address creator = {};  ///< bare; who asked for it
  Address owner = {};    ///< bare; who decides about it
  Time created = {};
  Time last_used = {};  ///< when the last one left, or was invited
  std::optional<PeerId> mcu = {};
  std::map<Address, Invitation> invitations = {};  ///< by bare invitee
  std::vector<Address> holders = {};               ///< bare; who has the contact in his roster, sorted
  std::map<Address, Role> roles = {};              ///< by bare address; members and moderators, not the owner
  std::set<Address> removed = {};                  ///< bare; put out by a moderator, until the call is over
  bool kept = false;                               ///< stays when nobody is in it
  bool members_only = false;
  bool locked = false;  ///< until the call is over
  bool chat = true;
  bool recording = false;
  std::string pin = {};     ///< for joining by telephone; digits; empty: none
  std::string number = {};  ///< by which telephones choose it; digits; empty: none
  PictureLayout layout = PictureLayout::automatic;
  LegId spotlight = {};  ///< empty: nobody
  GroupChat group = {};
  bool operator==(const Conference&) const = default;
};

/// What the contact's presence says.
struct PresenceIndicator {
  std::string title = {};
  bool running = false;
  std::vector<std::string> names = {};        ///< of the connected participants, in order of joining
  std::vector<CommunicationMode> modes = {};  ///< how each of them was reached, in the same order
  std::vector<std::string> stalled = {};      ///< those of them from whom nothing has arrived for 5 s
  bool operator==(const PresenceIndicator&) const = default;
};

}  // namespace rollcall::model
