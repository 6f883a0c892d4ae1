// What must survive a restart, as writes to the store and as what is read back at start.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/modes.h"
#include "allocator/model/person.h"

namespace rollcall::model {

struct SaveConference {
  Conference conference = {};  ///< without invitations, holders, roles and removals
  bool operator==(const SaveConference&) const = default;
};
struct DeleteConference {
  ConferenceId conference = {};  ///< and everything that hangs on it
  bool operator==(const DeleteConference&) const = default;
};
struct SaveInvitation {
  Invitation invitation = {};
  bool operator==(const SaveInvitation&) const = default;
};
struct SaveHolder {
  ConferenceId conference = {};
  Address holder = {};  ///< bare
  bool operator==(const SaveHolder&) const = default;
};
struct DeleteHolder {
  ConferenceId conference = {};
  Address holder = {};
  bool operator==(const DeleteHolder&) const = default;
};
/// What somebody is in a conference; a guest is struck out.
struct SaveRole {
  ConferenceId conference = {};
  Address person = {};  ///< bare
  Role role = Role::guest;
  bool operator==(const SaveRole&) const = default;
};
/// Somebody was put out of the call, or may come in again.
struct SaveRemoval {
  ConferenceId conference = {};
  Address person = {};  ///< bare
  bool removed = true;
  bool operator==(const SaveRemoval&) const = default;
};
struct SavePerson {
  Person person = {};
  bool operator==(const SavePerson&) const = default;
};
/// What is known of a person's modes from one source; without entries: nothing any more.
struct SaveModes {
  Address person = {};  ///< bare
  ModesSource source = ModesSource::node;
  Modes modes = {};
  bool operator==(const SaveModes&) const = default;
};
/// What was dialled on somebody's account on one day, and is over.
struct Dialled {
  Address person = {};   ///< bare
  std::int64_t day = 0;  ///< since 1970-01-01, UTC
  std::int64_t calls = 0;
  std::chrono::seconds time{0};
  bool operator==(const Dialled&) const = default;
};
struct SaveDialled {
  Dialled dialled = {};
  bool operator==(const SaveDialled&) const = default;
};
/// A live leg, so that a restarted process carries its call on.
struct SaveLeg {
  Participant participant = {};
  bool operator==(const SaveLeg&) const = default;
};
struct DeleteLeg {
  LegId leg = {};
  bool operator==(const DeleteLeg&) const = default;
};
using Write = std::variant<SaveConference, DeleteConference, SaveInvitation, SaveHolder, DeleteHolder, SaveRole,
                           SaveRemoval, SavePerson, SaveModes, SaveDialled, SaveLeg, DeleteLeg>;

/// Everything that the store holds. Conferences come with their invitations and holders.
struct Records {
  std::vector<Conference> conferences = {};
  std::vector<Participant> legs = {};
  std::vector<Person> people = {};
  std::vector<SaveModes> modes = {};  ///< as they were written last
  std::vector<Dialled> dialled = {};
};

}  // namespace rollcall::model
