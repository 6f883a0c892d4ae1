#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/settings_table.h"

namespace rollcall::daemon {

/// Where settings come from, weakest first: the defaults of the table, the file, the environment, --set.
struct SettingSources {
  std::optional<std::string> file_name = {};  ///< for problems' texts; none: no file
  std::string file_text = {};
  std::vector<std::pair<std::string, std::string>> environment = {};  ///< all variables; only ROLLCALL_… are looked at
  std::vector<std::string> overrides = {};                            ///< "xmpp.port=5347"
  std::vector<std::string> required = {};  ///< options that this process cannot do without, "xmpp.secret"
};

/// One of the tables of a section that may stand in the file several times, [[gateway]]. By key, "host"; else as
/// Settings.
class SettingRecord {
 public:
  [[nodiscard]] const std::string& text(std::string_view key) const;
  [[nodiscard]] std::int64_t number(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key) const;
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view key) const;
  bool operator==(const SettingRecord&) const = default;

 private:
  friend class SettingsLoader;
  template <class T>
  [[nodiscard]] const T& value(std::string_view key) const;
  std::map<std::string, SettingValue, std::less<>> values_;
};

/// All settings of a process, checked. A plain value; read on the loop thread. Asking for an option that the table
/// does not hold, or for another type, is a bug and asserted.
class Settings {
 public:
  /// The defaults.
  Settings();

  struct Loaded;
  /// Never throws; reports every problem, not only the first. Reads the files that `…_file` options name.
  [[nodiscard]] static Loaded load(const SettingSources& sources);

  /// Of a text, word, secret or host_port option: `text("xmpp.domain")`.
  [[nodiscard]] const std::string& text(std::string_view name) const;
  [[nodiscard]] std::int64_t number(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view name) const;
  /// Of a host_port option: `listen` as host (without brackets) and port.
  [[nodiscard]] std::pair<std::string, int> host_port(std::string_view name) const;

  /// Every [[section]] of the file, in order.
  [[nodiscard]] std::vector<SettingRecord> records(std::string_view section) const;

  /// Takes over what SIGHUP may change; the names of changed options that need a restart are returned.
  [[nodiscard]] std::vector<std::string> take_reloadable(const Settings& fresh);

  bool operator==(const Settings&) const = default;

 private:
  friend class SettingsLoader;
  template <class T>
  [[nodiscard]] const T& value(std::string_view name) const;
  std::map<std::string, SettingValue, std::less<>> values_;
  std::map<std::string, std::vector<SettingRecord>, std::less<>> records_;
};

/// `problems` are sentences for the administrator, with file and line; empty: `settings` may be used.
struct Settings::Loaded {
  Settings settings;
  std::vector<std::string> problems = {};
};

/// "127.0.0.1:7340" or "[::1]:7340"; none where it is neither.
[[nodiscard]] std::optional<std::pair<std::string, int>> split_host_port(std::string_view text);

}  // namespace rollcall::daemon
