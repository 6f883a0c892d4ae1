// Book-keeping: which calls there are, and what ends by time.
#include "xmpp-component/jingle/calls.h"

#include <algorithm>

#include "xmpp-component/jingle/call.h"
#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {

using model::Reason;

namespace {

using std::chrono::seconds;

constexpr std::size_t most_calls_of_a_person = 16;
constexpr std::size_t most_ended = 4096;
constexpr seconds remembers_ended{60};

/// How long a call may stay in a state; none: for ever.
std::optional<seconds> patience(State state, seconds rings_for) {
  switch (state) {
    case State::proposed:
    case State::proceeding:
    case State::offered:
      return seconds{60};
    case State::ringing:
      return rings_for;
    case State::picked_up:
    case State::initiated:
      return seconds{30};  // JC-25
    case State::active:
      return std::nullopt;
  }
  __builtin_unreachable();
}

}  // namespace

Calls::Calls(Names names, seconds rings_for, std::string resource)
    : names_(std::move(names)), rings_for_(rings_for), resource_(std::move(resource)) {}
Calls::~Calls() = default;

Call* Calls::find(const LegId& leg) {
  const auto found = calls_.find(leg);
  return found == calls_.end() ? nullptr : found->second.get();
}

Call* Calls::find(const Key& key) {
  const auto found = by_sid_.find(key);
  return found == by_sid_.end() ? nullptr : find(found->second);
}

Call* Calls::find_ring(const Address& contact, const Address& from, const std::string& sid) {
  Call* call = find(Key{contact, from, sid});
  return call != nullptr ? call : find(Key{contact, from.bare(), sid});
}

bool Calls::knows(const LegId& leg) const {
  return calls_.contains(leg);
}

Call& Calls::add(Call call) {
  by_sid_[Key{call.contact.bare(), call.peer, call.sid}] = call.leg;
  auto& place = calls_[call.leg];
  place = std::make_unique<Call>(std::move(call));
  return *place;
}

void Calls::bind(Call& call, const Address& peer) {
  by_sid_.erase(Key{call.contact.bare(), call.peer, call.sid});
  call.peer = peer;
  by_sid_[Key{call.contact.bare(), call.peer, call.sid}] = call.leg;
}

void Calls::forget(Call& call, Time now) {
  const Key key{call.contact.bare(), call.peer, call.sid};
  by_sid_.erase(key);
  if (ended_.size() < most_ended) ended_[key] = now;
  calls_.erase(LegId(call.leg));  // a copy: the name dies with the call
}

bool Calls::too_many(const Address& person) const {
  const auto of_person = [&](const auto& entry) { return entry.second->peer.bare() == person.bare(); };
  return static_cast<std::size_t>(std::ranges::count_if(calls_, of_person)) >= most_calls_of_a_person;
}

void Calls::send(const Call& call, const stanza::Jingle& jingle, Outcome& out) {
  out.stanzas.push_back({iq_set(call, jingle, names_.new_uuid())});
}

void Calls::send(const Call& call, const stanza::CallMessage& message, Outcome& out) {
  out.stanzas.push_back({jmi(call, message, names_.new_uuid())});
}

void Calls::end_session(const Call& call, stanza::JingleReason reason, Outcome& out) {
  const bool is_understood = reason.condition == stanza::Condition::success || !declines_only_(call.peer);
  if (!is_understood) reason.condition = stanza::Condition::decline;
  send(call, goodbye(call, reason), out);
  if (!call.announced) return;
  send(call, stanza::CallMessage{.kind = stanza::CallMessage::Kind::finish, .reason = reason}, out);
}

void Calls::say_goodbye(const Call& call, const stanza::JingleReason& reason, Outcome& out) {
  using Kind = stanza::CallMessage::Kind;
  switch (call.state) {
    case State::proposed:
      return send(call, stanza::CallMessage{.kind = Kind::reject, .reason = reason}, out);
    case State::ringing:
      return send(call, stanza::CallMessage{.kind = Kind::retract, .reason = reason}, out);
    case State::proceeding:
    case State::picked_up:
      return send(call, stanza::CallMessage{.kind = Kind::finish, .reason = reason}, out);
    case State::offered:
    case State::initiated:
    case State::active:
      return end_session(call, reason, out);
  }
  __builtin_unreachable();
}

void Calls::lose(Call& call, Reason reason, Time now, Outcome& out) {
  out.events.push_back(Ended{call.leg, reason});
  forget(call, now);
}

Outcome Calls::time_passed(Time now) {
  Outcome out;
  std::vector<LegId> overdue;
  for (const auto& [leg, call] : calls_) {
    const auto limit = patience(call->state, rings_for_);
    if (limit && now - call->since >= *limit) overdue.push_back(leg);
  }
  for (const LegId& leg : overdue) {
    Call& call = *find(leg);
    const bool unanswered_ring = call.state == State::ringing;
    const bool nobody_waits = call.state == State::proposed || call.state == State::proceeding;
    const Reason said = unanswered_ring ? Reason::cancelled : Reason::timeout;
    if (!nobody_waits) say_goodbye(call, to_jingle({said}), out);
    lose(call, Reason::timeout, now, out);
  }
  std::erase_if(ended_, [&](const auto& entry) { return now - entry.second >= remembers_ended; });
  return out;
}

std::string Calls::signalling(const LegId& leg) const {
  const auto found = calls_.find(leg);
  if (found == calls_.end() || !found->second->has_session()) return {};
  return write_signalling(*found->second);
}

model::Expected<void> Calls::restore(const LegId& leg, const ConferenceId& conference, std::string_view signalling) {
  auto call = read_signalling(signalling);
  if (!call) return tl::unexpected(call.error());
  call->leg = leg;
  call->conference = conference;
  call->state = State::active;
  add(std::move(*call));
  return {};
}

}  // namespace rollcall::component::jingle
