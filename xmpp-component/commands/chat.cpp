#include "xmpp-component/commands/chat.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "allocator/model/fold.h"
#include "xmpp-component/commands/modes_text.h"

namespace rollcall::component::commands {
namespace {

using model::Address;
using model::Expected;
using model::Reason;

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view between_addresses = " \t\r\n,;";

std::string_view trim(std::string_view text) {
  const auto start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

std::string folded(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

/// `xmpp:juliet@example.org?message` → `juliet@example.org` (RFC 5122).
std::string_view without_scheme(std::string_view word) {
  constexpr std::string_view scheme = "xmpp:";
  if (folded(word.substr(0, scheme.size())) != scheme) return word;
  word.remove_prefix(scheme.size());
  return word.substr(0, word.find('?'));
}

/// Only what looks like a person's address: a domain alone is more likely a slip.
Expected<Address> person(std::string_view word) {
  auto address = Address::parse(without_scheme(word));
  if (!address || address->node().empty()) return model::refuse(Reason::bad_address, std::string(word));
  return address;
}

/// `… by pstn`, `… per Telefon`: the mode, and the text without it. None: it does not end so.
std::optional<model::CommunicationMode> take_mode(std::string_view& text) {
  const std::string_view whole = trim(text);
  const auto last = whole.find_last_of(blanks);
  if (last == std::string_view::npos) return std::nullopt;
  const std::string_view before = trim(whole.substr(0, last));
  const auto previous = before.find_last_of(blanks);
  const std::string by = folded(before.substr(previous == std::string_view::npos ? 0 : previous + 1));
  if (by != "by" && by != "per" && by != "via") return std::nullopt;
  const auto mode = mode_of_word(whole.substr(last + 1));
  if (mode) text = previous == std::string_view::npos ? std::string_view() : before.substr(0, previous);
  return mode;
}

/// Up to the next blank or comma; a number with blanks in it, `+49 30 1234567`, as a whole.
std::string take_word(std::string_view& text) {
  auto end = std::min(text.find_first_of(between_addresses), text.size());
  std::string word(text.substr(0, end));
  text.remove_prefix(end);
  while (word.starts_with('+') && text.starts_with(' ')) {
    const std::string_view next = text.substr(1, text.find_first_of(between_addresses, 1) - 1);
    if (next.empty() || next.find_first_not_of("0123456789()/-") != std::string_view::npos) break;
    word += next;
    text.remove_prefix(next.size() + 1);
  }
  return word;
}

struct Line {
  std::string word;       ///< the first one, in lower case
  std::string_view rest;  ///< trimmed
};

Line split(std::string_view text) {
  text = trim(text);
  if (must_be_command(text)) text.remove_prefix(1);
  const auto end = std::min(text.find_first_of(blanks), text.size());
  std::string word = model::fold(text.substr(0, end));
  while (!word.empty() && std::string_view("!?.").find(word.back()) != std::string_view::npos) word.pop_back();
  return {word, trim(text.substr(end))};
}

/// Enough to recognise it by, and no half of a UTF-8 character.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t enough = 60;
  text = trim(text);
  std::size_t end = std::min(enough, text.size());
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

model::Expected<Request> not_understood(std::string_view text) {
  return model::refuse(Reason::bad_request, beginning_of(text));
}

bool is_scheme(std::string_view text) {
  const std::string word = folded(text);
  return model::endpoint_from_text(word + ":host1").has_value() ||
         model::endpoint_from_text(word + ":1234").has_value();
}

/// `team: juliet@example.org`. A colon belongs to a name when what stands before it is no address and no scheme.
Expected<Request> start_conference(std::string_view rest) {
  StartConference request;
  const auto colon = rest.find(':');
  const std::string_view before = rest.substr(0, std::min(colon, rest.size()));
  const bool is_apart = colon + 1 < rest.size() && blanks.find(rest[colon + 1]) != std::string_view::npos;
  const bool is_of_address = folded(trim(before)) == "xmpp" || (is_scheme(trim(before)) && !is_apart);
  const bool has_name = colon != std::string_view::npos && before.find('@') == std::string_view::npos && !is_of_address;
  if (has_name) {
    if (trim(before).empty()) return model::refuse(Reason::bad_request, "call " + std::string(rest));
    request.name = std::string(trim(before));
    rest.remove_prefix(colon + 1);
  }
  auto named = parse_named(rest);
  if (!named) return tl::unexpected(named.error());
  request.invitees = std::move(named->people);
  request.routes = std::move(named->routes);
  return Request(std::move(request));
}

/// A sentence that only begins like a command is longer than a name.
bool looks_like_name(std::string_view text) {
  constexpr std::size_t most_words = 4;
  std::size_t words = 1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (blanks.find(text[i]) != std::string_view::npos && blanks.find(text[i - 1]) == std::string_view::npos) ++words;
  }
  return words <= most_words && text.find('\n') == std::string_view::npos;
}

Expected<Request> with_choice(const Command& command, std::string_view said, std::string_view line) {
  if (said.empty() && command.takes == Takes::maybe_choice) {
    return command.make({std::string(command.choices.front().value)});
  }
  const auto choice = choice_of(command, said);
  return choice ? command.make({*choice}) : not_understood(line);
}

Expected<Request> with_arguments(const Command& command, const Line& line, std::string_view text) {
  const std::string said(line.rest);
  switch (command.takes) {
    case Takes::nothing:
      return said.empty() ? command.make({}) : not_understood(text);
    case Takes::name_and_people:
      return said.empty() ? not_understood(text) : start_conference(line.rest);
    case Takes::people: {
      if (said.empty()) return not_understood(text);
      auto named = parse_named(said);
      return named ? command.make(std::move(*named)) : tl::unexpected(named.error());
    }
    case Takes::participant:
    case Takes::person:
    case Takes::name:
      return said.empty() || !looks_like_name(said) ? not_understood(text) : command.make({said});
    case Takes::maybe_participant:
    case Takes::maybe_name:
      return looks_like_name(said) ? command.make({said}) : not_understood(text);
    case Takes::text:
      return said.empty() ? not_understood(text) : command.make({said});
    case Takes::choice:
    case Takes::maybe_choice:
      return with_choice(command, said, text);
    case Takes::hours: {
      auto request = command.make({said});
      return request ? request : not_understood(text);
    }
    case Takes::modes:
      return command.make({said});
  }
  __builtin_unreachable();
}

}  // namespace

Expected<Arguments> parse_named(std::string_view text) {
  Arguments found;
  const auto wanted = take_mode(text);
  while (true) {
    const auto start = text.find_first_not_of(between_addresses);
    if (start == std::string_view::npos) return found;
    text.remove_prefix(start);
    const std::string word = take_word(text);
    if (auto endpoint = model::endpoint_from_text(word)) {
      if (wanted) endpoint->mode = *wanted;
      found.routes.endpoints.push_back(std::move(*endpoint));
      continue;
    }
    auto address = person(word);
    if (!address) return tl::unexpected(address.error());
    if (wanted) found.routes.by.insert_or_assign(address->bare(), *wanted);
    found.people.push_back(std::move(*address));
  }
}

Expected<Request> parse(Place place, std::string_view text) {
  const Line line = split(text);
  const Command* command = command_by_word(place, line.word.empty() ? "help" : line.word);
  return command == nullptr ? not_understood(text) : with_arguments(*command, line, text);
}

bool must_be_command(std::string_view text) {
  text = trim(text);
  return text.starts_with('/') || text.starts_with('!');
}

std::optional<std::size_t> parse_number(std::string_view text) {
  text = trim(text);
  if (text.ends_with('.')) text.remove_suffix(1);
  std::size_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
  return is_whole && number > 0 ? std::optional(number) : std::nullopt;
}

Request about(const Request& request, const std::string& name) {
  Request same = request;
  if (auto* act = std::get_if<OnPerson>(&same)) act->who = name;
  if (auto* why = std::get_if<Why>(&same)) why->who = name;
  return same;
}

}  // namespace rollcall::component::commands
