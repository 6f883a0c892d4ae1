#include <array>

#include "xmpp-component/stanza/jingle_names.h"
#include "xmpp-component/stanza/jingle_rtp.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::size_t most_contents = 16;
constexpr std::size_t longest_name = 256;  // bytes, of a sid or a content

std::optional<JingleAction> action_of(std::string_view text) {
  for (int at = 0; at <= static_cast<int>(JingleAction::transport_replace); ++at) {
    if (to_text(static_cast<JingleAction>(at)) == text) return static_cast<JingleAction>(at);
  }
  return std::nullopt;
}

std::optional<Condition> condition_of(std::string_view text) {
  for (int at = 0; at <= static_cast<int>(Condition::unsupported_transports); ++at) {
    if (to_text(static_cast<Condition>(at)) == text) return static_cast<Condition>(at);
  }
  return std::nullopt;
}

std::optional<Senders> senders_of(const gloox::Tag& content) {
  const std::string& text = content.findAttribute("senders");
  if (text == "both") return Senders::both;
  if (text == "initiator") return Senders::initiator;
  if (text == "responder") return Senders::responder;
  if (text == "none") return Senders::none;
  return std::nullopt;
}

Content content_of(const gloox::Tag& tag) {
  Content content;
  content.creator = tag.findAttribute("creator") == "responder" ? Party::responder : Party::initiator;
  content.name = tag.findAttribute("name");
  content.senders = senders_of(tag);
  for (const gloox::Tag* child : tag.children()) {
    if (is(*child, "description", ns::rtp)) {
      content.description = read_rtp(*child);
      content.foreign |= !content.description;
    } else if (is(*child, "transport", ns::ice)) {
      content.transport = read_ice(*child);
    } else if (child->name() == "description" || child->name() == "transport") {
      content.foreign = true;
    }
  }
  return content;
}

SessionInfo info_of(const gloox::Tag& tag) {
  using Kind = SessionInfo::Kind;
  constexpr std::array<std::pair<std::string_view, Kind>, 6> kinds{{{"active", Kind::active},
                                                                    {"hold", Kind::hold},
                                                                    {"unhold", Kind::unhold},
                                                                    {"mute", Kind::mute},
                                                                    {"unmute", Kind::unmute},
                                                                    {"ringing", Kind::ringing}}};
  SessionInfo info{Kind::unknown, tag.findAttribute("name")};
  if (namespace_of(tag) != ns::rtp_info) return info;
  for (const auto& [word, kind] : kinds) {
    if (tag.name() == word) info.kind = kind;
  }
  return info;
}

std::vector<std::string> bundle_of(const gloox::Tag& group) {
  std::vector<std::string> names;
  if (group.findAttribute("semantics") != "BUNDLE") return names;
  for (const gloox::Tag* child : group.children()) {
    const std::string& name = child->findAttribute("name");
    if (child->name() == "content" && !name.empty() && names.size() < most_contents) names.push_back(name);
  }
  return names;
}

model::Expected<void> add_content(Jingle& jingle, Content content) {
  if (content.name.empty()) return model::refuse(model::Reason::bad_request, "content name");
  if (content.name.size() > longest_name) return model::refuse(model::Reason::bad_request, "long content name");
  if (jingle.contents.size() == most_contents) return model::refuse(model::Reason::bad_request, "too many contents");
  for (const Content& other : jingle.contents) {
    if (other.name == content.name) return model::refuse(model::Reason::bad_request, content.name);
  }
  jingle.contents.push_back(std::move(content));
  return {};
}

model::Expected<void> add_child_of_jingle(Jingle& jingle, const gloox::Tag& child) {
  if (is(child, "content", ns::jingle)) return add_content(jingle, content_of(child));
  if (is(child, "group", ns::grouping)) {
    if (auto names = bundle_of(child); !names.empty()) jingle.bundle = std::move(names);
  } else if (is(child, "reason", ns::jingle)) {
    jingle.reason = read_reason(child);
  } else if (jingle.action == JingleAction::session_info && jingle.infos.size() < most_contents) {
    jingle.infos.push_back(info_of(child));
  }
  return {};
}

}  // namespace

JingleReason read_reason(const gloox::Tag& reason) {
  JingleReason read{Condition::general_error};
  for (const gloox::Tag* child : reason.children()) {
    if (child->name() == "text") read.text = std::string(trimmed(child->cdata()));
    if (const auto condition = condition_of(child->name())) read.condition = *condition;
  }
  return read;
}

model::Expected<Jingle> read_jingle(const gloox::Tag& tag) {
  const auto action = action_of(tag.findAttribute("action"));
  Jingle jingle;
  jingle.sid = tag.findAttribute("sid");
  if (!action) return model::refuse(model::Reason::bad_request, tag.findAttribute("action"));
  if (jingle.sid.empty() || jingle.sid.size() > longest_name) return model::refuse(model::Reason::bad_request, "sid");
  jingle.action = *action;
  jingle.initiator = tag.findAttribute("initiator");
  jingle.responder = tag.findAttribute("responder");
  for (const gloox::Tag* child : tag.children()) {
    if (auto added = add_child_of_jingle(jingle, *child); !added) return tl::unexpected(added.error());
  }
  return jingle;
}

}  // namespace rollcall::component::stanza
