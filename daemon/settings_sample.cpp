// The table as the commented file that an administrator starts from.
#include "daemon/settings_table.h"

namespace rollcall::daemon {
namespace {

using Type = SettingType;
using Texts = std::vector<std::string>;

std::string quoted(const std::string& text) {
  return '"' + text + '"';
}

std::string literal(const SettingValue& value) {
  if (const auto* one = std::get_if<std::string>(&value)) return quoted(*one);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  std::string list;
  for (const auto& item : std::get<Texts>(value)) list += (list.empty() ? "" : ", ") + quoted(item);
  return "[" + list + "]";
}

std::string explanation(const SettingOption& option) {
  std::string line = "# " + std::string(option.reason);
  for (const auto word : option.words) line += (word == option.words.front() ? ": " : ", ") + std::string(word);
  if (option.type == Type::number) {
    line += " (" + std::to_string(option.least) + " to " + std::to_string(option.most);
    line += option.unit.empty() ? ")" : " " + std::string(option.unit) + ")";
  }
  return line + (option.reloadable ? "; SIGHUP re-reads it\n" : "\n");
}

}  // namespace

std::string sample_settings() {
  std::string sample =
      "# Rollcall's settings, one file for all its processes; each reads its own sections.\n"
      "# What stands here are the defaults. Any option can be overridden by the environment, ROLLCALL_XMPP_PORT=5347,\n"
      "# and by --set xmpp.port=5347. `rollcall --check-config` reports every mistake with its line.\n";
  std::string_view section;
  for (const auto& option : settings_table()) {
    if (option.section != section) {
      sample += option.repeated ? "\n# As often as needed:\n# [[" + std::string(option.section) + "]]\n"
                                : "\n[" + std::string(option.section) + "]\n";
    }
    section = option.section;
    sample += explanation(option) + (option.repeated ? "# " : "") + std::string(option.key) + " = " +
              literal(option.standard) + "\n";
  }
  return sample;
}

}  // namespace rollcall::daemon
