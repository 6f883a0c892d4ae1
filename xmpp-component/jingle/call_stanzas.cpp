#include <algorithm>

#include "xmpp-component/jingle/call.h"

namespace rollcall::component::jingle {

using stanza::Jingle;
using stanza::JingleAction;
using stanza::TagPtr;

namespace {

Jingle about(const Call& call, JingleAction action) {
  return {.action = action, .sid = call.sid};
}

Party creator_of(const Call& call, const std::string& mid) {
  const auto found = call.creators.find(mid);
  return found == call.creators.end() ? call.we : found->second;
}

/// JC-31: the contents of an answer come in the order of the offer.
std::vector<stanza::Content> in_their_order(const Call& call) {
  std::vector<stanza::Content> contents;
  for (const model::Media& media : call.theirs.media) {
    const model::Media* answer = find_media(call.ours, media.mid);
    if (answer == nullptr) continue;
    contents.push_back(content_of(call.ours, *answer, call.we, creator_of(call, media.mid)));
    contents.back().description->rtcp_mux = true;  // JC-33
  }
  return contents;
}

std::vector<std::string> names_of(const std::vector<stanza::Content>& contents) {
  std::vector<std::string> names;
  for (const stanza::Content& content : contents) names.push_back(content.name);
  return names;
}

}  // namespace

TagPtr jmi(const Call& call, stanza::CallMessage message, std::string id) {
  message.sid = call.sid;
  message.by_invite = call.by_invite;
  return stanza::write_call_message(message, call.contact.text(), call.peer.text(), id);
}

TagPtr iq_set(const Call& call, const Jingle& jingle, std::string id) {
  TagPtr tag = stanza::element("iq", {});
  tag->addAttribute("type", "set");
  tag->addAttribute("id", id);
  tag->addAttribute("from", call.contact.text());
  tag->addAttribute("to", call.peer.text());
  tag->addChild(stanza::write_jingle(jingle).release());
  return tag;
}

Jingle session_initiate(const Call& call) {
  Jingle jingle = about(call, JingleAction::session_initiate);
  jingle.initiator = call.contact.text();
  jingle.contents = contents_of(call.ours, call.we, call.creators);
  if (call.grouped) jingle.bundle = mids_of(call.ours);
  for (stanza::Content& content : jingle.contents) {
    content.description->rtcp_mux = true;  // JC-33
    if (content.transport) content.transport->trickle = true;
  }
  return jingle;
}

Jingle session_accept(const Call& call) {
  Jingle jingle = about(call, JingleAction::session_accept);
  jingle.responder = call.contact.text();
  jingle.contents = in_their_order(call);
  if (call.grouped) jingle.bundle = names_of(jingle.contents);
  return jingle;
}

Jingle content_accept(const Call& call, const PendingChange& change) {
  Jingle jingle = about(call, JingleAction::content_accept);
  std::vector<stanza::Content> all = in_their_order(call);
  if (call.grouped) jingle.bundle = names_of(all);
  for (stanza::Content& content : all) {
    if (std::ranges::find(change.mids, content.name) == change.mids.end()) continue;
    if (change.kind == PendingChange::Kind::two_step_add) content.senders = change.senders;
    jingle.contents.push_back(std::move(content));
  }
  return jingle;
}

Jingle content_modify_to_both(const Call& call, const PendingChange& change) {
  Jingle jingle = about(call, JingleAction::content_modify);
  for (const std::string& mid : change.mids) {
    jingle.contents.push_back({.creator = creator_of(call, mid), .name = mid, .senders = stanza::Senders::both});
  }
  return jingle;
}

Jingle content_reject(const Call& call, const std::vector<std::string>& mids, const stanza::JingleReason& reason) {
  Jingle jingle = about(call, JingleAction::content_reject);
  for (const std::string& mid : mids) jingle.contents.push_back({.creator = creator_of(call, mid), .name = mid});
  jingle.reason = reason;
  return jingle;
}

Jingle all_credentials(const Call& call) {
  Jingle jingle = about(call, JingleAction::transport_info);
  for (stanza::Content& content : in_their_order(call)) {
    content.senders.reset();
    content.description.reset();
    if (content.transport) content.transport->dtls.reset();
    jingle.contents.push_back(std::move(content));
  }
  return jingle;
}

Jingle goodbye(const Call& call, const stanza::JingleReason& reason) {
  Jingle jingle = about(call, JingleAction::session_terminate);
  jingle.reason = reason;
  return jingle;
}

TagPtr iq_error(IqError error) {
  const std::string stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas";
  TagPtr element = stanza::element("error", {});
  switch (error) {
    case IqError::bad_request:
      element->addAttribute("type", "modify");
      stanza::add_child(*element, "bad-request", stanzas);
      break;
    case IqError::unknown_session:
      element->addAttribute("type", "cancel");
      stanza::add_child(*element, "item-not-found", stanzas);
      stanza::add_child(*element, "unknown-session", std::string(stanza::jingle_errors_namespace));
      break;
  }
  return element;
}

}  // namespace rollcall::component::jingle
