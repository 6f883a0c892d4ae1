#include "xmpp-component/commands/group.h"

#include <algorithm>
#include <array>

#include "allocator/model/fold.h"
#include "xmpp-component/commands/chat.h"

namespace rollcall::component::commands {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trim(std::string_view text) {
  const auto start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

constexpr auto invite_words =
    std::to_array<std::string_view>({"invite", "call", "ring", "einladen", "lade", "ruf", "anrufen"});
constexpr auto all_words =
    std::to_array<std::string_view>({"everyone", "everybody", "all", "alle", "alle an", "alle ein"});

bool is_one_of(std::string_view word, const auto& words) {
  return std::ranges::find(words, model::fold(word)) != words.end();
}

const std::string* nick_called(std::string_view name, const std::vector<std::string>& nicks) {
  const std::string wanted = model::fold(name);
  const auto found = std::ranges::find_if(nicks, [&](const std::string& nick) { return model::fold(nick) == wanted; });
  return found == nicks.end() ? nullptr : &*found;
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view between) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(between), text.size());
    if (const std::string_view part = trim(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string_view without_at(std::string_view name) {
  if (name.size() > 1 && name.starts_with('@')) name.remove_prefix(1);
  return name;
}

}  // namespace

std::optional<std::string_view> said_to(std::string_view nick, std::string_view line) {
  line = trim(line);
  const bool is_marked = line.starts_with('@');
  if (is_marked) line.remove_prefix(1);
  if (nick.empty() || line.size() < nick.size() || model::fold(line.substr(0, nick.size())) != model::fold(nick)) {
    return std::nullopt;
  }
  line.remove_prefix(nick.size());
  const bool has_mark = !line.empty() && std::string_view(":,;").find(line.front()) != std::string_view::npos;
  if (has_mark) return trim(line.substr(1));
  const bool ends = line.empty() || blanks.find(line.front()) != std::string_view::npos;
  return is_marked && ends ? std::optional(trim(line)) : std::nullopt;
}

model::Expected<GroupWish> parse_group_wish(std::string_view text) {
  text = trim(text);
  const std::string_view line = must_be_command(text) ? text.substr(1) : text;
  const auto end = std::min(line.find_first_of(blanks), line.size());
  const std::string_view rest = trim(line.substr(end));
  if (is_one_of(line.substr(0, end), invite_words) && !rest.empty()) {
    if (is_one_of(rest, all_words)) return InviteEveryone{};
    return InviteNamed{std::string(rest)};
  }
  return parse(Place::conference, text).map([](Request request) { return GroupWish(std::move(request)); });
}

Named named_in(std::string_view text, const std::vector<std::string>& nicks) {
  Named named;
  if (const std::string* nick = nick_called(without_at(trim(text)), nicks)) return {{*nick}, {}};
  for (const std::string_view part : parts_of(text, ",;\n")) {
    if (const std::string* nick = nick_called(without_at(part), nicks)) {
      named.nicks.push_back(*nick);
      continue;
    }
    for (const std::string_view word : parts_of(part, blanks)) {
      const std::string* nick = nick_called(without_at(word), nicks);
      (nick == nullptr ? named.others : named.nicks).emplace_back(nick == nullptr ? std::string(word) : *nick);
    }
  }
  return named;
}

model::Expected<model::Address> parse_group(std::string_view text) {
  const auto named = parse_named(text);
  if (!named) return tl::unexpected(named.error());
  const bool is_one = named->people.size() == 1 && named->routes.endpoints.empty();
  if (!is_one) return model::refuse(model::Reason::bad_address, std::string(text));
  return named->people.front().bare();
}

}  // namespace rollcall::component::commands
