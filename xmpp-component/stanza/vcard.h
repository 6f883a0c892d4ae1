// vcard-temp, XEP-0054.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view vcard_namespace = "vcard-temp";

struct Telephone {
  std::string number;
  std::vector<std::string> types = {};  ///< CELL, WORK, ISDN, … in upper case; Prosody loses some
  bool operator==(const Telephone&) const = default;
};

struct VCard {
  std::string full_name = {};
  std::string nickname = {};
  std::string description = {};
  std::string photo_type = {};    ///< image/png
  std::string photo_base64 = {};  ///< empty: no picture
  std::vector<Telephone> telephones = {};
  bool operator==(const VCard&) const = default;
};

/// `vcard` is the <vCard/>.
[[nodiscard]] VCard read_vcard(const gloox::Tag& vcard);
[[nodiscard]] TagPtr write_vcard(const VCard& vcard);

}  // namespace rollcall::component::stanza
