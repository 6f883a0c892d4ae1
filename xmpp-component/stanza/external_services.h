// STUN and TURN servers that an XMPP server tells of, XEP-0215.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view external_services_namespace = "urn:xmpp:extdisco:2";

struct ExternalService {
  std::string type;  ///< stun, stuns, turn, turns, …
  std::string host;
  int port = 0;                ///< 0: the usual one
  std::string transport = {};  ///< udp, tcp; empty: the usual one
  std::string username = {};
  std::string password = {};
  std::optional<std::chrono::sys_seconds> expires = {};  ///< none: never, as far as is known
  bool operator==(const ExternalService&) const = default;
};

/// `query` is the <services/>. What has no type or host, or is to be deleted, is left out.
[[nodiscard]] std::vector<ExternalService> read_external_services(const gloox::Tag& query);
/// A question has none.
[[nodiscard]] TagPtr write_external_services(const std::vector<ExternalService>& services);

/// XEP-0082 §3.2, `2026-11-23T01:02:03.5+02:00`; fractions are cut off.
[[nodiscard]] std::optional<std::chrono::sys_seconds> time_from_text(const std::string& text);

}  // namespace rollcall::component::stanza
