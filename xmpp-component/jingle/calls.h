#pragma once

#include <gloox/tag.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "allocator/model/expected.h"
#include "xmpp-component/jingle/event.h"

namespace rollcall::component::stanza {
struct CallMessage;
struct Content;
struct Jingle;
struct JingleReason;
}  // namespace rollcall::component::stanza

namespace rollcall::component::jingle {

struct Call;

using Time = std::chrono::steady_clock::time_point;

/// A stanza to send. One with `answer_for` is an iq whose answer, if one comes, belongs to Calls::handle_answer; no
/// other answer matters, since some clients never give one (JC-30).
struct Stanza {
  std::unique_ptr<gloox::Tag> tag;
  LegId answer_for = {};
};

/// What a step leads to: first the iq is answered, then the stanzas are sent in order, then the events are acted upon.
struct Outcome {
  std::unique_ptr<gloox::Tag> error = {};  ///< handle_iq only: the <error/> to answer with; none: an empty result
  std::vector<Stanza> stanzas = {};
  std::vector<Event> events = {};
};

/// Entropy is an argument: how new things get their names.
struct Names {
  std::function<LegId()> new_leg_id;
  std::function<std::string()> new_uuid;  ///< UUIDv4: stanza ids, and the sids of our rings
};

/// How a client wants its own content-add answered (JC-42). The two-step answer of a client without bundling (Dino) is
/// chosen from its offer.
enum class UpgradeAnswer { content_accept, session_accept };

/// All Jingle calls of the component: XEP-0166, 0167, 0176, 0320, 0338, 0339 and 0353. A state machine without
/// sockets, clock and threads; owned by the component, used on the loop thread. A call is known by its leg, and to the
/// peer by (full address, sid): only that address may speak for it (JC-14). Commands for a leg that is not known (any
/// more) or not in the fitting state do nothing, since the peer may have been quicker.
class Calls {
 public:
  /// `resource` is the one resource that every contact is present with (JC-1).
  explicit Calls(Names names, std::chrono::seconds rings_for = std::chrono::seconds(30),  // JC-25
                 std::string resource = "call");
  ~Calls();
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  // ---- stanzas

  /// Whether the stanza is for this class: an iq set with <jingle/>, or a message without a body that has an XEP-0353
  /// element (a bounced one too).
  [[nodiscard]] static bool concerns(const gloox::Tag& stanza);
  /// Whether a message is the bounce of one of our rings: servers leave out what was in it.
  [[nodiscard]] bool is_bounce(const gloox::Tag& message) const;
  /// A <message/> for which concerns() or is_bounce() is true.
  [[nodiscard]] Outcome handle_message(const gloox::Tag& message, Time now);
  /// An <iq/> for which concerns() is true. It is to be answered at once (JC-30), with Outcome::error or a result.
  [[nodiscard]] Outcome handle_iq(const gloox::Tag& iq, Time now);
  /// The peer's answer (type result or error) to a Stanza with `answer_for`.
  [[nodiscard]] Outcome handle_answer(const LegId& leg, const gloox::Tag& answer, Time now);
  /// At least once a second. Ends what has waited too long: proposals nobody followed up (60 s), our rings (as long
  /// as they are to ring) and our offers (30 s, JC-25).
  [[nodiscard]] Outcome time_passed(Time now);

  // ---- being called

  /// Take a proposal: receipt, ringing, proceed (JC-11). A stranger must have been sent directed presence before
  /// (JC-9).
  [[nodiscard]] Outcome admit(const LegId& leg, Time now);
  /// Our answer to the offer: session-accept, then the candidates that waited for it as events.
  [[nodiscard]] Outcome accept(const LegId& leg, const model::MediaDescription& answer, Time now);
  /// Do not take a proposal (reject, JC-13) or an offer (session-terminate, JC-47). `text` is for logs and curious
  /// clients; none: the reason's spelling.
  [[nodiscard]] Outcome refuse(const LegId& leg, const model::Refusal& refusal, Time now, std::string_view text = {});

  // ---- calling

  /// Rings all devices of `person` (bare) by XEP-0353, or by XEP-0482 (JC-50). Refused with already_in_call, as Ended,
  /// while the person has a leg in the conference (JC-23).
  [[nodiscard]] Outcome ring(const LegId& leg, const ConferenceId& conference, const Address& contact,
                             const Address& person, bool video, Time now, bool by_invite = false);
  /// The offer to who picked up. Its media must be those that were proposed (JC-24), else the call ends as internal.
  [[nodiscard]] Outcome initiate(const LegId& leg, const model::MediaDescription& offer, Time now);
  /// An offer without announcement, for a device that has Jingle but not XEP-0353 (JC-28).
  [[nodiscard]] Outcome call(const LegId& leg, const ConferenceId& conference, const Address& contact,
                             const Address& device, const model::MediaDescription& offer, Time now);

