#include "sdp/sdp.h"
#include "sdp/text.h"

namespace rollcall::sdp {

namespace {

using model::CandidateType;
using model::IceCandidate;

constexpr std::string_view prefix = "candidate:";

std::optional<CandidateType> type_from_text(std::string_view text) {
  if (text == "host") return CandidateType::host;
  if (text == "srflx") return CandidateType::server_reflexive;
  if (text == "prflx") return CandidateType::peer_reflexive;
  if (text == "relay") return CandidateType::relayed;
  return std::nullopt;
}

std::string_view to_text(CandidateType type) {
  switch (type) {
    case CandidateType::host:
      return "host";
    case CandidateType::server_reflexive:
      return "srflx";
    case CandidateType::peer_reflexive:
      return "prflx";
    case CandidateType::relayed:
      return "relay";
  }
  return "host";
}

/// The pairs behind the type; what is not known is passed over (network-id, network-cost, ufrag, …).
void read_extensions(const std::vector<std::string_view>& words, IceCandidate& candidate) {
  for (std::size_t i = 8; i + 1 < words.size(); i += 2) {
    auto value = words[i + 1];
    if (words[i] == "raddr" && is_ip(value)) candidate.related_ip = value;
    if (words[i] == "rport") candidate.related_port = number(value, 0, 65535).value_or(0);
    if (words[i] == "generation") candidate.generation = number(value, 0, 1'000'000).value_or(0);
  }
}

}  // namespace

model::Expected<std::optional<IceCandidate>> parse_candidate(std::string_view text) {
  constexpr std::size_t longest = 512;
  auto line = trim(text);
  if (line.starts_with("a=")) line.remove_prefix(2);
  if (line.empty() || line == prefix) return std::nullopt;
  if (line.size() > longest) return bad_line(line, "the candidate is too long");
  if (!line.starts_with(prefix)) return bad_line(line, "a candidate begins with candidate:");
  auto words = split(line.substr(prefix.size()), ' ');
  if (words.size() < 8 || words[6] != "typ") return bad_line(line, "a candidate has at least eight words");

  auto component = number(words[1], 1, 256);
  auto priority = number<std::uint32_t>(words[3], 0, 0xffffffff);
  auto port = number(words[5], 0, 65535);
  auto type = type_from_text(words[7]);
  if (!is_token(words[0]) || words[0].size() > 32) return bad_line(line, "the foundation is malformed");
  if (!component || !priority || !port) return bad_line(line, "component, priority or port is no number in range");
  if (!type || *component != 1 || *port == 0) return std::nullopt;
  if (!equal_ignoring_case(words[2], "udp") || !is_ip(words[4])) return std::nullopt;

  IceCandidate candidate{.foundation = std::string(words[0]),
                         .component = 1,
                         .priority = *priority,
                         .ip = std::string(words[4]),
                         .port = *port,
                         .type = *type};
  read_extensions(words, candidate);
  return candidate;
}

std::string write_candidate(const IceCandidate& candidate) {
  std::string line(prefix);
  line += candidate.foundation + ' ' + std::to_string(candidate.component) + " UDP " +
          std::to_string(candidate.priority) + ' ' + candidate.ip + ' ' + std::to_string(candidate.port) + " typ ";
  line += to_text(candidate.type);
  if (!candidate.related_ip.empty())
    line += " raddr " + candidate.related_ip + " rport " + std::to_string(candidate.related_port);
  if (candidate.generation != 0) line += " generation " + std::to_string(candidate.generation);
  return line;
}

}  // namespace rollcall::sdp
