#include "allocator/model/modes.h"

#include <algorithm>
#include <array>

namespace rollcall::model {
namespace {

using enum CommunicationMode;

struct Spelling {
  CommunicationMode mode;
  std::string_view text;
  std::string_view mark;
};
constexpr std::array spellings{Spelling{computer, "computer", ""},
                               Spelling{cellular, "cellular", "mobile"},
                               Spelling{pstn, "pstn", "telephone"},
                               Spelling{gateway, "gateway", "gateway"},
                               Spelling{video_conferencing_standard, "video_conferencing_standard", "room system"},
                               Spelling{isdn, "isdn", "ISDN"},
                               Spelling{atm, "atm", "ATM"}};

constexpr std::size_t longest_number = 32;  // digits of an international number are 15; prefixes and sub-addresses
constexpr std::size_t longest_address = 255;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The text behind `scheme:`, whatever the case; none: it begins otherwise.
std::optional<std::string_view> behind(std::string_view text, std::string_view scheme) {
  if (text.size() <= scheme.size() || text[scheme.size()] != ':') return std::nullopt;
  const bool fits = std::ranges::equal(text.substr(0, scheme.size()), scheme, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  });
  return fits ? std::optional(text.substr(scheme.size() + 1)) : std::nullopt;
}

std::string_view without(std::string_view text, std::string_view scheme) {
  return behind(text, scheme).value_or(text);
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// A number as people write it: blanks, dashes, brackets and slashes only make it readable.
std::string plain_number(std::string_view text) {
  std::string number;
  for (const char c : text) {
    if (std::string_view(" -()/.").find(c) == std::string_view::npos) number += c;
  }
  return number;
}

bool is_number(std::string_view text, std::size_t least) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= least && text.size() <= longest_number && std::ranges::all_of(text, is_digit);
}

/// `301234567` or `301234567^3333`: a number, and the sub-address that a gateway is told behind it (TCS-4).
bool is_number_with_sub_address(std::string_view text) {
  if (text.size() > longest_number) return false;
  const auto mark = text.find('^');
  const std::string_view sub = mark == std::string_view::npos ? "" : text.substr(mark + 1);
  const bool sub_fits = std::ranges::all_of(sub, [](char c) { return is_digit(c) || c == '*' || c == '#'; });
  return is_number(text.substr(0, mark), 1) && sub_fits && (mark == std::string_view::npos || !sub.empty());
}

/// Nothing that a SIP address could be continued with: no parameters, headers, quotes, brackets or blanks.
bool is_plain_of_uri(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("-_.!~*'+=&,$%#").find(c) != std::string_view::npos;
}

bool is_host(std::string_view text) {
  const bool fits = std::ranges::all_of(text, [](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
  return fits && !text.empty();
}

/// `sip:room@vc.example`, `sips:…`, `h323:…`; a bare `room@vc.example` is SIP.
std::optional<std::string> standard_address(std::string_view text) {
  std::string scheme = "sip";
  for (const char* known : {"sips", "sip", "h323"}) {
    if (const auto rest = behind(text, known)) {
      scheme = known;
      text = *rest;
      break;
    }
  }
  const auto at = text.rfind('@');
  const std::string_view user = at == std::string_view::npos ? "" : text.substr(0, at);
  const std::string_view host = at == std::string_view::npos ? text : text.substr(at + 1);
  const bool user_fits = at == std::string_view::npos || (!user.empty() && std::ranges::all_of(user, is_plain_of_uri));
  if (!user_fits || !is_host(host) || host.starts_with('-')) return std::nullopt;
  return scheme + ":" + std::string(text);
}

bool is_in_a_day(std::chrono::minutes time) {
  return time >= std::chrono::minutes(0) && time < std::chrono::hours(24);
}

}  // namespace

std::string_view to_text(CommunicationMode mode) {
  return std::ranges::find(spellings, mode, &Spelling::mode)->text;
}

std::optional<CommunicationMode> mode_from_text(std::string_view text) {
  const auto* const found = std::ranges::find(spellings, text, &Spelling::text);
  return found == spellings.end() ? std::nullopt : std::optional(found->mode);
}

std::string_view mark_of(CommunicationMode mode) {
  return std::ranges::find(spellings, mode, &Spelling::mode)->mark;
}

Expected<std::string> address_for(CommunicationMode mode, std::string_view written) {
  const std::string address = trimmed(written);
  const auto refusal = refuse(Reason::bad_address, address.substr(0, longest_address));
  if (address.size() > longest_address) return refusal;
  switch (mode) {
    case computer: {
      const auto jabber = Address::parse(address);
      if (address.empty()) return address;
      return jabber && !jabber->node().empty() ? Expected<std::string>(jabber->text()) : refusal;
    }
    case cellular:
    case pstn: {
      const std::string number = plain_number(without(address, "tel"));
      return is_number(number, 3) ? Expected<std::string>(number) : refusal;
    }
    case isdn:
    case atm: {
      const std::string number = plain_number(without(without(address, "isdn"), "atm"));
      return is_number_with_sub_address(number) ? Expected<std::string>(number) : refusal;
    }
    case video_conferencing_standard: {
      const auto uri = standard_address(address);
      return uri ? Expected<std::string>(*uri) : refusal;
    }
    case gateway: {
      const std::string_view text = without(address, "gateway");
      const bool fits = !text.empty() && std::ranges::all_of(text, is_plain_of_uri);
      return fits ? Expected<std::string>(std::string(text)) : refusal;
    }
  }
  __builtin_unreachable();
}

std::optional<Endpoint> endpoint_from_text(std::string_view text) {
  constexpr std::array schemes{std::pair{"tel", pstn},
                               std::pair{"pstn", pstn},
                               std::pair{"mobile", cellular},
                               std::pair{"cellular", cellular},
                               std::pair{"sip", video_conferencing_standard},
                               std::pair{"sips", video_conferencing_standard},
                               std::pair{"h323", video_conferencing_standard},
                               std::pair{"isdn", isdn},
                               std::pair{"atm", atm},
                               std::pair{"gateway", gateway}};
  const bool is_plain = text.starts_with('+') && is_number(plain_number(text), 3);
  if (is_plain) return Endpoint{pstn, plain_number(text)};
  for (const auto& [scheme, mode] : schemes) {
    const auto rest = behind(text, scheme);
    if (!rest) continue;
    const auto address = address_for(mode, mode == video_conferencing_standard ? text : *rest);
    return address ? std::optional(Endpoint{mode, *address}) : std::nullopt;
  }
  return std::nullopt;
}

Expected<Modes> checked(Modes modes) {
  if (modes.entries.size() > most_modes) {
    return refuse(Reason::bad_request, "more than " + std::to_string(most_modes) + " modes");
  }
  for (ModeEntry& entry : modes.entries) {
    auto address = address_for(entry.mode, entry.address);
    if (!address) return tl::unexpected(address.error());
    if (entry.mode != computer && address->empty()) return refuse(Reason::bad_address, entry.label);
    entry.address = std::move(*address);
    entry.label = trimmed(entry.label);
    if (entry.label.size() > longest_mode_label) return refuse(Reason::bad_request, entry.label);
    if (entry.hours && (!is_in_a_day(entry.hours->from) || !is_in_a_day(entry.hours->until))) {
      return refuse(Reason::bad_request, entry.address);
    }
  }
  return modes;
}

std::string international(std::string_view number, std::string_view country) {
  if (number.starts_with("00")) return "+" + std::string(number.substr(2));
  if (number.starts_with('0') && !country.empty()) return "+" + std::string(country) + std::string(number.substr(1));
  return std::string(number);
}

}  // namespace rollcall::model
