#include "probe/jingle_session.h"

#include <algorithm>
#include <utility>

namespace rollcall::probe {
namespace {

Stanza reason_element(const std::string& reason) {
  return Stanza("reason", ns_jingle).add(Stanza(reason));
}

std::string reason_of(const Stanza& parent) {
  const auto children = parent.child("reason").children();
  return children.empty() ? "success" : children.front().name();
}

}  // namespace

JingleSession::JingleSession(std::string own_address, bool trickle, Outlet outlet)
    : own_(std::move(own_address)), trickle_(trickle), outlet_(std::move(outlet)) {}

void JingleSession::propose(const std::string& contact, const std::vector<std::string>& media) {
  sid_ = new_id();
  peer_ = bare(contact);
  rang_ = true;
  state_ = State::proposed;
  Stanza propose("propose", ns_jmi, {{"id", sid_}});
  for (const auto& kind : media) propose.add(Stanza("description", ns_rtp, {{"media", kind}}));
  propose_id_ = send_message(peer_, propose);
}

void JingleSession::initiate(const std::string& full_address) {
  sid_ = new_id();
  proceed_to(full_address);
}

void JingleSession::accept_proposal(const Stanza& message) {
  sid_ = message.child("propose", ns_jmi).attribute("id");
  peer_ = message.attribute("from");
  role_ = Role::responder;
  rang_ = true;
  state_ = State::agreed;
  send_message(peer_, Stanza("ringing", ns_jmi, {{"id", sid_}}));
  send_message(peer_, Stanza("proceed", ns_jmi, {{"id", sid_}}));
  outlet_.tell(CallProgress{"proceed"});
}

void JingleSession::proceed_to(const std::string& full_address) {
  peer_ = full_address;
  state_ = State::agreed;
  send_description();
}

bool JingleSession::take(const Stanza& stanza) {
  if (state_ == State::over) return false;
  return stanza.name() == "message" ? take_message(stanza) : take_iq(stanza);
}

bool JingleSession::take_message(const Stanza& message) {
  const auto from = message.attribute("from");
  if (message.attribute("type") == "error") {  // servers need not send the payload back
    const bool bounced = state_ == State::proposed && message.attribute("id") == propose_id_;
    if (bounced) finish("unreachable", true);
    return bounced;
  }
  for (const auto& child : message.children()) {
    if (child.ns() != ns_jmi || child.attribute("id") != sid_ || bare(from) != bare(peer_)) continue;
    const auto step = child.name();
    if (step == "ringing") outlet_.tell(CallProgress{step});
    if (step == "proceed" && state_ == State::proposed) {
      outlet_.tell(CallProgress{step});
      proceed_to(from);
    }
    if (step == "reject") finish(reason_of(child) == "success" ? "decline" : reason_of(child), true);
    if (step == "retract") finish("cancel", true);
    if (step == "finish") finish(reason_of(child), true);
    return true;
  }
  return false;
}

bool JingleSession::take_iq(const Stanza& iq) {
  const auto from = iq.attribute("from");
  const bool ours = std::find(sent_.begin(), sent_.end(), iq.attribute("id")) != sent_.end() && from == peer_;
  if (ours && iq.attribute("type") == "error") return take_error(iq), true;
  const auto jingle = iq.child("jingle", ns_jingle);
  if (iq.attribute("type") != "set" || !jingle) return ours;
  const bool first = state_ == State::idle && jingle.attribute("action") == "session-initiate";
  if (!first && (jingle.attribute("sid") != sid_ || from != peer_)) return false;
  if (first) {
    sid_ = jingle.attribute("sid");
    peer_ = from;
    role_ = Role::responder;
    state_ = State::agreed;
  }
  outlet_.send(Stanza("iq", {}, {{"type", "result"}, {"id", iq.attribute("id")}, {"to", from}}));
  take_jingle(jingle);
  return true;
}

void JingleSession::take_jingle(const Stanza& jingle) {
  const auto action = jingle.attribute("action");
  if (action == "session-initiate" && role_ == Role::responder && state_ == State::agreed) take_initiate(jingle);
  if (action == "session-accept" && state_ == State::initiated) take_accept(jingle);
  if (action == "transport-info") take_transport(jingle);
  if (action == "session-terminate") finish(reason_of(jingle), true);
}

void JingleSession::take_initiate(const Stanza& jingle) {
  const auto sdp = sdp_from_jingle(jingle, Role::initiator);
  state_ = State::answering;
  outlet_.tell(CallProgress{"incoming"});
  if (!sdp) return end(sdp.error().reason == model::Reason::no_security ? "security-error" : "failed-application");
  for (const auto& content : jingle.children("content")) contents_.push_back(content.attribute("name"));
  outlet_.tell(RemoteOffer{*sdp});
}

void JingleSession::take_accept(const Stanza& jingle) {
  const auto sdp = sdp_from_jingle(jingle, Role::responder);
  if (!sdp) return end("failed-application");
  state_ = State::active;
  outlet_.tell(CallProgress{"accept"});
  outlet_.tell(RemoteAnswer{*sdp});
}

void JingleSession::take_transport(const Stanza& jingle) {
  for (const auto& content : jingle.children("content")) {
    const auto at = std::find(contents_.begin(), contents_.end(), content.attribute("name"));
    if (at == contents_.end()) continue;
    for (const auto& candidate : content.child("transport", ns_ice).children("candidate")) {
      const auto line = candidate_line(candidate);
      if (line) outlet_.tell(RemoteCandidate{static_cast<unsigned>(at - contents_.begin()), *line});
    }
  }
}

void JingleSession::take_error(const Stanza& iq) {
  const auto conditions = iq.child("error").children();
  finish(conditions.empty() ? "error" : conditions.front().name(), true);
}

void JingleSession::set_local_description(const std::string& sdp) {
  local_sdp_ = sdp;
  local_contents_ = content_transports(sdp);
  if (role_ == Role::initiator) {
    for (const auto& content : local_contents_) contents_.push_back(content.name);
  }
  send_description();
}

void JingleSession::send_description() {
  const bool offering = role_ == Role::initiator;
  if (local_sdp_.empty() || state_ != (offering ? State::agreed : State::answering)) return;
  auto element = jingle(offering ? "session-initiate" : "session-accept");
  element.set(offering ? "initiator" : "responder", own_);
  auto filled = fill_jingle(element, local_sdp_, {.writer = role_, .candidates = !trickle_});
  if (!filled) return end("failed-application");
  state_ = offering ? State::initiated : State::active;
  send_jingle(*filled);
  outlet_.tell(CallProgress{offering ? "initiate" : "accept"});
  for (const auto& [media, line] : std::exchange(waiting_candidates_, {})) send_candidate(media, line);
}

void JingleSession::add_local_candidate(unsigned media, const std::string& line) {
  if (state_ == State::initiated || state_ == State::active) return send_candidate(media, line);
  waiting_candidates_.emplace_back(media, line);
}

/// One content, one candidate, with both credentials: the form that every client understands.
void JingleSession::send_candidate(unsigned media, const std::string& line) {
  const auto candidate = candidate_element(line);
  if (!candidate || media >= local_contents_.size()) return;
  const auto& [name, ufrag, password] = local_contents_[media];
  Stanza transport("transport", ns_ice, {{"ufrag", ufrag}, {"pwd", password}});
  Stanza content("content", {}, {{"creator", "initiator"}, {"name", name}});
  send_jingle(jingle("transport-info").add(content.add(transport.add(*candidate))));
}

void JingleSession::end(const std::string& reason) {
  if (state_ == State::over || state_ == State::idle) return;
  if (state_ == State::proposed) {
    Stanza retract("retract", ns_jmi, {{"id", sid_}});
    send_message(peer_, retract.add(reason_element("cancel")));
    return finish("cancel", false);
  }
  if (state_ != State::agreed) send_jingle(jingle("session-terminate").add(reason_element(reason)));
  Stanza goodbye("finish", ns_jmi, {{"id", sid_}});
  if (rang_) send_message(peer_, goodbye.add(reason_element(reason)));
  finish(reason, false);
}

void JingleSession::finish(const std::string& reason, bool by_peer) {
  state_ = State::over;
  outlet_.tell(CallEnded{reason, by_peer});
}

std::string JingleSession::send_message(const std::string& to, const Stanza& payload) {
  const auto id = new_id();
  Stanza message("message", {}, {{"type", "chat"}, {"to", to}, {"id", id}});
  outlet_.send(message.add(payload).add(Stanza("store", "urn:xmpp:hints")));
  return id;
}

void JingleSession::send_jingle(const Stanza& jingle) {
  const auto id = new_id();
  const auto action = jingle.attribute("action");
  if (action == "session-initiate" || action == "session-accept") sent_.push_back(id);
  outlet_.send(Stanza("iq", {}, {{"type", "set"}, {"to", peer_}, {"id", id}}).add(jingle));
}

Stanza JingleSession::jingle(const std::string& action) const {
  return Stanza("jingle", ns_jingle, {{"action", action}, {"sid", sid_}});
}

}  // namespace rollcall::probe
