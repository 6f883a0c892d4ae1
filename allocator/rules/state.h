#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/modes.h"
#include "allocator/model/person.h"
#include "allocator/model/records.h"
#include "allocator/model/units.h"
#include "allocator/rules/event.h"
#include "allocator/rules/invitation_ledger.h"
#include "allocator/rules/pin_ledger.h"

namespace rollcall::rules {

/// What the operator decides. `link` makes the signed join link; it must depend on its arguments alone.
struct Settings {
  std::string component_domain = {};
  std::vector<std::string> allowed_domains = {};  ///< whose users may start conferences and invite
  std::chrono::seconds linger{86400};             ///< how long a conference that nobody is in stays a contact
  bool ring = true;                               ///< call who is invited, besides writing to him
  std::size_t max_participants = 49;              ///< per conference; the largest layout
  std::size_t max_invitees = 48;
  std::vector<std::string> may_dial = {};  ///< whose calls may leave by a gateway: addresses or domains
  std::int64_t calls_a_day = 50;           ///< that may be dialled on one person's account
  std::chrono::minutes minutes_a_day{240};
  std::chrono::seconds next_mode{20};  ///< nobody answers: the next mode is tried
  std::string country = {};            ///< "49": of numbers that are written without one; empty: they stay as they are
  std::function<std::string(const model::ConferenceId&, model::Time)> link = {};
  /// How far the clock on the wall is ahead of UTC at that time, where the service stands.
  std::function<std::chrono::minutes(model::Time)> clock = [](model::Time) { return std::chrono::minutes(0); };
};

/// An MCU worker as the allocator sees it.
struct Mcu {
  double capacity_units = 0;
  bool up = false;
  model::Time deadline = {};  ///< while down: until when it may come back with its legs
  std::string host = {};      ///< workers of one host share its capacity; empty: alone
  model::units::Costs costs = {};
  double further_units = 0;  ///< what it carries beyond our own sum, as it said: further forms of a picture
  bool is_shedding = false;  ///< gives up quality for its load
  bool draining = false;     ///< the operator wants it empty: no new conference goes there
};

/// What rings together.
using Turn = std::vector<model::Endpoint>;

/// Somebody is being rung, by one turn of his modes after the other.
struct Ring {
  ConferenceId conference = {};
  Address person = {};   ///< bare
  Address inviter = {};  ///< bare; is told how it ends. Empty: nobody is
  model::Time since = {};
  std::vector<Turn> turns = {};  ///< still to come
  bool computer = false;         ///< his Jabber devices ring
  Turn awaited = {};             ///< asked for by Reach, and without a name yet
  std::set<LegId> legs = {};     ///< his telephones that ring
  model::Time turn_ends = {};
  [[nodiscard]] bool is_silent() const { return !computer && awaited.empty() && legs.empty(); }
};
using RingKey = std::pair<model::ConferenceId, Address>;
/// How somebody's last call to a conference ended.
struct Ending {
  model::Reason reason = model::Reason::hung_up;
  model::Time at = {};
};

/// A call whose MCU was lost, until its people are back.
struct Interrupted {
  std::set<Address> people = {};     ///< bare; who was in it
  int guests = 0;                    ///< so many of those without an address
  std::set<std::string> muted = {};  ///< by a moderator; as interrupted.cpp tells people apart
  std::string spotlight = {};        ///< likewise; empty: nobody
  model::Time until = {};
};

/// Everything the rules know. Loaded once at start, changed by events only.
struct State {
  Settings settings = {};
  std::map<model::ConferenceId, model::Conference> conferences = {};
  std::map<model::LegId, model::Participant> participants = {};
  std::map<model::PeerId, Mcu> mcus = {};
  std::map<RingKey, Ring> rings = {};
  std::map<RingKey, model::Time> unanswered = {};       ///< rings that nobody answered, lately
  std::map<model::Address, model::Person> people = {};  ///< by bare address
  /// By bare address; nobody stands here without any.
  std::map<model::Address, std::map<model::ModesSource, model::Modes>> modes = {};
  std::map<model::Address, Computer> computers = {};                   ///< by bare address; unknown ones are left out
  std::map<model::PeerId, std::vector<model::Gateway>> gateways = {};  ///< by the SIP doors that are up
  std::map<model::Address, model::Dialled> dialled = {};               ///< by bare address
  PinLedger pins = {};
  InvitationLedger invitations = {};
  // By conference, and bare address.
  std::map<model::ConferenceId, std::map<model::Address, Ending>> endings = {};
  std::map<model::ConferenceId, Interrupted> interrupted = {};
  std::map<model::LegId, Offered> waiting = {};  ///< calls that came while the MCUs were expected back
};

/// The participants of one conference in order of joining.
[[nodiscard]] std::vector<const model::Participant*> participants_of(const State& state, const model::ConferenceId& id);

[[nodiscard]] model::Conference* find_conference(State& state, const model::ConferenceId& id);
[[nodiscard]] model::Participant* find_participant(State& state, const model::LegId& leg);

/// Of whom nothing is known: nullptr.
[[nodiscard]] const model::Person* find_person(const State& state, const model::Address& person);

/// The conference is no more; so is what hangs on it.
void forget_conference(State& state, const model::ConferenceId& id);

/// `team@call.example.org`
[[nodiscard]] std::string contact_of(const State& state, const model::ConferenceId& id);

}  // namespace rollcall::rules
