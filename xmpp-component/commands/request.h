// What a person can ask for, whichever way he asked: by chat word, ad-hoc command or iq.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/address.h"

namespace rollcall::component::commands {

struct Help {
  bool operator==(const Help&) const = default;
};
/// To the service: start a conference and invite these.
struct StartConference {
  std::optional<std::string> name = {};
  std::vector<model::Address> invitees = {};
  bool operator==(const StartConference&) const = default;
};

// To a conference.
struct Invite {
  std::vector<model::Address> invitees = {};
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

using Request = std::variant<Help, StartConference, Invite, Who, Link, End>;

}  // namespace rollcall::component::commands
