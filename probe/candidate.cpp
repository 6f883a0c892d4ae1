#include <cstddef>

#include "probe/jingle_sdp.h"
#include "probe/sdp_message.h"

namespace rollcall::probe {
namespace {

/// The words of RFC 8839, section 5.1: foundation component transport priority address port "typ" type, then pairs.
constexpr std::size_t fixed_words = 8;

bool is_udp(const std::string& protocol) {
  return protocol == "udp" || protocol == "UDP";
}

}  // namespace

std::optional<Stanza> candidate_element(const std::string& line) {
  const auto colon = line.find("candidate:");
  const auto parts = words(colon == std::string::npos ? line : line.substr(colon + 10));
  if (parts.size() < fixed_words || !is_udp(parts[2])) return std::nullopt;
  Stanza element("candidate", {}, {{"foundation", parts[0]}, {"component", parts[1]}, {"protocol", "udp"}});
  element.set("priority", parts[3]).set("ip", parts[4]).set("port", parts[5]).set("type", parts[7]);
  std::string generation = "0";
  for (std::size_t index = fixed_words; index + 1 < parts.size(); index += 2) {
    if (parts[index] == "raddr") element.set("rel-addr", parts[index + 1]);
    if (parts[index] == "rport") element.set("rel-port", parts[index + 1]);
    if (parts[index] == "generation") generation = parts[index + 1];
  }
  return element.set("generation", generation).set("network", "0").set("id", new_id());
}

std::optional<std::string> candidate_line(const Stanza& candidate) {
  if (!is_udp(candidate.attribute("protocol")) || candidate.attribute("component") != "1") return std::nullopt;
  for (const auto* needed : {"foundation", "priority", "ip", "port", "type"}) {
    if (candidate.attribute(needed).empty()) return std::nullopt;
  }
  auto line = "candidate:" + candidate.attribute("foundation") + " 1 UDP " + candidate.attribute("priority") + " " +
              candidate.attribute("ip") + " " + candidate.attribute("port") + " typ " + candidate.attribute("type");
  const auto address = candidate.attribute("rel-addr");
  auto port = candidate.attribute("rel-port");
  if (port.empty()) port = candidate.attribute("rel_port");  // Monal's spelling
  if (!address.empty() && !port.empty()) line += " raddr " + address + " rport " + port;
  return line;
}

}  // namespace rollcall::probe
