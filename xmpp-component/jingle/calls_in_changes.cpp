// XEP-0166 in mid-call: candidates, added media, directions.
#include <algorithm>

#include "xmpp-component/jingle/call.h"
#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {

using model::Direction;
using stanza::Jingle;

namespace {

constexpr std::size_t most_candidates = 64;  // of one transport, and of those that wait

/// Whether it starts ICE anew (RFC 8445 §9): other credentials than those in use. stanza.js trickles without password.
bool restarts(const model::IceParameters& current, const stanza::IceTransport& said) {
  return !said.ufrag.empty() && !said.password.empty() && said.ufrag != current.ufrag;
}

bool is_stale(const model::IceParameters& current, const stanza::IceTransport& said) {
  return !said.ufrag.empty() && said.ufrag != current.ufrag;
}

/// Another media of that kind would be a second picture of one person.
bool clashes(const model::MediaDescription& theirs, const stanza::Content& content) {
  return std::ranges::any_of(theirs.media, [&](const model::Media& media) {
    const bool same = media.mid == content.name || (content.description && media.kind == content.description->kind);
    return same && media.direction != Direction::inactive;
  });
}

/// Dino: no bundling, and it sends before it receives (JC-42).
bool wants_two_steps(const Call& call, const stanza::Content& content) {
  return !call.grouped && content.senders && *content.senders != stanza::Senders::both;
}

}  // namespace

void Calls::on_transport_info(Call& call, const Jingle& jingle, Outcome& out) {
  bool restarted = false;
  for (const stanza::Content& content : jingle.contents) {
    if (!content.transport) continue;
    model::Media* media = find_media(call.theirs, content.name);
    if (call.state == State::active && media == nullptr) continue;
    if (call.state == State::active && restarts(*call.theirs.transports[media->transport].ice, *content.transport)) {
      auto& transport = call.theirs.transports[media->transport];
      transport.ice =
          model::IceParameters{content.transport->ufrag, content.transport->password, content.transport->candidates};
      if (content.transport->dtls) transport.dtls = content.transport->dtls;
      restarted = true;
    } else {
      take_candidates(call, content, out);
    }
  }
  if (!restarted) return;
  call.pending.push_back({.kind = PendingChange::Kind::ice_restart});
  out.events.push_back(Changed{call.leg, call.theirs});
}

void Calls::take_candidates(Call& call, const stanza::Content& content, Outcome& out) {
  const model::Media* media = find_media(call.theirs, content.name);
  const bool described = media != nullptr;
  if (described && is_stale(*call.theirs.transports[media->transport].ice, *content.transport)) return;
  for (const model::IceCandidate& candidate : content.transport->candidates) {
    if (call.state == State::active) {
      tell_candidate(call, content.name, candidate, out);
    } else if (call.early.size() < most_candidates) {
      call.early.push_back({call.leg, content.name, candidate});
    }
  }
}

void Calls::tell_candidate(Call& call, const std::string& mid, const model::IceCandidate& candidate, Outcome& out) {
  const model::Media* media = find_media(call.theirs, mid);
  if (media == nullptr) return;
  auto& known = call.theirs.transports[media->transport].ice->candidates;
  if (known.size() >= most_candidates || std::ranges::find(known, candidate) != known.end()) return;
  known.push_back(candidate);
  out.events.push_back(Candidate{call.leg, mid, candidate});
}

void Calls::on_content_add(Call& call, const Jingle& jingle, Outcome& out) {
  PendingChange change{.kind = PendingChange::Kind::content_add};
  std::vector<std::string> rejected;
  for (const stanza::Content& content : jingle.contents) {
    const bool full = find_media(call.theirs, content.name) == nullptr && call.theirs.media.size() >= 16;
    if (call.state != State::active || full || clashes(call.theirs, content) ||
        !add_content(call.theirs, content, call.they(), call.grouped)) {
      call.creators.try_emplace(content.name, content.creator);
      rejected.push_back(content.name);
      continue;
    }
    call.creators[content.name] = content.creator;
    change.mids.push_back(content.name);
    if (!wants_two_steps(call, content)) continue;
    change.kind = PendingChange::Kind::two_step_add;
    change.senders = *content.senders;
    find_media(call.theirs, content.name)->direction = Direction::sendrecv;
  }
  if (!rejected.empty() && (call.grouped || call.theirs.media.size() < 2)) {
    const stanza::JingleReason reason{stanza::Condition::failed_application, "no more media of this kind"};
    send(call, content_reject(call, rejected, reason), out);
  }
  if (change.mids.empty()) return;
  call.pending.push_back(std::move(change));
  out.events.push_back(Changed{call.leg, call.theirs});
}

void Calls::on_content_modify(Call& call, const Jingle& jingle, Outcome& out) {
  bool changed = false;
  for (const stanza::Content& content : jingle.contents) {
    if (!content.senders) continue;
    if (call.state != State::active) {
      if (call.modified.size() < 16) call.modified[content.name] = *content.senders;
      continue;
    }
    model::Media* media = find_media(call.theirs, content.name);
    if (media == nullptr) continue;
    const Direction direction = direction_of(*content.senders, call.they());
    changed |= media->direction != direction;
    media->direction = direction;
  }
  if (!changed) return;
  call.pending.push_back({});
  out.events.push_back(Changed{call.leg, call.theirs});
}

void Calls::on_content_remove(Call& call, const Jingle& jingle, Time now, Outcome& out) {
  bool changed = false;
  for (const stanza::Content& content : jingle.contents) {
    if (call.state != State::active && call.modified.size() < 16) call.modified[content.name] = stanza::Senders::none;
    for (PendingChange& change : call.pending) std::erase(change.mids, content.name);
    model::Media* media = find_media(call.theirs, content.name);
    if (call.state != State::active || media == nullptr || media->direction == Direction::inactive) continue;
    media->direction = Direction::inactive;
    changed = true;
  }
  if (!changed) return;
  const bool nothing_left = std::ranges::all_of(
      call.theirs.media, [](const model::Media& media) { return media.direction == Direction::inactive; });
  if (nothing_left) {  // XEP-0166 §7.2.6
    say_goodbye(call, to_jingle({model::Reason::hung_up}), out);
    return lose(call, model::Reason::hung_up, now, out);
  }
  call.pending.push_back({});
  out.events.push_back(Changed{call.leg, call.theirs});
}

}  // namespace rollcall::component::jingle
