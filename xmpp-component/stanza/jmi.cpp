#include "xmpp-component/stanza/jmi.h"

#include <array>

#include "xmpp-component/stanza/jingle_names.h"

namespace rollcall::component::stanza {
namespace {

using Kind = CallMessage::Kind;

const std::string jmi_ns{jmi_namespace};
const std::string receipts_ns = "urn:xmpp:receipts";
const std::string hints_ns = "urn:xmpp:hints";
constexpr std::size_t longest_sid = 256;  // bytes, as in <jingle/>

constexpr std::array<std::pair<Kind, const char*>, 7> words{{{Kind::propose, "propose"},
                                                             {Kind::ringing, "ringing"},
                                                             {Kind::proceed, "proceed"},
                                                             {Kind::accept, "accept"},
                                                             {Kind::reject, "reject"},
                                                             {Kind::retract, "retract"},
                                                             {Kind::finish, "finish"}}};

/// What those whom we invite may answer.
constexpr std::array<std::pair<Kind, const char*>, 3> invite_words{
    {{Kind::proceed, "accept"}, {Kind::reject, "reject"}, {Kind::finish, "left"}}};

std::string word_of(Kind kind) {
  for (const auto& [candidate, word] : words) {
    if (candidate == kind) return word;
  }
  __builtin_unreachable();
}

void read_children(CallMessage& call, const gloox::Tag& tag) {
  for (const gloox::Tag* child : tag.children()) {
    if (is(*child, "description", ns::rtp)) {
      call.audio |= child->findAttribute("media") == "audio";
      call.video |= child->findAttribute("media") == "video";
    } else if (child->name() == "reason") {
      call.reason = read_reason(*child);
    } else if (child->name() == "tie-break") {
      call.tie_break = true;
    }
  }
}

std::optional<CallMessage> read_invite_answer(const gloox::Tag& element) {
  const std::string& id = element.findAttribute("id");
  for (const auto& [kind, word] : invite_words) {
    if (element.name() != word || id.empty() || id.size() > longest_sid) continue;
    return CallMessage{.kind = kind, .sid = id, .by_invite = true};
  }
  return std::nullopt;
}

/// Dino wants the id in the element too.
void write_invite(gloox::Tag& message, const CallMessage& call) {
  const char* word = call.kind == Kind::propose ? "invite" : call.kind == Kind::retract ? "retract" : "left";
  gloox::Tag& element = add_child(message, word, std::string(call_invites_namespace));
  element.addAttribute("id", call.sid);
  if (call.kind != Kind::propose) return;
  element.addAttribute("video", call.video ? "true" : "false");
  add_child(element, "jingle").addAttribute("sid", call.sid);
}

TagPtr message(const std::string& from, const std::string& to, const std::string& id) {
  TagPtr tag = element("message", {});
  tag->addAttribute("type", "chat");
  tag->addAttribute("from", from);
  tag->addAttribute("to", to);
  tag->addAttribute("id", id);
  return tag;
}

void write_media(gloox::Tag& propose, const char* media) {
  add_child(propose, "description", ns::rtp).addAttribute("media", media);
}

}  // namespace

std::optional<CallMessage> read_call_message(const gloox::Tag& message) {
  std::optional<CallMessage> last;
  for (const gloox::Tag* child : message.children()) {
    if (namespace_of(*child) == call_invites_namespace) {
      if (const auto answer = read_invite_answer(*child)) last = answer;
      continue;
    }
    if (namespace_of(*child) != jmi_ns) continue;
    for (const auto& [kind, word] : words) {
      const std::string& sid = child->findAttribute("id");
      if (child->name() != word || sid.empty() || sid.size() > longest_sid) continue;
      last = CallMessage{.kind = kind, .sid = sid};
      read_children(*last, *child);
    }
  }
  return last;
}

TagPtr write_call_message(const CallMessage& call, const std::string& from, const std::string& to,
                          const std::string& id) {
  TagPtr tag = message(from, to, id);
  if (call.by_invite) {
    write_invite(*tag, call);
    add_child(*tag, "store", hints_ns);
    return tag;
  }
  gloox::Tag& element = add_child(*tag, word_of(call.kind), jmi_ns);
  element.addAttribute("id", call.sid);
  if (call.audio) write_media(element, "audio");
  if (call.video) write_media(element, "video");
  if (call.reason) write_reason(element, *call.reason, ns::jingle);
  if (call.tie_break) add_child(element, "tie-break");
  add_child(*tag, "store", hints_ns);
  return tag;
}

bool wants_receipt(const gloox::Tag& message) {
  return child_of(message, "request", receipts_ns) != nullptr;
}

TagPtr write_receipt(const std::string& received_id, const std::string& from, const std::string& to,
                     const std::string& id) {
  TagPtr tag = message(from, to, id);
  add_child(*tag, "received", receipts_ns).addAttribute("id", received_id);
  add_child(*tag, "store", hints_ns);
  return tag;
}

}  // namespace rollcall::component::stanza
