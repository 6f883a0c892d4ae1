#include "xmpp-component/stanza/message.h"

#include <algorithm>
#include <array>
#include <utility>

#include "xmpp-component/stanza/language.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::string_view nick_namespace = "http://jabber.org/protocol/nick";
constexpr std::string_view receipts_namespace = "urn:xmpp:receipts";
constexpr std::string_view hints_namespace = "urn:xmpp:hints";
constexpr std::string_view delay_namespace = "urn:xmpp:delay";
constexpr std::string_view old_delay_namespace = "jabber:x:delay";
constexpr std::string_view carbons_namespace = "urn:xmpp:carbons:2";

constexpr std::array types{std::pair{MessageType::normal, "normal"}, std::pair{MessageType::chat, "chat"},
                           std::pair{MessageType::groupchat, "groupchat"}, std::pair{MessageType::headline, "headline"},
                           std::pair{MessageType::error, "error"}};

/// Element and namespace.
constexpr auto encryption_elements =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"encrypted", "eu.siacs.conversations.axolotl"},
                                                                  {"encrypted", "urn:xmpp:omemo:2"},
                                                                  {"encrypted", "urn:xmpp:omemo:1"},
                                                                  {"encryption", "urn:xmpp:eme:0"},
                                                                  {"openpgp", "urn:xmpp:openpgp:0"},
                                                                  {"x", "jabber:x:encrypted"}});

MessageType type_of(const gloox::Tag& message) {
  const std::string& text = message.findAttribute("type");
  const auto found = std::ranges::find_if(types, [&](const auto& entry) { return entry.second == text; });
  return found == types.end() ? MessageType::normal : found->first;
}

/// The stanza's own namespace is that of its stream (jabber:component:accept), or none when built here.
const gloox::Tag* body_of(const gloox::Tag& message) {
  const gloox::Tag* first = nullptr;
  for (const gloox::Tag* child : message.children()) {
    if (!is(*child, "body", namespace_of(message))) continue;
    if (language_of(*child).empty()) return child;
    if (first == nullptr) first = child;
  }
  return first;
}

/// Whose bodies repeat, change or explain what was said before.
constexpr auto amending_elements =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"replace", "urn:xmpp:message-correct:0"},
                                                                  {"retract", "urn:xmpp:message-retract:1"},
                                                                  {"retract", "urn:xmpp:message-retract:0"},
                                                                  {"apply-to", "urn:xmpp:fasten:0"},
                                                                  {"reactions", "urn:xmpp:reactions:0"}});

bool is_amending(const gloox::Tag& message) {
  return std::ranges::any_of(amending_elements, [&](const auto& element) {
    return child_of(message, element.first, element.second) != nullptr;
  });
}

bool is_encrypted(const gloox::Tag& message) {
  return std::ranges::any_of(encryption_elements, [&](const auto& element) {
    return child_of(message, element.first, element.second) != nullptr;
  });
}

std::string text_of(const gloox::Tag* tag) {
  return tag == nullptr ? std::string() : tag->cdata();
}

}  // namespace

Message read_message(const gloox::Tag& tag) {
  Message message;
  message.type = type_of(tag);
  message.from = tag.findAttribute("from");
  message.to = tag.findAttribute("to");
  message.id = tag.findAttribute("id");
  message.language = language_of(tag);
  if (const gloox::Tag* body = body_of(tag)) message.body = body->cdata();
  message.nick = text_of(child_of(tag, "nick", nick_namespace));
  message.thread = text_of(child_of(tag, "thread", namespace_of(tag)));
  if (const gloox::Tag* received = child_of(tag, "received", receipts_namespace)) {
    message.receipt = received->findAttribute("id");
  }
  message.wants_receipt = child_of(tag, "request", receipts_namespace) != nullptr;
  message.store = child_of(tag, "store", hints_namespace) != nullptr;
  message.delayed =
      child_of(tag, "delay", delay_namespace) != nullptr || child_of(tag, "x", old_delay_namespace) != nullptr;
  message.carbon =
      child_of(tag, "sent", carbons_namespace) != nullptr || child_of(tag, "received", carbons_namespace) != nullptr;
  message.encrypted = is_encrypted(tag);
  message.amends = is_amending(tag);
  message.from_room = child_of(tag, "x", "http://jabber.org/protocol/muc#user") != nullptr;
  return message;
}

TagPtr write_message(const Message& message) {
  TagPtr tag = element("message", {});
  const auto type = std::ranges::find(types, message.type, [](const auto& entry) { return entry.first; });
  tag->addAttribute("type", type->second);
  tag->addAttribute("from", message.from);
  tag->addAttribute("to", message.to);
  tag->addAttribute("id", message.id);
  tag->addAttribute("xml:lang", message.language);
  if (message.body) add_child(*tag, "body").setCData(*message.body);
  if (!message.thread.empty()) add_child(*tag, "thread").setCData(message.thread);
  if (!message.nick.empty()) add_child(*tag, "nick", std::string(nick_namespace)).setCData(message.nick);
  if (message.receipt) {
    add_child(*tag, "received", std::string(receipts_namespace)).addAttribute("id", *message.receipt);
  }
  if (message.wants_receipt) add_child(*tag, "request", std::string(receipts_namespace));
  if (message.store) add_child(*tag, "store", std::string(hints_namespace));
  return tag;
}

bool is_spoken_to_us(const Message& message) {
  const bool is_talk = message.type == MessageType::chat || message.type == MessageType::normal;
  return is_talk && message.body && !trimmed(*message.body).empty() && !message.delayed && !message.carbon &&
         !message.encrypted && !message.amends && !message.from_room;
}

}  // namespace rollcall::component::stanza
