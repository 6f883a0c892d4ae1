#include "daemon/settings.h"

#include <cassert>
#include <charconv>

namespace rollcall::daemon {

namespace {

template <class T, class Values>
const T& value_in(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  assert(found != values.end());
  const T* value = std::get_if<T>(&found->second);
  assert(value != nullptr);
  return *value;
}

}  // namespace

Settings::Settings() {
  for (const auto& option : settings_table())
    if (!option.repeated) values_.emplace(option.name(), option.standard);
}

template <class T>
const T& Settings::value(std::string_view name) const {
  return value_in<T>(values_, name);
}

template <class T>
const T& SettingRecord::value(std::string_view key) const {
  return value_in<T>(values_, key);
}

const std::string& SettingRecord::text(std::string_view key) const {
  return value<std::string>(key);
}
std::int64_t SettingRecord::number(std::string_view key) const {
  return value<std::int64_t>(key);
}
bool SettingRecord::flag(std::string_view key) const {
  return value<bool>(key);
}
const std::vector<std::string>& SettingRecord::texts(std::string_view key) const {
  return value<std::vector<std::string>>(key);
}

std::vector<SettingRecord> Settings::records(std::string_view section) const {
  const auto found = records_.find(section);
  return found == records_.end() ? std::vector<SettingRecord>{} : found->second;
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
  if (records_ != fresh.records_) need_restart.emplace_back("gateway, sip_account");
  for (const auto& option : settings_table()) {
    if (option.repeated) continue;
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
