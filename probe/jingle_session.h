// One call with one peer: XEP-0353 (ringing by message) and XEP-0166 (the session), as a client does it.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "probe/jingle_sdp.h"
#include "probe/stanza.h"

namespace rollcall::probe {

inline constexpr auto ns_jmi = "urn:xmpp:jingle-message:0";

/// `ringing`, `proceed`, `initiate` (ours went out), `incoming` (theirs came), `accept` (either way).
struct CallProgress {
  std::string step;
};
struct RemoteOffer {
  std::string sdp;
};
struct RemoteAnswer {
  std::string sdp;
};
struct RemoteCandidate {
  unsigned media = 0;
  std::string line;
};
struct CallEnded {
  std::string reason;  ///< `success`, `decline`, …, or the error condition
  bool by_peer = false;
};
using CallEvent = std::variant<CallProgress, RemoteOffer, RemoteAnswer, RemoteCandidate, CallEnded>;

/// Speaks for one end of one call, from its first message to its last. It sends through `send` and tells through
/// `tell`; it knows no network and no media, so two of them can talk inside a test. Main thread.
class JingleSession {
 public:
  struct Outlet {
    std::function<void(const Stanza&)> send;
    std::function<void(CallEvent)> tell;
  };

  JingleSession(std::string own_address, bool trickle, Outlet outlet);

  /// Rings all devices of a contact; goes on by itself when one says proceed and our description is there.
  void propose(const std::string& contact, const std::vector<std::string>& media);
  /// Without ringing, to one device.
  void initiate(const std::string& full_address);
  /// Takes an incoming propose: rings and proceeds at once.
  void accept_proposal(const Stanza& message);

  /// False: not for this call, not answered. Every iq that is ours is answered at once (JC-30).
  bool take(const Stanza& stanza);

  void set_local_description(const std::string& sdp);
  void add_local_candidate(unsigned media, const std::string& line);

  /// Retract, or session-terminate and finish, by state; nothing if it is over.
  void end(const std::string& reason);

  [[nodiscard]] const std::string& id() const { return sid_; }
  [[nodiscard]] const std::string& peer() const { return peer_; }
  [[nodiscard]] bool over() const { return state_ == State::over; }

 private:
  enum class State { idle, proposed, agreed, initiated, answering, active, over };

  bool take_message(const Stanza& message);
  bool take_iq(const Stanza& iq);
  void take_jingle(const Stanza& jingle);
  void take_initiate(const Stanza& jingle);
  void take_accept(const Stanza& jingle);
  void take_transport(const Stanza& jingle);
  void take_error(const Stanza& iq);
  void proceed_to(const std::string& full_address);
  void send_description();
  void send_candidate(unsigned media, const std::string& line);
  std::string send_message(const std::string& to, const Stanza& payload);  ///< returns its id
  void send_jingle(const Stanza& jingle);
  [[nodiscard]] Stanza jingle(const std::string& action) const;
  void finish(const std::string& reason, bool by_peer);

  std::string own_;
  bool trickle_;
  Outlet outlet_;
  State state_ = State::idle;
  Role role_ = Role::initiator;
  bool rang_ = false;  ///< by message, so the end is said by message too
  std::string sid_;
  std::string peer_;        ///< bare while ringing, then full
  std::string propose_id_;  ///< of the message, for its bounce
  std::string local_sdp_;
  std::vector<ContentTransport> local_contents_;
  std::vector<std::string> contents_;  ///< their names, in order
  std::vector<std::pair<unsigned, std::string>> waiting_candidates_;
  std::vector<std::string> sent_;  ///< ids of our session-initiate or session-accept
};

}  // namespace rollcall::probe
