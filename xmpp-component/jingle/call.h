// One call with one contact, and what can be said in it. For the files of this room only.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/mapping.h"
#include "xmpp-component/stanza/jmi.h"

namespace rollcall::component::jingle {

enum class State {
  proposed,    ///< they announced; not admitted yet
  proceeding,  ///< admitted; their session-initiate is awaited
  offered,     ///< their session-initiate is here; our answer is awaited
  ringing,     ///< we announced
  picked_up,   ///< they said proceed; our offer is awaited
  initiated,   ///< our session-initiate is out
  active,
};

/// A change of theirs that the layer above has not answered yet.
struct PendingChange {
  enum class Kind { content_add, two_step_add, ice_restart, direction };
  Kind kind = Kind::direction;
  std::vector<std::string> mids = {};
  stanza::Senders senders = stanza::Senders::both;  ///< as offered in a content-add
};

struct Call {
  LegId leg = {};
  ConferenceId conference = {};
  Address contact = {};  ///< full: who we are in this call
  Address peer = {};     ///< full; bare while we ring
  std::string sid = {};
  State state = State::proposed;
  Time since = {};  ///< when the state was entered
  Party we = Party::responder;
  bool announced = false;  ///< by XEP-0353, so it ends with a finish too
  bool by_invite = false;  ///< announced by XEP-0482 instead
  bool audio = false;      ///< as proposed
  bool video = false;
  std::string propose_id = {};  ///< the stanza id of the propose
  bool receipt = false;         ///< asked for with the propose
  bool grouped = false;
  UpgradeAnswer upgrade_answer = UpgradeAnswer::content_accept;
  model::MediaDescription theirs = {};
  model::MediaDescription ours = {};
  std::map<std::string, Party> creators = {};            ///< of each content
  std::vector<Candidate> early = {};                     ///< theirs, before the call is accepted
  std::vector<stanza::Content> unsent = {};              ///< ours, before the call is accepted
  std::map<std::string, stanza::Senders> modified = {};  ///< content-modify before the call is accepted
  std::deque<PendingChange> pending = {};
  std::set<std::string> muted = {};  ///< content names
  bool held = false;

  [[nodiscard]] Party they() const { return we == Party::initiator ? Party::responder : Party::initiator; }
  /// Whether there is a Jingle session by this sid.
  [[nodiscard]] bool has_session() const {
    return state == State::offered || state == State::initiated || state == State::active;
  }
};

// ---- what we say

[[nodiscard]] stanza::TagPtr jmi(const Call& call, stanza::CallMessage message, std::string id);
[[nodiscard]] stanza::TagPtr iq_set(const Call& call, const stanza::Jingle& jingle, std::string id);
[[nodiscard]] stanza::Jingle session_initiate(const Call& call);
[[nodiscard]] stanza::Jingle session_accept(const Call& call);
[[nodiscard]] stanza::Jingle content_accept(const Call& call, const PendingChange& change);
/// The second step for Dino: now it shows what we send, too.
[[nodiscard]] stanza::Jingle content_modify_to_both(const Call& call, const PendingChange& change);
[[nodiscard]] stanza::Jingle content_reject(const Call& call, const std::vector<std::string>& mids,
                                            const stanza::JingleReason& reason);
[[nodiscard]] stanza::Jingle all_credentials(const Call& call);
[[nodiscard]] stanza::Jingle goodbye(const Call& call, const stanza::JingleReason& reason);

enum class IqError { bad_request, unknown_session };
[[nodiscard]] stanza::TagPtr iq_error(IqError error);

[[nodiscard]] std::string write_signalling(const Call& call);
[[nodiscard]] model::Expected<Call> read_signalling(std::string_view text);

}  // namespace rollcall::component::jingle
