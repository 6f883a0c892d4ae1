// Between the operator's desk and the allocator; values, as in messages.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/control/mcu_messages.h"
#include "allocator/model/conference.h"
#include "allocator/model/ids.h"

namespace rollcall::control {

using model::PeerId;

/// One participant by one device. Numbers of telephones are nobody's business here either: a name stands for them.
struct DeskLeg {
  LegId leg;
  std::string name;
  std::string address = {};  ///< bare Jabber address; empty: a guest, or a telephone
  model::Door door = model::Door::jabber;
  model::LegState state = model::LegState::alerting;
  int seconds = 0;     ///< since he came
  bool video = false;  ///< sound and picture, not only sound
  bool audio_muted = false;
  bool video_muted = false;
  std::optional<LegHealth> health = {};  ///< as its MCU said last
  bool operator==(const DeskLeg&) const = default;
};

struct DeskConference {
  ConferenceId conference;
  std::string title;
  std::string owner = {};          ///< bare Jabber address
  std::optional<PeerId> mcu = {};  ///< none: it runs nowhere
  bool kept = false;
  bool locked = false;
  bool recording = false;
  std::vector<DeskLeg> legs = {};
  bool operator==(const DeskConference&) const = default;
};

struct DeskMcu {
  PeerId mcu;
  std::string host = {};
  bool up = false;
  bool draining = false;  ///< takes no new conference
  double capacity_units = 0;
  double used_units = 0;
  std::optional<McuLoad> load = {};  ///< as it said last
  bool operator==(const DeskMcu&) const = default;
};

/// Everything that goes on.
struct DeskOverview {
  static constexpr std::string_view method = "desk.overview";
  struct Result {
    std::vector<DeskConference> conferences = {};
    std::vector<DeskMcu> mcus = {};
    bool operator==(const Result&) const = default;
  };
  bool operator==(const DeskOverview&) const = default;
};

/// The call ends for everybody; the contact stays. Refused with unknown-conference.
struct DeskEnd {
  static constexpr std::string_view method = "desk.end";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  bool operator==(const DeskEnd&) const = default;
};

/// One leg ends. Refused with unknown-leg.
struct DeskKick {
  static constexpr std::string_view method = "desk.kick";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  bool operator==(const DeskKick&) const = default;
};

/// An MCU takes no new conference any more, or takes them again; what it carries stays there until it ends. Holds
/// until it is taken back or `rollcall` starts anew. Refused with no-media-server.
struct DeskDrain {
  static constexpr std::string_view method = "desk.drain";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  PeerId mcu;
  bool on = true;
  bool operator==(const DeskDrain&) const = default;
};

}  // namespace rollcall::control
