#include "allocator/rules/naming.h"

#include <algorithm>

namespace rollcall::rules {
namespace {

constexpr std::size_t longest_name = 64;  // bytes; a roster line on a telephone

bool is_plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c >= 0x80;
}

}  // namespace

model::Expected<model::ConferenceId> id_from_name(std::string_view name) {
  std::string id;
  for (const char character : name) {
    unsigned char c = static_cast<unsigned char>(character);
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 32);
    if (is_plain(c)) {
      id += static_cast<char>(c);
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.empty() || id.size() > longest_name) return model::refuse(model::Reason::bad_request, std::string(name));
  return model::ConferenceId(id);
}

bool is_name(std::string_view text) {
  const bool is_one_line = text.find_first_of("\r\n\t") == std::string_view::npos;
  return is_one_line && text.find_first_not_of(' ') != std::string_view::npos && text.size() <= longest_name;
}

bool is_reserved(const model::ConferenceId& id) {
  return id.text() == "rollcall" || id.text() == "test";
}

std::string title_from_people(const model::Address& creator, const std::vector<model::Address>& invitees) {
  constexpr std::size_t most_named = 3;
  std::string title = creator.node();
  for (std::size_t i = 0; i < std::min(invitees.size(), most_named); ++i) title += ", " + invitees[i].node();
  if (invitees.size() > most_named) title += ", …";
  return title;
}

std::string unique_name(const State& state, const model::ConferenceId& conference, std::string wanted) {
  const auto people = participants_of(state, conference);
  const auto is_taken = [&](const std::string& name) {
    return std::ranges::any_of(people, [&](const model::Participant* person) { return person->name == name; });
  };
  std::string name = wanted;
  for (int number = 2; is_taken(name); ++number) name = wanted + " " + std::to_string(number);
  return name;
}

}  // namespace rollcall::rules
