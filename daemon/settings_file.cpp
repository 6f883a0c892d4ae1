// The only unit that sees toml++: it costs a second of compile time in each that does.
#include "daemon/settings_file.h"

#include <toml++/toml.h>

#include <optional>

namespace rollcall::daemon {
namespace {

int line_of(const toml::source_region& source) {
  return static_cast<int>(source.begin.line);
}

std::optional<SettingValue> value_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return SettingValue(std::int64_t{number->get()});
  if (const auto* flag = node.as_boolean()) return flag->get();
  const auto* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *array) {
    const auto* text = item.as_string();
    if (text == nullptr) return std::nullopt;
    texts.push_back(text->get());
  }
  return texts;
}

void read_section(SettingsFile& file, const std::string& section, const toml::table& table,
                  std::optional<std::size_t> record = {}) {
  for (const auto& [key, node] : table) {
    const int line = line_of(node.source());
    const std::string name(key.str());
    if (auto value = value_of(node)) {
      file.settings.push_back({section, name, line, std::move(*value), record});
    } else {
      file.problems.push_back(
          {line, section + "." + name + " is neither a text, a whole number, true or false, nor a list of texts"});
    }
  }
}

void read_records(SettingsFile& file, const std::string& section, const toml::array& tables) {
  std::size_t record = 0;
  for (const auto& node : tables) {
    file.records.emplace_back(section, line_of(node.source()));
    read_section(file, section, *node.as_table(), record++);
  }
}

}  // namespace

SettingsFile read_settings_file(std::string_view text) {
  SettingsFile file;
  try {
    const toml::table root = toml::parse(text);
    for (const auto& [key, node] : root) {
      const std::string name(key.str());
      if (const auto* section = node.as_table()) {
        read_section(file, name, *section);
      } else if (const auto* tables = node.as_array(); tables != nullptr && tables->is_array_of_tables()) {
        read_records(file, name, *tables);
      } else {
        file.problems.push_back({line_of(node.source()), name + " stands outside of every [section]"});
      }
    }
  } catch (const toml::parse_error& error) {
    file.problems.push_back({line_of(error.source()), "this is no TOML: " + std::string(error.description())});
  }
  return file;
}

}  // namespace rollcall::daemon
