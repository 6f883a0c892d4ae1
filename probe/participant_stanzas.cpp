#include "probe/invitation.h"
#include "probe/participant.h"
#include "probe/pattern.h"

namespace rollcall::probe {
namespace {

constexpr auto ns_disco = "http://jabber.org/protocol/disco#info";

/// Kept by the server while we were away (XEP-0203): the call or the question is over.
bool is_old(const Stanza& message) {
  return static_cast<bool>(message.child("delay", "urn:xmpp:delay"));
}

}  // namespace

void Participant::log_in() {
  logged_in_ = now();
  report_.event("login", {{"address", session_.address()}});
  session_.request(Roster::query(), [this](const Stanza& iq) { roster_.take_roster(iq); });
  Stanza presence("presence");
  presence.add(disco_.caps());
  if (!options_.name.empty()) {
    presence.add(Stanza("nick", "http://jabber.org/protocol/nick").add_text(options_.name));
  }
  session_.send(presence);
  if (!options_.subscribe.empty()) roster_.subscribe(options_.subscribe);
  if (!options_.send_to.empty()) {
    Stanza message("message", {}, {{"type", "chat"}, {"to", options_.send_to}, {"id", new_id()}});
    session_.send(message.add(Stanza("body").add_text(options_.send_text)));
  }
  if (!options_.call.empty()) call(options_.call);
}

void Participant::take(const Stanza& stanza) {
  if (roster_.take(stanza, session_.address())) return;
  if (jingle_ && jingle_->take(stanza)) return;
  if (stanza.name() == "message") take_message(stanza);
  if (stanza.name() == "iq") take_iq(stanza);
}

void Participant::take_presence(const Presence& presence) {
  if (options_.watch) {
    report_.event("presence", {{"from", presence.from},
                               {"type", presence.type.empty() ? "available" : presence.type},
                               {"show", presence.show},
                               {"status", presence.status},
                               {"nick", presence.nick}});
  }
  try_direct_call();
}

void Participant::take_message(const Stanza& message) {
  const auto from = message.attribute("from");
  const auto body = message.child("body").text();
  const auto type = message.attribute("type");
  if (message.child("propose", ns_jmi)) return is_old(message) ? void() : take_proposal(message);
  if (body.empty() || type == "error") return;
  const bool old = is_old(message);
  report_.event("message", {{"from", from}, {"body", body}, {"delayed", old}});
  if (old) return;
  if (!options_.expected_reply.empty() && matches(body, options_.expected_reply)) {
    reply_seen_ = true;
  }
  if (!options_.wait_invite || jingle_ || !waiting_to_call_.empty()) return;
  const auto conference = invited_to(from, body);
  report_.event("invitation", {{"conference", conference}, {"body", body}});
  roster_.subscribe(conference);
  call(conference);
}

void Participant::take_proposal(const Stanza& message) {
  const auto from = message.attribute("from");
  if (bare(from) == bare(session_.address())) return;  // another of our own devices calls somebody
  report_.event("proposal", {{"from", from}});
  if (!options_.answer) return;
  if (!jingle_ || jingle_->over()) {
    measurements_.times.start = now();
    return new_call().accept_proposal(message);
  }
  Stanza reject("reject", ns_jmi, {{"id", message.child("propose", ns_jmi).attribute("id")}});
  reject.add(Stanza("reason", ns_jingle).add(Stanza("busy")));
  Stanza reply("message", {}, {{"type", "chat"}, {"to", from}, {"id", new_id()}});
  session_.send(reply.add(reject).add(Stanza("store", "urn:xmpp:hints")));
}

void Participant::take_iq(const Stanza& iq) {
  const auto type = iq.attribute("type");
  if (type != "get" && type != "set") return;
  Stanza reply("iq", {}, {{"id", iq.attribute("id")}, {"to", iq.attribute("from")}});
  const auto jingle = iq.child("jingle", ns_jingle);
  const auto query = iq.child("query", ns_disco);
  if (jingle.attribute("action") == "session-initiate" && options_.answer && (!jingle_ || jingle_->over())) {
    measurements_.times.start = now();
    new_call().take(iq);
    return;
  }
  if (query && type == "get")
    return session_.send(reply.set("type", "result").add(disco_.info(query.attribute("node"))));
  if (iq.child("ping", "urn:xmpp:ping")) return session_.send(reply.set("type", "result"));
  Stanza error("error", {}, {{"type", "cancel"}});
  const auto* condition = jingle ? "item-not-found" : "service-unavailable";
  error.add(Stanza(condition, XMPP_NS_STANZAS_IETF));
  if (jingle) error.add(Stanza("unknown-session", "urn:xmpp:jingle:errors:1"));
  session_.send(reply.set("type", "error").add(error));
}

}  // namespace rollcall::probe