  // ---- in mid-call

  /// Our whole description after a Changed: content-accept or transport-info, whichever the peer waits for.
  [[nodiscard]] Outcome changed(const LegId& leg, const model::MediaDescription& ours);
  [[nodiscard]] Outcome refuse_change(const LegId& leg, const model::Refusal& refusal);
  /// A candidate that our descriptions did not hold. Sent when the call is accepted.
  [[nodiscard]] Outcome add_candidate(const LegId& leg, const std::string& mid, const model::IceCandidate& candidate);
  void set_upgrade_answer(const LegId& leg, UpgradeAnswer answer);
  /// Whose client understands no other end than success and decline, asked by full address: such a one is told decline
  /// instead of anything else.
  void set_declines_only(std::function<bool(const Address& device)> question) { declines_only_ = std::move(question); }
  /// Ends it in the way that fits its state: reject, retract, or session-terminate and finish (JC-46).
  [[nodiscard]] Outcome end(const LegId& leg, model::Reason reason, Time now, std::string_view text = {});

  // ---- outliving a restart

  /// What restore() needs; empty for a leg that is not offered or accepted yet.
  [[nodiscard]] std::string signalling(const LegId& leg) const;
  /// Carries on a call that an earlier process had: same sid, same peer, no stanza. Refuses bad_request.
  [[nodiscard]] model::Expected<void> restore(const LegId& leg, const ConferenceId& conference,
                                              std::string_view signalling);

  /// Live legs; proposals and rings too.
  [[nodiscard]] std::size_t size() const { return calls_.size(); }
  [[nodiscard]] bool knows(const LegId& leg) const;

 private:
  /// What a peer knows a call by. The contact's resource does not matter.
  struct Key {
    Address contact;
    Address peer;
    std::string sid;
    auto operator<=>(const Key&) const = default;
  };
  [[nodiscard]] Call* find(const LegId& leg);
  [[nodiscard]] Call* find(const Key& key);
  /// The ring of that sid, wherever it was answered from.
  [[nodiscard]] Call* find_ring(const Address& contact, const Address& from, const std::string& sid);
  Call& add(Call call);
  void bind(Call& call, const Address& peer);
  void forget(Call& call, Time now);
  [[nodiscard]] bool too_many(const Address& person) const;

  void send(const Call& call, const stanza::Jingle& jingle, Outcome& out);
  void send(const Call& call, const stanza::CallMessage& message, Outcome& out);
  void say_goodbye(const Call& call, const stanza::JingleReason& reason, Outcome& out);
  void end_session(const Call& call, stanza::JingleReason reason, Outcome& out);
  void lose(Call& call, model::Reason reason, Time now, Outcome& out);
  void become_active(Call& call, Outcome& out);
  void send_offer(Call& call, const model::MediaDescription& offer, Time now, Outcome& out);

  void on_propose(const gloox::Tag& message, const stanza::CallMessage& said, const Key& key, Time now, Outcome& out);
  void on_ring_answer(const stanza::CallMessage& said, Call& call, const Address& from, Time now, Outcome& out);
  void on_bounce(const gloox::Tag& message, const Address& from, Time now, Outcome& out);
  void yield_to(const Address& contact, const Address& person, Time now, Outcome& out);

  void on_initiate(const stanza::Jingle& jingle, const Key& key, const Address& contact, Time now, Outcome& out);
  void turn_down(Call& call, const model::Refusal& refusal, Time now, Outcome& out);
  void on_action(Call& call, const stanza::Jingle& jingle, Time now, Outcome& out);
  void on_accept(Call& call, const stanza::Jingle& jingle, Time now, Outcome& out);
  void on_transport_info(Call& call, const stanza::Jingle& jingle, Outcome& out);
  void take_candidates(Call& call, const stanza::Content& content, Outcome& out);
  void tell_candidate(Call& call, const std::string& mid, const model::IceCandidate& candidate, Outcome& out);
  void on_content_add(Call& call, const stanza::Jingle& jingle, Outcome& out);
  void on_content_modify(Call& call, const stanza::Jingle& jingle, Outcome& out);
  void on_content_remove(Call& call, const stanza::Jingle& jingle, Time now, Outcome& out);
  void on_session_info(Call& call, const stanza::Jingle& jingle, Outcome& out);

  Names names_;
  std::function<bool(const Address&)> declines_only_ = [](const auto&) { return false; };
  std::chrono::seconds rings_for_;
  std::string resource_;
  std::map<LegId, std::unique_ptr<Call>> calls_;
  std::map<Key, LegId> by_sid_;
  std::map<Key, Time> ended_;  ///< a peer's late goodbye to one of these is no error
};

}  // namespace rollcall::component::jingle
