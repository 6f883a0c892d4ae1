#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/settings_table.h"

namespace rollcall::daemon {

/// One `key = value` line of the file, not yet compared with the table.
struct FileSetting {
  std::string section;
  std::string key;
  int line = 0;
  SettingValue value;
  std::optional<std::size_t> record = {};  ///< in the how-manieth [[section]] it stands
};

struct SettingsFile {
  struct Problem {
    int line = 0;
    std::string what;
  };
  std::vector<FileSetting> settings = {};
  std::vector<std::pair<std::string, int>> records = {};  ///< every [[section]] and its line, in order
  std::vector<Problem> problems = {};
};

/// TOML text to settings. A syntax error ends the reading; values that no option can have are reported one by one.
[[nodiscard]] SettingsFile read_settings_file(std::string_view text);

}  // namespace rollcall::daemon
