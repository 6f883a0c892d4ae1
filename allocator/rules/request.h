// What people ask for, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/modes.h"
#include "allocator/model/person.h"
#include "allocator/model/wishes.h"

namespace rollcall::rules {

using model::Address;
using model::ConferenceId;
using model::LegId;
using model::PeerId;

/// Names one question of a person, so that its answer finds the way back (chat, ad-hoc command or iq).
using RequestId = std::uint64_t;

/// "Start a conference and invite these."
struct CallRequested {
  RequestId request = 0;
  Address asker = {};                    ///< full
  std::optional<std::string> name = {};  ///< as typed
  std::vector<Address> invitees = {};
  std::string fresh_word = {};  ///< random, makes the id of a conference without a name
  model::Routes routes = {};
};
struct InviteRequested {
  RequestId request = 0;
  Address asker = {};
  ConferenceId conference = {};
  std::vector<Address> invitees = {};
  model::Routes routes = {};
};
struct WhoRequested {
  RequestId request = 0;
  Address asker = {};
  ConferenceId conference = {};
};
struct LinkRequested {
  RequestId request = 0;
  Address asker = {};
  ConferenceId conference = {};
};
struct EndRequested {
  RequestId request = 0;
  Address asker = {};
  ConferenceId conference = {};
};

/// Who asks, and where.
struct Asked {
  RequestId request = 0;
  Address asker = {};            ///< full
  ConferenceId conference = {};  ///< empty: the service
  bool operator==(const Asked&) const = default;
};
/// "Who owns it, who are its members?"
struct MembersRequested : Asked {};
/// "How well does my call go, or why has it ended?"
struct WhyRequested : Asked {
  std::string who = {};  ///< as typed; empty: the asker
};
struct PinRequested : Asked {
  model::PinWish wish = model::PinWish::show;
  std::string fresh_pin = {};  ///< random digits
};
struct KeepRequested : Asked {
  std::string name = {};  ///< as typed; empty: the one that it has
};
struct RenameRequested : Asked {
  std::string name = {};  ///< as typed
};
struct DeleteRequested : Asked {};
struct SwitchRequested : Asked {
  model::Switch what = model::Switch::lock;
  bool on = false;
};
struct PersonRequested : Asked {
  model::PersonAct act = model::PersonAct::mute;
  std::string who = {};  ///< as typed; empty, for the spotlight alone: nobody
};
struct LayoutRequested : Asked {
  model::PictureLayout layout = model::PictureLayout::automatic;
};
/// Something for the others.
struct ChatSaid : Asked {
  std::string text = {};
};
/// "Hold the call of this group chat."
struct GroupRequested : Asked {
  Address group = {};  ///< bare
  std::string fresh_word = {};
};
/// "Leave the group chat."
struct LeaveGroupRequested : Asked {};
/// "Which conferences are mine?"
struct ConferencesRequested : Asked {};
/// About the asker himself, whatever the conference.
struct QuietRequested : Asked {
  bool change = false;  ///< otherwise he wants to know
  std::optional<model::QuietHours> quiet = {};
};

/// About the asker's own modes.
struct ModesRequested : Asked {
  std::optional<model::Modes> wanted = {};  ///< none: he wants to know; without entries: none any more
};

}  // namespace rollcall::rules
