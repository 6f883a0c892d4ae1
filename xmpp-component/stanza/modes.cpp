#include "xmpp-component/stanza/modes.h"

#include <algorithm>
#include <cstdlib>

namespace rollcall::component::stanza {
namespace {

using model::CommunicationMode;
using model::ModeEntry;
using model::Reason;
using std::chrono::minutes;

std::optional<int> two_digits(std::string_view text) {
  const bool is_number = text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::optional((text[0] - '0') * 10 + (text[1] - '0')) : std::nullopt;
}

/// `08:30`
std::optional<minutes> time_in(std::string_view text, int highest_hour) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3));
  if (!hour || !minute || *hour > highest_hour || *minute > 59) return std::nullopt;
  return std::chrono::hours(*hour) + minutes(*minute);
}

std::optional<minutes> offset_in(std::string_view text) {
  if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
  const auto offset = time_in(text.substr(1), 14);
  if (!offset) return std::nullopt;
  return text.starts_with('-') ? -*offset : *offset;
}

std::string clock_text(minutes time) {
  const auto two = [](minutes::rep number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(time.count() / 60) + ":" + two(time.count() % 60);
}

model::Expected<std::optional<model::DailyHours>> hours_of(const gloox::Tag& tag) {
  const bool is_any = tag.hasAttribute("from") || tag.hasAttribute("until") || tag.hasAttribute("offset");
  if (!is_any) return std::nullopt;
  const auto from = time_in(tag.findAttribute("from"), 23);
  const auto until = time_in(tag.findAttribute("until"), 23);
  const auto offset = offset_in(tag.findAttribute("offset"));
  if (!from || !until || (tag.hasAttribute("offset") && !offset)) return model::refuse(Reason::bad_request, "hours");
  return model::DailyHours{*from, *until, offset};
}

model::Expected<bool> truth_of(const gloox::Tag& tag, const std::string& name, bool standard) {
  if (!tag.hasAttribute(name)) return standard;
  const std::string text = tag.findAttribute(name);
  if (text != "true" && text != "false") return model::refuse(Reason::bad_request, name);
  return text == "true";
}

model::Expected<ModeEntry> read_entry(const gloox::Tag& tag) {
  const auto mode = model::mode_from_text(tag.findAttribute("type"));
  if (!mode) return model::refuse(Reason::bad_request, "type " + tag.findAttribute("type").substr(0, 40));
  const auto hours = hours_of(tag);
  if (!hours) return tl::unexpected(hours.error());
  const auto ring = truth_of(tag, "ring", true);
  if (!ring) return tl::unexpected(ring.error());
  return ModeEntry{*mode, tag.findAttribute("address"), tag.findAttribute("label"), *hours, *ring};
}

/// What can be called; the rest of a vCard is not for us to judge.
void add(model::Modes& modes, CommunicationMode mode, std::string_view number) {
  auto address = model::address_for(mode, number);
  const bool is_known =
      address && std::ranges::any_of(modes.entries, [&](const ModeEntry& entry) { return entry.address == *address; });
  if (!address || is_known || modes.entries.size() == model::most_modes) return;
  modes.entries.push_back({.mode = mode, .address = std::move(*address)});
}

std::string lower(std::string_view text) {
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return folded;
}

/// By which mode a telephone of these types is reached; none: it is no telephone to talk by.
std::optional<CommunicationMode> mode_of(const std::vector<std::string>& types) {
  const auto has = [&](std::string_view type) {
    return std::ranges::any_of(types, [&](const std::string& one) { return lower(one) == type; });
  };
  if (has("cell") || has("pcs")) return CommunicationMode::cellular;
  if (has("isdn")) return CommunicationMode::isdn;
  const bool is_silent =
      (has("fax") || has("pager") || has("textphone") || has("modem") || has("bbs")) && !has("voice");
  return is_silent ? std::nullopt : std::optional(CommunicationMode::pstn);
}

void add_telephone(model::Modes& modes, const std::vector<std::string>& types, std::string_view number) {
  const std::string scheme = lower(number.substr(0, number.find(':')));
  if (scheme == "sip" || scheme == "sips") return add(modes, CommunicationMode::video_conferencing_standard, number);
  if (const auto mode = mode_of(types)) add(modes, *mode, number.substr(0, number.find(';')));
}

}  // namespace

model::Expected<model::Modes> read_modes(const gloox::Tag& tag) {
  model::Modes modes;
  if (tag.hasAttribute("ring")) {
    const std::string ring = tag.findAttribute("ring");
    if (ring != "in-turn" && ring != "at-once") return model::refuse(Reason::bad_request, "ring");
    modes.at_once = ring == "at-once";
  }
  for (const gloox::Tag* child : tag.children()) {
    if (!is(*child, "mode", modes_namespace)) continue;
    auto entry = read_entry(*child);
    if (!entry) return tl::unexpected(entry.error());
    modes.entries.push_back(std::move(*entry));
  }
  return model::checked(std::move(modes));
}

TagPtr write_modes(const model::Modes& modes) {
  TagPtr tag = element("modes", std::string(modes_namespace));
  if (modes.at_once) tag->addAttribute("ring", "at-once");
  for (const ModeEntry& entry : modes.entries) {
    gloox::Tag& mode = add_child(*tag, "mode");
    mode.addAttribute("type", std::string(model::to_text(entry.mode)));
    mode.addAttribute("address", entry.address);
    mode.addAttribute("label", entry.label);
    if (entry.hours) {
      mode.addAttribute("from", clock_text(entry.hours->from));
      mode.addAttribute("until", clock_text(entry.hours->until));
      if (const auto offset = entry.hours->offset) {
        mode.addAttribute("offset", (offset->count() < 0 ? "-" : "+") + clock_text(minutes(std::abs(offset->count()))));
      }
    }
    if (!entry.ring) mode.addAttribute("ring", "false");
  }
  return tag;
}

model::Modes modes_of_vcard4(const gloox::Tag& vcard) {
  model::Modes modes;
  for (const gloox::Tag* tel : vcard.children()) {
    if (!is(*tel, "tel", vcard4_namespace)) continue;
    std::vector<std::string> types;
    std::string number;
    for (const gloox::Tag* child : tel->children()) {
      if (child->name() == "uri" || child->name() == "text") number = child->cdata();
      const gloox::Tag* type = child->name() == "parameters" ? child_of(*child, "type", vcard4_namespace) : nullptr;
      if (type == nullptr) continue;
      for (const gloox::Tag* text : type->children()) types.push_back(text->cdata());
    }
    add_telephone(modes, types, trimmed(number));
  }
  return modes;
}

model::Modes modes_of_vcard(const VCard& vcard) {
  model::Modes modes;
  for (const Telephone& telephone : vcard.telephones) add_telephone(modes, telephone.types, telephone.number);
  return modes;
}

}  // namespace rollcall::component::stanza
