#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rollcall::daemon {

using SettingValue = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

/// What a value may be, and how it is checked.
enum class SettingType {
  text,
  word,      ///< one of `words`
  secret,    ///< a text that is never shown; also readable from the file that `<key>_file` names
  number,    ///< whole, from `least` to `most`
  flag,      ///< true or false
  texts,     ///< a list of texts; in the environment and on the command line with commas
  host_port  ///< "127.0.0.1:7340", "[::1]:7340"; port 0: any free one
};

/// One option of rollcall.toml, declared once, in settings_table().
struct SettingOption {
  std::string_view section;
  std::string_view key;
  SettingType type = SettingType::text;
  SettingValue standard;    ///< the default
  std::string_view reason;  ///< what it is for, for the administrator
  std::string_view unit = {};
  std::int64_t least = 0;
  std::int64_t most = 2147483647;
  bool reloadable = false;  ///< SIGHUP is enough
  std::vector<std::string_view> words = {};
  bool repeated = false;  ///< of a section that stands in the file as often as one likes, [[gateway]]; only there

  [[nodiscard]] std::string name() const { return std::string(section) + "." + std::string(key); }
};

/// Every option of every process, in the order of the sample file. Each secret's `<key>_file` is in it as well.
[[nodiscard]] std::span<const SettingOption> settings_table();

/// nullptr: there is no such option.
[[nodiscard]] const SettingOption* find_option(std::string_view section, std::string_view key);

/// The sample file with every option, its default and its explanation; packaging/rollcall.toml is this text.
[[nodiscard]] std::string sample_settings();

}  // namespace rollcall::daemon
