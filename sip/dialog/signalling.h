// What a SIP door says and hears, without SIP's messages: calls, by numbers of the door's own. SDP is text here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sip/limits/digest.h"

namespace rollcall::sip::dialog {

/// One call (a dialog and the INVITE before it), as long as the process lives.
using CallNumber = std::uint64_t;

/// Somebody calls.
struct Invite {
  CallNumber call = 0;
  std::string ip = {};      ///< where the request came from
  bool secure = false;      ///< over TLS
  std::string called = {};  ///< user part of what he called
  std::string to = {};      ///< user part of the To header
  std::string caller = {};  ///< user part of who calls, or his whole address
  std::string name = {};    ///< his display name
  std::string call_id = {};
  std::vector<limits::Authorization> authorizations = {};
  std::optional<std::string> sdp = {};  ///< none: delayed offer
};

/// How to call somebody.
struct Target {
  std::string uri = {};
  std::string route = {};  ///< the proxy that it goes by; empty: where the URI says
  std::string from = {};   ///< user part of our address there
  std::string host = {};   ///< host part of it; empty: our own
  std::string display = {};
  std::string user = {};  ///< for a challenge
  std::string password = {};
};

/// Where to register.
struct Registrar {
  std::string name = {};  ///< ours, for the events
  std::string uri = {};   ///< "sip:provider.example"
  std::string host = {};
  std::string user = {};
  std::string password = {};
  int expires = 600;  ///< seconds
};

/// What happens. Loop thread.
struct Events {
  std::function<void(Invite)> invited;
  /// The other side offers anew (re-INVITE, UPDATE), or asks for an offer (none). accept() or refuse() answers.
  std::function<void(CallNumber, std::optional<std::string> sdp)> offered;
  std::function<void(CallNumber)> ringing;
  /// The answer to our offer: to a call of ours, to a re-INVITE of ours, or to the offer in our answer to a delayed
  /// one.
  std::function<void(CallNumber, std::string sdp)> answered;
  /// A call of ours came to nothing. The call is no more.
  std::function<void(CallNumber, int status, std::string phrase)> failed;
  /// An offer of ours in mid-call was refused; all stays as it was.
  std::function<void(CallNumber, int status)> offer_refused;
  /// The other side ended it, or gave up. The call is no more.
  std::function<void(CallNumber)> ended;
  std::function<void(CallNumber, std::string digits)> keys;
  std::function<void(CallNumber)> picture_wanted;
  std::function<void(const std::string& name, bool up, int status)> registered;
  /// Nothing from there is heard for a minute.
  std::function<void(const std::string& ip)> shut_out;
};

/// The SIP side of a door. In the process it is sofia; tests put a play in its place. Loop thread. What is said to a
/// call that is no more has no effect.
class Signalling {
 public:
  virtual ~Signalling() = default;
  virtual CallNumber dial(const Target& target, const std::string& sdp) = 0;
  virtual void ring(CallNumber call) = 0;
  /// Answers an Invite or an offer.
  virtual void accept(CallNumber call, const std::string& sdp) = 0;
  /// Refuses an Invite, which ends the call, or an offer, which does not.
  virtual void refuse(CallNumber call, int status, const std::string& phrase) = 0;
  /// Asks for a password; he may call again with it, as another call.
  virtual void challenge(CallNumber call, const std::string& realm, const std::string& nonce, bool stale) = 0;
  /// An offer of ours in mid-call.
  virtual void offer(CallNumber call, const std::string& sdp) = 0;
  /// Gives up a call of ours that is not answered, or ends one that is. No event of it follows.
  virtual void hang_up(CallNumber call, const std::string& reason) = 0;
};

}  // namespace rollcall::sip::dialog
