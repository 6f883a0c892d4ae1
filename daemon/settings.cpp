#include "daemon/settings.h"

#include <cassert>
#include <charconv>

namespace rollcall::daemon {

Settings::Settings() {
  for (const auto& option : settings_table()) values_.emplace(option.name(), option.standard);
}

template <class T>
const T& Settings::value(std::string_view name) const {
  const auto found = values_.find(name);
  assert(found != values_.end());
  const T* value = std::get_if<T>(&found->second);
  assert(value != nullptr);
  return *value;
}

const std::string& Settings::text(std::string_view name) const {
  return value<std::string>(name);
}
std::int64_t Settings::number(std::string_view name) const {
  return value<std::int64_t>(name);
}
bool Settings::flag(std::string_view name) const {
  return value<bool>(name);
}
const std::vector<std::string>& Settings::texts(std::string_view name) const {
  return value<std::vector<std::string>>(name);
}

std::pair<std::string, int> Settings::host_port(std::string_view name) const {
  const auto split = split_host_port(text(name));
  assert(split);
  return *split;
}

std::vector<std::string> Settings::take_reloadable(const Settings& fresh) {
  std::vector<std::string> need_restart;
  for (const auto& option : settings_table()) {
    auto& mine = values_.at(option.name());
    const auto& theirs = fresh.values_.at(option.name());
    if (mine == theirs) continue;
    if (option.reloadable) {
      mine = theirs;
    } else {
      need_restart.push_back(option.name());
    }
  }
  return need_restart;
}

std::optional<std::pair<std::string, int>> split_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  int port = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port < 0 || port > 65535) return std::nullopt;
  if (host.front() == '[' && host.back() == ']' && host.size() > 2) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find_first_of(":[]") != std::string_view::npos) {
    return std::nullopt;
  }
  return std::pair{std::string(host), port};
}

}  // namespace rollcall::daemon
