// What goes over the control channel, as values; `codec.h` turns them into JSON-RPC 2.0 and back.
// Each message has a JSON Schema with examples in schemas/control, and the contract test holds both to one another.
//
// A struct with a nested `Result` is a request; any other is a notification. `method` is the JSON-RPC method.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/control/desk_messages.h"
#include "allocator/control/mcu_messages.h"
#include "allocator/control/sip_messages.h"
#include "allocator/model/gateway.h"
#include "allocator/model/ids.h"
#include "allocator/model/media_description.h"
#include "allocator/model/refusal.h"
#include "allocator/model/units.h"

namespace rollcall::control {

/// Changed by one when a peer of the older version can no longer be served; the minor one for anything new.
struct ProtocolVersion {
  int major = 1;
  int minor = 3;
  bool operator==(const ProtocolVersion&) const = default;
};

enum class Role { mcu, web, sip, operator_desk };

// ---- any peer → allocator --------------------------------------------------------------------------------------

/// What an MCU worker still holds, so that both sides can reconcile after either of them restarted.
struct HeldConference {
  ConferenceId conference;
  std::vector<LegId> legs = {};
  bool operator==(const HeldConference&) const = default;
};

/// What things cost at this MCU, in thousandths of one of its cores. It measures them at its start.
using UnitCosts = model::units::Costs;

/// The first message of every connection. The token was in the WebSocket's Authorization header already.
struct Hello {
  static constexpr std::string_view method = "hello";
  struct Result {
    ProtocolVersion protocol = {};
    std::string name = {};  ///< the peer's name as the allocator knows it
    bool operator==(const Result&) const = default;
  };
  ProtocolVersion protocol = {};
  Role role = Role::mcu;
  std::string name;           ///< unique among the peers, "mcu-1"; a second connection of one name replaces the first
  std::string version;        ///< of the program, for people
  double capacity_units = 0;  ///< MCU only
  std::vector<HeldConference> conferences = {};  ///< MCU only
  std::vector<LegId> calls = {};                 ///< doors only: calls whose signalling is still up
  std::string host = {};                         ///< MCU only: workers of one host share its capacity; empty: alone
  std::optional<UnitCosts> costs = {};           ///< MCU only; none: the published ratios
  std::vector<model::Gateway> gateways = {};     ///< SIP door only; what changes comes as door.gateways
  bool operator==(const Hello&) const = default;
};

/// Heartbeat: from the peer, every 5 s. A side that heard nothing for 15 s counts the other as dead.
struct Ping {
  static constexpr std::string_view method = "ping";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  bool operator==(const Ping&) const = default;
};

// ---- doors ⇄ allocator --------------------------------------------------------------------------------------

/// What a join link stands for. Refused with link-forged, link-expired, unknown-conference.
struct LinkResolve {
  static constexpr std::string_view method = "link.resolve";
  struct Result {
    ConferenceId conference;
    std::string title;
    bool running = false;
    std::vector<std::string> people = {};  ///< names of who is in it
    bool operator==(const Result&) const = default;
  };
  std::string link;  ///< the signed part of the address, behind the last slash. Never logged.
  bool operator==(const LinkResolve&) const = default;
};

/// A guest wants in. The result comes when the MCU has answered the offer.
struct CallIncoming {
  static constexpr std::string_view method = "call.incoming";
  struct Result {
    LegId leg;  ///< the call's name from now on, at all three processes
    model::MediaDescription description;
    bool operator==(const Result&) const = default;
  };
  std::string link;
  std::string name;  ///< as the guest typed it
  model::MediaDescription offer;
  bool operator==(const CallIncoming&) const = default;
};

/// A changed description in mid-call. From a door: of its participant (ICE restart, media added, hold). To a SIP door:
/// the leg has moved to another MCU, whose offer goes to the participant (re-INVITE).
struct CallOffer {
  static constexpr std::string_view method = "call.offer";
  struct Result {
    model::MediaDescription description;
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  model::MediaDescription offer;
  bool operator==(const CallOffer&) const = default;
};

struct CallCandidate {
  static constexpr std::string_view method = "call.candidate";
  LegId leg;
  std::string mid;
  model::IceCandidate candidate;
  bool operator==(const CallCandidate&) const = default;
};

/// What the guest's page says about its own microphone and camera.
struct CallMute {
  static constexpr std::string_view method = "call.mute";
  LegId leg;
  bool audio_muted = false;
  bool video_muted = false;
  bool operator==(const CallMute&) const = default;
};

/// Either side: the call is over.
struct CallHangup {
  static constexpr std::string_view method = "call.hangup";
  LegId leg;
  model::Reason reason = model::Reason::hung_up;
  bool operator==(const CallHangup&) const = default;
};

/// A sentence for the person at the other end of a door's call.
struct CallMessage {
  static constexpr std::string_view method = "call.message";
  LegId leg;
  std::string text;
  bool operator==(const CallMessage&) const = default;
};

// ---- operator → allocator --------------------------------------------------------------------------------------

/// One peer that is connected, as the operator sees it.
struct DeskPeer {
  std::string name;
  Role role = Role::mcu;
  std::string version = {};
  bool operator==(const DeskPeer&) const = default;
};

/// How the service is.
struct DeskStatus {
  static constexpr std::string_view method = "desk.status";
  struct Result {
    bool xmpp_connected = false;
    std::vector<DeskPeer> peers = {};
    int conferences = 0;
    int calls = 0;
    bool operator==(const Result&) const = default;
  };
  bool operator==(const DeskStatus&) const = default;
};

}  // namespace rollcall::control
