// What outlives a restart, as the text of an XML element: the descriptions are Jingle already.
#include <gloox/parser.h>
#include <gloox/taghandler.h>

#include "xmpp-component/jingle/call.h"

namespace rollcall::component::jingle {
namespace {

const std::string signalling_namespace = "urn:rollcall:signalling:0";

struct Keeper : gloox::TagHandler {
  void handleTag(gloox::Tag* tag) override { kept.reset(tag->clone()); }
  stanza::TagPtr kept;
};

bool flag(const gloox::Tag& tag, const char* name) {
  return tag.findAttribute(name) == "1";
}

model::Expected<Call> refuse() {
  return model::refuse(model::Reason::bad_request, "kept signalling");
}

}  // namespace

std::string write_signalling(const Call& call) {
  stanza::TagPtr tag = stanza::element("call", signalling_namespace);
  tag->addAttribute("contact", call.contact.text());
  tag->addAttribute("peer", call.peer.text());
  tag->addAttribute("initiator", call.we == Party::initiator ? "1" : "0");
  tag->addAttribute("announced", call.announced && !call.by_invite ? "1" : "0");
  tag->addAttribute("grouped", call.grouped ? "1" : "0");
  tag->addAttribute("session-accept", call.upgrade_answer == UpgradeAnswer::session_accept ? "1" : "0");
  stanza::Jingle theirs{.action = stanza::JingleAction::session_info, .sid = call.sid};
  theirs.contents = contents_of(call.theirs, call.they(), call.creators);
  if (call.grouped) theirs.bundle = mids_of(call.theirs);
  for (stanza::Content& content : theirs.contents) {
    if (content.transport) content.transport->candidates.clear();
  }
  tag->addChild(stanza::write_jingle(theirs).release());
  return tag->xml();
}

model::Expected<Call> read_signalling(std::string_view text) {
  Keeper keeper;
  gloox::Parser parser(&keeper);
  std::string data(text);
  if (text.find('<', 1) == std::string_view::npos || parser.feed(data) >= 0 || !keeper.kept) return refuse();
  const gloox::Tag& tag = *keeper.kept;
  const gloox::Tag* inner = stanza::child_of(tag, "jingle", stanza::jingle_namespace);
  const auto contact = Address::parse(tag.findAttribute("contact"));
  const auto peer = Address::parse(tag.findAttribute("peer"));
  if (!stanza::is(tag, "call", signalling_namespace) || inner == nullptr || !contact || !peer) return refuse();
  const auto jingle = stanza::read_jingle(*inner);
  if (!jingle) return refuse();

  Call call{.contact = *contact, .peer = *peer, .sid = jingle->sid};
  call.we = flag(tag, "initiator") ? Party::initiator : Party::responder;
  call.announced = flag(tag, "announced");
  call.grouped = flag(tag, "grouped");
  if (flag(tag, "session-accept")) call.upgrade_answer = UpgradeAnswer::session_accept;
  auto theirs = describe(*jingle, call.they());
  if (!theirs) return refuse();
  call.theirs = std::move(*theirs);
  for (const stanza::Content& content : jingle->contents) call.creators[content.name] = content.creator;
  return call;
}

}  // namespace rollcall::component::jingle
