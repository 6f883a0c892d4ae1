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
