// The control channel's messages between the allocator and a SIP door, beyond those that all doors share. Read
// messages.h first.
//
// Out: the MCU makes an offer by the gateway's profile, call.dial takes it to the door; then come call.ringing, maybe
// never, and call.answered (its description is the answer to the MCU's offer) or call.failed. call.hangup before that
// gives up.
// In: call.arrived with an offer is answered by the MCU's answer. Without one (delayed offer, RFC 3261 §13.2.1) it is
// answered by the MCU's offer, and call.answered follows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/control/mcu_messages.h"
#include "allocator/model/gateway.h"
#include "allocator/model/ids.h"
#include "allocator/model/media_description.h"
#include "allocator/model/refusal.h"

namespace rollcall::control {

// ---- allocator → SIP door --------------------------------------------------------------------------------------

/// Call somebody. The result says only that the door begins. Refused with not-allowed (no gateway's allowed addresses),
/// full (as many calls as the gateways may carry), bad-address, unreachable (no such gateway, or none is up).
struct CallDial {
  static constexpr std::string_view method = "call.dial";
  struct Result {
    bool operator==(const Result&) const = default;
  };
  LegId leg;
  /// In this order; the next one when one is down, full or does not answer. Their profiles are alike.
  std::vector<std::string> gateways;
  std::string address;       ///< "+4930123456", "room@vc.example.org"
  std::string display = {};  ///< who calls, for the telephone's display; the number shown is the gateway's
  int kbit = 0;              ///< the picture's; for gateways whose prefix depends on it; 0: sound only
  model::MediaDescription offer;
  bool operator==(const CallDial&) const = default;
};

// ---- SIP door → allocator --------------------------------------------------------------------------------------

/// Somebody calls. Refused with not-allowed, unknown-conference, full, …; the result comes when the MCU has answered or
/// made its offer.
struct CallArrived {
  static constexpr std::string_view method = "call.arrived";
  struct Result {
    LegId leg;
    model::MediaDescription description;
    bool operator==(const Result&) const = default;
  };
  std::string called;        ///< the user part of what he called: a conference, "team*2468" with its PIN, a number
  std::string caller = {};   ///< his number or address as his side says it; empty: withheld. Never shown to others
  std::string name = {};     ///< his display name as his side says it
  std::string account = {};  ///< the account of the door whose password he knows; empty: none
  std::string gateway = {};  ///< through which he comes; empty: none
  model::LegProfile profile = {};
  std::optional<model::MediaDescription> offer = {};
  bool operator==(const CallArrived&) const = default;
};

/// The called person's telephone rings.
struct CallRinging {
  static constexpr std::string_view method = "call.ringing";
  LegId leg;
  bool operator==(const CallRinging&) const = default;
};

/// The answer to an offer of the MCU's.
struct CallAnswered {
  static constexpr std::string_view method = "call.answered";
  LegId leg;
  model::MediaDescription description;
  bool operator==(const CallAnswered&) const = default;
};

/// A call that was dialled came to nothing; the leg is no more at the door.
struct CallFailed {
  static constexpr std::string_view method = "call.failed";
  LegId leg;
  /// busy, declined, timeout, unreachable (no such number), no-common-codec, no-media-server (no gateway could), …
  model::Reason reason = model::Reason::unreachable;
  int status = 0;         ///< the SIP status, 486; 0: no answer at all
  std::string text = {};  ///< its phrase, for the operator
  bool operator==(const CallFailed&) const = default;
};

/// Keys that the participant pressed (SIP INFO), "1234#".
struct CallDtmf {
  static constexpr std::string_view method = "call.dtmf";
  LegId leg;
  std::string digits;  ///< 0-9 * # A-D
  bool operator==(const CallDtmf&) const = default;
};

/// The participant's picture is broken; he wants a whole one (RFC 5168).
struct CallRefresh {
  static constexpr std::string_view method = "call.refresh";
  LegId leg;
  bool operator==(const CallRefresh&) const = default;
};

/// All gateways as they are now; sent whenever one came up or went down.
struct DoorGateways {
  static constexpr std::string_view method = "door.gateways";
  std::vector<model::Gateway> gateways;
  bool operator==(const DoorGateways&) const = default;
};

}  // namespace rollcall::control
