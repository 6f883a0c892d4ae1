#include "xmpp-component/presence/avatar.h"

#include <cstdint>

#include "xmpp-component/presence/avatars.h"

namespace rollcall::component::presence {
namespace {

/// FNV-1a: the same on every machine and after every restart.
std::uint32_t number_of(std::string_view text) {
  std::uint32_t number = 2166136261U;
  for (const char c : text) number = (number ^ static_cast<unsigned char>(c)) * 16777619U;
  return number;
}

}  // namespace

const Avatar& avatar_of(const model::ConferenceId& conference) {
  if (conference.empty()) return avatars.front();
  return avatars.at(1 + number_of(conference.text()) % (avatars.size() - 1));
}

}  // namespace rollcall::component::presence
