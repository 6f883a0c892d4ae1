#include "sip/dialog/keys.h"

#include <cctype>

namespace rollcall::sip::dialog {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

}  // namespace

std::string plain_keys(std::string_view body) {
  std::string key = trimmed(body);
  // RFC 4733's numbers, which some write.
  if (key == "10") return "*";
  if (key == "11") return "#";
  if (key.size() != 1) return {};
  key[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(key[0])));
  return key.find_first_not_of("0123456789*#ABCD") == std::string::npos ? key : std::string();
}

std::string keys_of_relay(std::string_view body) {
  while (!body.empty()) {
    const auto end = body.find('\n');
    const auto line = body.substr(0, end);
    const auto equals = line.find('=');
    std::string name = trimmed(line.substr(0, equals));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (name == "signal" && equals != std::string_view::npos) return plain_keys(line.substr(equals + 1));
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
  }
  return {};
}

}  // namespace rollcall::sip::dialog
