// The layers of settings, one over the other, and every problem in them.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>

#include "daemon/settings.h"
#include "daemon/settings_file.h"

namespace rollcall::daemon {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (auto part = trimmed(text.substr(0, comma)); !part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

/// A value from the environment or the command line, where everything is text. None: not of the option's type.
std::optional<SettingValue> from_text(const SettingOption& option, const std::string& text) {
  switch (option.type) {
    case SettingType::text:
    case SettingType::word:
    case SettingType::secret:
    case SettingType::host_port:
      return text;
    case SettingType::texts:
      return split_commas(text);
    case SettingType::flag:
      if (text == "true" || text == "false") return text == "true";
      return std::nullopt;
    case SettingType::number: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
      return number;
    }
  }
  __builtin_unreachable();
}

/// What is wrong with the value, as the second half of a sentence; empty: nothing.
std::string complaint(const SettingOption& option, const SettingValue& value) {
  if (value.index() != option.standard.index()) {
    if (option.type == SettingType::number) return "must be a whole number, without quotes";
    if (option.type == SettingType::flag) return "must be true or false, without quotes";
    if (option.type == SettingType::texts) return "must be a list of texts in brackets, [\"one\", \"two\"]";
    return "must be a text in quotes";
  }
  if (option.type == SettingType::number) {
    const auto number = std::get<std::int64_t>(value);
    if (number >= option.least && number <= option.most) return {};
    return "must be from " + std::to_string(option.least) + " to " + std::to_string(option.most) + ", not " +
           std::to_string(number);
  }
  if (option.type == SettingType::word && std::ranges::count(option.words, std::get<std::string>(value)) == 0) {
    std::string words;
    for (const auto word : option.words) words += (words.empty() ? "" : ", ") + std::string(word);
    return "must be one of " + words + ", not \"" + std::get<std::string>(value) + "\"";
  }
  if (option.type == SettingType::host_port && !split_host_port(std::get<std::string>(value))) {
    return "must be an address with a port, such as 127.0.0.1:7340, not \"" + std::get<std::string>(value) + "\"";
  }
  return {};
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

}  // namespace

class SettingsLoader {
 public:
  Settings::Loaded load(const SettingSources& sources) {
    if (sources.file_name) take_file(*sources.file_name, sources.file_text);
    for (const auto& [name, text] : sources.environment) take_variable(name, text);
    for (const auto& text : sources.overrides) take_override(text);
    for (const auto& option : settings_table()) {
      if (option.type != SettingType::secret) continue;
      if (option.repeated) {
        const auto found = loaded_.settings.records_.find(option.section);
        if (found == loaded_.settings.records_.end()) continue;
        for (auto& record : found->second) read_secret(record.values_, std::string(option.key), option.name());
      } else {
        read_secret(loaded_.settings.values_, option.name(), option.name());
      }
    }
    check_across();
    for (const auto& name : sources.required) require(name);
    return std::move(loaded_);
  }

 private:
  void complain(std::string problem) { loaded_.problems.push_back(std::move(problem)); }

  void take(const std::string& where, std::string_view section, std::string_view key, const SettingValue& value,
            std::optional<std::size_t> record = {}) {
    const std::string name = std::string(section) + "." + std::string(key);
    const auto* option = find_option(section, key);
    if (option == nullptr) return complain(where + ": there is no option " + name + "; --print-config lists them all");
    const auto wrong = complaint(*option, value);
    if (!wrong.empty()) return complain(where + ": " + name + " " + wrong);
    if (option->repeated != record.has_value()) {
      return complain(where + ": " + (record ? "write [" : "write [[") + std::string(section) + (record ? "]" : "]]"));
    }
    if (record) {
      loaded_.settings.records_.at(std::string(section)).at(*record).values_.at(std::string(key)) = value;
    } else {
      loaded_.settings.values_.at(name) = value;
    }
  }

  /// An empty record of a known section: the defaults.
  void begin_record(const std::string& section) {
    SettingRecord record;
    for (const auto& option : settings_table()) {
      if (option.repeated && option.section == section)
        record.values_.emplace(std::string(option.key), option.standard);
    }
    loaded_.settings.records_[section].push_back(std::move(record));
  }

  void take_text(const std::string& where, const SettingOption& option, const std::string& text) {
    const auto value = from_text(option, text);
    take(where, option.section, option.key, value ? *value : SettingValue(std::vector<std::string>{}));
  }

  void take_file(const std::string& name, const std::string& text) {
    auto file = read_settings_file(text);
    std::ranges::stable_sort(file.settings, {}, &FileSetting::line);
    for (const auto& [section, line] : file.records) begin_record(section);
    for (const auto& problem : file.problems) complain(name + ":" + std::to_string(problem.line) + ": " + problem.what);
    for (const auto& setting : file.settings) {
      take(name + ":" + std::to_string(setting.line), setting.section, setting.key, setting.value, setting.record);
    }
  }

  /// ROLLCALL_SECTION_KEY. Variables of another section are none of ours: ROLLCALL_DEMO_DIR.
  void take_variable(const std::string& name, const std::string& text) {
    constexpr std::string_view prefix = "ROLLCALL_";
    if (!name.starts_with(prefix)) return;
    bool our_section = false;
    for (const auto& option : settings_table()) {
      if (option.repeated) continue;
      const std::string section = std::string(prefix) + upper(option.section) + "_";
      our_section = our_section || name.starts_with(section);
      if (name == section + upper(option.key)) return take_text(name, option, text);
    }
    if (our_section) complain(name + ": there is no such option; --print-config lists them all");
  }

  void take_override(const std::string& text) {
    const auto equals = text.find('=');
    const auto dot = text.find('.');
    if (equals == std::string::npos || dot > equals) {
      return complain("--set " + text.substr(0, equals) + ": write section.key=value");
    }
    const std::string section = text.substr(0, dot);
    const std::string key = text.substr(dot + 1, equals - dot - 1);
    const std::string where = "--set " + section + "." + key;
    const auto* option = find_option(section, key);
    if (option == nullptr) return complain(where + ": there is no such option; --print-config lists them all");
    take_text(where, *option, text.substr(equals + 1));
  }

  template <class Values>
  void read_secret(Values& values, const std::string& key, const std::string& name) {
    auto& secret = std::get<std::string>(values.at(key));
    const auto& path = std::get<std::string>(values.at(key + "_file"));
    if (path.empty()) return;
    if (!secret.empty()) return complain(name + " and " + name + "_file are both set; remove one");
    std::ifstream file(path);
    secret = trimmed(std::string(std::istreambuf_iterator<char>(file), {}));
    if (!file.good() && !file.eof()) return complain(name + "_file: " + path + " cannot be read");
    if (secret.empty()) complain(name + "_file: " + path + " is empty or cannot be read");
  }

  void check_across() {
    if (loaded_.settings.number("mcu.port_min") > loaded_.settings.number("mcu.port_max")) {
      complain("mcu.port_min is greater than mcu.port_max; there is no port for media");
    }
  }

  void require(const std::string& name) {
    if (!loaded_.settings.text(name).empty()) return;
    if (std::ranges::any_of(loaded_.problems, [&](const auto& text) { return text.find(name) != std::string::npos; })) {
      return;  // said already why there is none
    }
    const auto dot = name.find('.');
    const auto* option = find_option(name.substr(0, dot), name.substr(dot + 1));
    complain(name + " is not set (" + std::string(option->reason) + ")");
  }

  Settings::Loaded loaded_;
};

Settings::Loaded Settings::load(const SettingSources& sources) {
  return SettingsLoader().load(sources);
}

}  // namespace rollcall::daemon
