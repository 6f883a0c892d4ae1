#include "xmpp-component/stanza/presence.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace rollcall::component::stanza {
namespace {

constexpr std::string_view nick_namespace = "http://jabber.org/protocol/nick";
constexpr std::string_view caps_namespace = "http://jabber.org/protocol/caps";
constexpr std::string_view photo_namespace = "vcard-temp:x:update";

constexpr std::array all_types{PresenceType::available,  PresenceType::unavailable, PresenceType::subscribe,
                               PresenceType::subscribed, PresenceType::unsubscribe, PresenceType::unsubscribed,
                               PresenceType::probe,      PresenceType::error};
constexpr std::array all_shows{Show::online, Show::chat, Show::away, Show::xa, Show::dnd};

Show show_of(const gloox::Tag* tag) {
  if (tag == nullptr) return Show::online;
  const std::string text(trimmed(tag->cdata()));
  const auto found = std::ranges::find_if(all_shows, [&](Show show) { return to_text(show) == text; });
  return found == all_shows.end() ? Show::online : *found;
}

int priority_of(const gloox::Tag* tag) {
  if (tag == nullptr) return 0;
  const std::string cdata = tag->cdata();
  const std::string_view text = trimmed(cdata);
  int priority = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), priority);
  return error == std::errc{} && end == text.data() + text.size() ? std::clamp(priority, -128, 127) : 0;
}

void write_details(gloox::Tag& tag, const Presence& presence) {
  if (presence.show != Show::online) add_child(tag, "show").setCData(std::string(to_text(presence.show)));
  if (!presence.status.empty()) add_child(tag, "status").setCData(presence.status);
  if (presence.priority != 0) add_child(tag, "priority").setCData(std::to_string(presence.priority));
  if (!presence.nick.empty()) add_child(tag, "nick", std::string(nick_namespace)).setCData(presence.nick);
  if (presence.caps) {
    gloox::Tag& c = add_child(tag, "c", std::string(caps_namespace));
    c.addAttribute("hash", presence.caps->hash);
    c.addAttribute("node", presence.caps->node);
    c.addAttribute("ver", presence.caps->ver);
  }
  if (presence.photo_hash) {
    add_child(add_child(tag, "x", std::string(photo_namespace)), "photo").setCData(*presence.photo_hash);
  }
}

}  // namespace

std::optional<Presence> read_presence(const gloox::Tag& tag) {
  const std::string& type = tag.findAttribute("type");
  const auto known = std::ranges::find_if(all_types, [&](PresenceType each) { return to_text(each) == type; });
  if (known == all_types.end()) return std::nullopt;
  Presence presence;
  presence.type = *known;
  presence.from = tag.findAttribute("from");
  presence.to = tag.findAttribute("to");
  const std::string own = namespace_of(tag);
  presence.show = show_of(child_of(tag, "show", own));
  if (const gloox::Tag* status = child_of(tag, "status", own)) presence.status = status->cdata();
  presence.priority = priority_of(child_of(tag, "priority", own));
  if (const gloox::Tag* nick = child_of(tag, "nick", nick_namespace)) presence.nick = nick->cdata();
  if (const gloox::Tag* c = child_of(tag, "c", caps_namespace)) {
    presence.caps = Caps{c->findAttribute("node"), c->findAttribute("ver"), c->findAttribute("hash")};
  }
  if (const gloox::Tag* update = child_of(tag, "x", photo_namespace)) {
    if (const gloox::Tag* photo = child_of(*update, "photo", photo_namespace)) presence.photo_hash = photo->cdata();
  }
  return presence;
}

TagPtr write_presence(const Presence& presence) {
  TagPtr tag = element("presence", {});
  if (presence.type != PresenceType::available) tag->addAttribute("type", std::string(to_text(presence.type)));
  tag->addAttribute("from", presence.from);
  tag->addAttribute("to", presence.to);
  write_details(*tag, presence);
  return tag;
}

std::string_view to_text(PresenceType type) {
  switch (type) {
    case PresenceType::available:
      return "";
    case PresenceType::unavailable:
      return "unavailable";
    case PresenceType::subscribe:
      return "subscribe";
    case PresenceType::subscribed:
      return "subscribed";
    case PresenceType::unsubscribe:
      return "unsubscribe";
    case PresenceType::unsubscribed:
      return "unsubscribed";
    case PresenceType::probe:
      return "probe";
    case PresenceType::error:
      return "error";
  }
  __builtin_unreachable();
}

std::string_view to_text(Show show) {
  switch (show) {
    case Show::online:
      return "";
    case Show::chat:
      return "chat";
    case Show::away:
      return "away";
    case Show::xa:
      return "xa";
    case Show::dnd:
      return "dnd";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::component::stanza
