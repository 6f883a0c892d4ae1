#include "xmpp-component/stanza/jingle_names.h"
#include "xmpp-component/stanza/jingle_rtp.h"

namespace rollcall::component::stanza {
namespace {

const char* to_text(Senders senders) {
  switch (senders) {
    case Senders::both:
      return "both";
    case Senders::initiator:
      return "initiator";
    case Senders::responder:
      return "responder";
    case Senders::none:
      return "none";
  }
  __builtin_unreachable();
}

const char* name_of(SessionInfo::Kind kind) {
  switch (kind) {
    case SessionInfo::Kind::active:
      return "active";
    case SessionInfo::Kind::hold:
      return "hold";
    case SessionInfo::Kind::unhold:
      return "unhold";
    case SessionInfo::Kind::mute:
      return "mute";
    case SessionInfo::Kind::unmute:
      return "unmute";
    case SessionInfo::Kind::ringing:
      return "ringing";
    case SessionInfo::Kind::ping:
    case SessionInfo::Kind::unknown:
      return nullptr;
  }
  __builtin_unreachable();
}

void write_content(gloox::Tag& jingle, const Content& content, bool answering) {
  gloox::Tag& tag = add_child(jingle, "content");
  tag.addAttribute("creator", content.creator == Party::initiator ? "initiator" : "responder");
  tag.addAttribute("name", content.name);
  if (content.senders) tag.addAttribute("senders", to_text(*content.senders));
  if (content.description) write_rtp(tag, *content.description);
  if (content.transport) write_ice(tag, *content.transport, answering);
}

void write_info(gloox::Tag& jingle, const SessionInfo& info) {
  const char* name = name_of(info.kind);
  if (name == nullptr) return;
  gloox::Tag& tag = add_child(jingle, name, ns::rtp_info);
  if (!info.name.empty()) tag.addAttribute("name", info.name);
}

void write_group(gloox::Tag& jingle, const std::vector<std::string>& names) {
  if (names.empty()) return;
  gloox::Tag& group = add_child(jingle, "group", ns::grouping);
  group.addAttribute("semantics", "BUNDLE");
  for (const std::string& name : names) add_child(group, "content").addAttribute("name", name);
}

}  // namespace

void write_reason(gloox::Tag& parent, const JingleReason& reason, const std::string& name_space) {
  gloox::Tag& tag = add_child(parent, "reason", name_space);
  add_child(tag, std::string(to_text(reason.condition)));
  if (!reason.text.empty()) add_child(tag, "text").setCData(reason.text);
}

TagPtr write_jingle(const Jingle& jingle) {
  TagPtr tag = element("jingle", ns::jingle);
  tag->addAttribute("action", std::string(to_text(jingle.action)));
  tag->addAttribute("sid", jingle.sid);
  if (!jingle.initiator.empty()) tag->addAttribute("initiator", jingle.initiator);
  if (!jingle.responder.empty()) tag->addAttribute("responder", jingle.responder);
  write_group(*tag, jingle.bundle);
  const bool answering = jingle.action == JingleAction::session_accept || jingle.action == JingleAction::content_accept;
  for (const Content& content : jingle.contents) write_content(*tag, content, answering);
  for (const SessionInfo& info : jingle.infos) write_info(*tag, info);
  if (jingle.reason) write_reason(*tag, *jingle.reason);
  return tag;
}

}  // namespace rollcall::component::stanza
