// What a person can ask for, whichever way he asked: by chat word, ad-hoc command or iq.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/modes.h"
#include "allocator/model/person.h"
#include "allocator/model/wishes.h"

namespace rollcall::component::commands {

struct Help {
  bool operator==(const Help&) const = default;
};

// To the service.

/// Start a conference and invite these.
struct StartConference {
  std::optional<std::string> name = {};
  std::vector<model::Address> invitees = {};
  model::Routes routes = {};
  bool operator==(const StartConference&) const = default;
};
/// Which ones are mine?
struct Conferences {
  bool operator==(const Conferences&) const = default;
};
/// When not to ring me.
struct Quiet {
  bool change = false;  ///< otherwise: which hours are they?
  std::optional<model::QuietHours> hours = {};
  bool operator==(const Quiet&) const = default;
};
/// In which ways can I be reached?
struct MyModes {
  std::optional<model::Modes> wanted = {};  ///< none: which are they?
  bool operator==(const MyModes&) const = default;
};

/// Hold the call of a group chat.
struct JoinGroup {
  model::Address group = {};  ///< bare
  bool operator==(const JoinGroup&) const = default;
};

// To a conference.

struct Invite {
  std::vector<model::Address> invitees = {};
  model::Routes routes = {};
  bool operator==(const Invite&) const = default;
};
struct Who {
  bool operator==(const Who&) const = default;
};
struct Link {
  bool operator==(const Link&) const = default;
};
struct End {
  bool operator==(const End&) const = default;
};
struct Members {
  bool operator==(const Members&) const = default;
};
struct Why {
  std::string who = {};  ///< empty: the asker
  bool operator==(const Why&) const = default;
};
struct Pin {
  model::PinWish wish = model::PinWish::show;
  bool operator==(const Pin&) const = default;
};
struct Keep {
  std::string name = {};  ///< empty: the one it has
  bool operator==(const Keep&) const = default;
};
struct Rename {
  std::string name = {};
  bool operator==(const Rename&) const = default;
};
struct Delete {
  bool operator==(const Delete&) const = default;
};
struct Turn {
  model::Switch what = model::Switch::lock;
  bool on = false;
  bool operator==(const Turn&) const = default;
};
struct OnPerson {
  model::PersonAct act = model::PersonAct::mute;
  std::string who = {};  ///< empty, for the spotlight alone: nobody
  bool operator==(const OnPerson&) const = default;
};
struct Arrange {
  model::PictureLayout layout = model::PictureLayout::automatic;
  bool operator==(const Arrange&) const = default;
};
/// Leave the group chat it belongs to.
struct LeaveGroup {
  bool operator==(const LeaveGroup&) const = default;
};
/// For the others.
struct Say {
  std::string text = {};
  bool operator==(const Say&) const = default;
};

using Request = std::variant<Help, StartConference, Conferences, Quiet, MyModes, Invite, Who, Link, End, Members, Why,
                             Pin, Keep, Rename, Delete, Turn, OnPerson, Arrange, Say, JoinGroup, LeaveGroup>;

}  // namespace rollcall::component::commands
