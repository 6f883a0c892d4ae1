// The control channel's messages between the allocator and an MCU. Read messages.h first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "allocator/model/ids.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"
#include "allocator/model/refusal.h"

namespace rollcall::control {

using model::ConferenceId;
using model::LegId;

// ---- allocator → MCU -------------------------------------------------------------------------------------------

struct ConferenceCreate {
  static constexpr std::string_view method = "conference.create";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  std::string title;  ///< for people, shown on the slate
  bool operator==(const ConferenceCreate&) const = default;
};

enum class LayoutChoice { automatic, grid, speaker, spotlight, presentation };

/// What is said changes, the rest stays as it is. A leg that is not (or no more) in the conference counts as none.
struct ConferenceUpdate {
  static constexpr std::string_view method = "conference.update";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  std::optional<std::string> title = {};
  std::optional<LayoutChoice> layout = {};
  std::optional<LegId> spotlight = {};     ///< who is shown large; an empty id: nobody in particular
  std::optional<LegId> presentation = {};  ///< whose picture is a screen, to be shown large; an empty id: nobody's
  bool operator==(const ConferenceUpdate&) const = default;
};

struct ConferenceDestroy {
  static constexpr std::string_view method = "conference.destroy";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  bool operator==(const ConferenceDestroy&) const = default;
};

/// A STUN server (RFC 8489), or a TURN server (RFC 8656) with who we are to it.
struct IceServer {
  std::string ip;  ///< a literal address
  int port = 3478;
  std::string user = {};      ///< empty: STUN only
  std::string password = {};  ///< never logged above debug
  bool operator==(const IceServer&) const = default;
};

/// With `offer`: answer it. Without: make an offer by the profile; `leg.answer` follows.
/// Refused with no-security, no-common-codec, unknown-conference, full.
struct LegCreate {
  static constexpr std::string_view method = "leg.create";
  struct Result {
    model::MediaDescription description;
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  LegId leg;
  std::string name;  ///< burned into the picture
  model::LegProfile profile = {};
  std::optional<model::MediaDescription> offer = {};
  /// From protocol version 1.3. For this leg's transports, in place of those in the MCU's own settings; none: those.
  std::optional<IceServer> stun = {};
  std::optional<IceServer> turn = {};
  bool operator==(const LegCreate&) const = default;
};

struct LegAnswer {
  static constexpr std::string_view method = "leg.answer";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  model::MediaDescription description;
  bool operator==(const LegAnswer&) const = default;
};

/// A new description from the participant's side in mid-call: media added, direction changed, ICE restarted.
struct LegChange {
  static constexpr std::string_view method = "leg.change";
  struct Result {
    model::MediaDescription description;
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  model::MediaDescription offer;
  bool operator==(const LegChange&) const = default;
};

struct LegUpdate {
  static constexpr std::string_view method = "leg.update";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  std::optional<std::string> name = {};
  std::optional<bool> audio_muted = {};  ///< said by the participant's own client; a badge in the picture
  std::optional<bool> video_muted = {};
  std::optional<bool> muted_by_moderator = {};  ///< its sound does not enter the mix
  std::optional<std::string> note = {};         ///< a word beside the name, "on hold"; empty: none
  bool operator==(const LegUpdate&) const = default;
};

struct LegDestroy {
  static constexpr std::string_view method = "leg.destroy";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  bool operator==(const LegDestroy&) const = default;
};

/// The mix goes to a file on the MCU's machine. Refused with unknown_conference, busy (it is recorded already), full
/// (no room on the disk), not_allowed (the settings name no folder).
struct RecordingStart {
  static constexpr std::string_view method = "recording.start";
  struct Result {
    std::string file;  ///< its path there
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  bool operator==(const RecordingStart&) const = default;
};

/// Answered when the file is complete. Refused with unknown_conference; one that is not recorded is no mistake.
struct RecordingStop {
  static constexpr std::string_view method = "recording.stop";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  ConferenceId conference;
  bool operator==(const RecordingStop&) const = default;
};

/// The participant wants a whole picture, and says so by other means than RTCP.
struct LegRefresh {
  static constexpr std::string_view method = "leg.refresh";
  LegId leg;
  bool operator==(const LegRefresh&) const = default;
};

// ---- both ways -------------------------------------------------------------------------------------------------

/// Trickled ICE (RFC 8838). Allocator → MCU: from the participant; MCU → allocator: of the MCU.
struct LegCandidate {
  static constexpr std::string_view method = "leg.candidate";
  LegId leg;
  std::string mid;
  model::IceCandidate candidate;
  bool operator==(const LegCandidate&) const = default;
};

// ---- MCU → allocator -------------------------------------------------------------------------------------------

/// Packets flow on every transport of the leg, secured.
struct LegConnected {
  static constexpr std::string_view method = "leg.connected";
  LegId leg;
  bool operator==(const LegConnected&) const = default;
};

/// The MCU ended the leg by itself; it does not exist there any more.
struct LegEnded {
  static constexpr std::string_view method = "leg.ended";
  LegId leg;
  model::Reason reason = model::Reason::connectivity;
  bool operator==(const LegEnded&) const = default;
};

/// Sent when one of its values changed noticeably, at most once a second.
struct LegHealth {
  static constexpr std::string_view method = "leg.health";
  LegId leg;
  bool audio = false;      ///< sound packets arrive
  bool video = false;      ///< a picture arrives
  bool stalled = false;    ///< no packet at all for 5 s
  double loss = 0;         ///< 0…1, of what the participant sends
  int round_trip_ms = 0;   ///< 0: not known
  int estimate_kbit = 0;   ///< what the way to the participant is thought to carry; 0: not known
  double send_loss = 0;    ///< 0…1, of what we send
  int jitter_ms = 0;       ///< of what the participant sends
  int receive_kbit = 0;    ///< what arrives
  int send_kbit = 0;       ///< what we send
  bool relayed = false;    ///< by way of a TURN server, at either end
  int frozen_ms = 0;       ///< how long its picture has stood still; 0: it moves, or there is none
  int picture_height = 0;  ///< lines of its picture as it is decoded; 0: none comes
  bool operator==(const LegHealth&) const = default;
};

/// A key that the participant pressed, once for each press (RFC 4733).
struct LegDtmf {
  static constexpr std::string_view method = "leg.dtmf";
  LegId leg;
  std::string digits;  ///< 0-9 * # A-D
  bool operator==(const LegDtmf&) const = default;
};

struct ConferenceSpeaker {
  static constexpr std::string_view method = "conference.speaker";
  ConferenceId conference;
  std::optional<LegId> leg = {};  ///< nobody speaks: none
  bool operator==(const ConferenceSpeaker&) const = default;
};

/// A recording started or ended; the MCU may end it by itself.
struct RecordingChanged {
  static constexpr std::string_view method = "recording.changed";
  ConferenceId conference;
  bool running = false;
  std::string file = {};    ///< its path at the MCU
  std::string reason = {};  ///< why it ended by itself, a sentence; otherwise empty
  bool operator==(const RecordingChanged&) const = default;
};

/// Every 5 s and after each change of more than a tenth.
struct McuLoad {
  static constexpr std::string_view method = "mcu.load";
  double used_units = 0;
  double capacity_units = 0;
  double cores = 0;  ///< of the machine
  double cpu = 0;    ///< cores that this worker kept busy of late
  double late = 0;   ///< 0…1, of its mixed pictures, that were late
  int shedding = 0;  ///< how much quality it gives up for its load; 0: none
  bool operator==(const McuLoad&) const = default;
};

}  // namespace rollcall::control
