#include <arpa/inet.h>

#include <algorithm>
#include <cctype>

#include "xmpp-component/stanza/jingle_names.h"
#include "xmpp-component/stanza/jingle_rtp.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::size_t most_candidates = 64;

bool is_ip(const std::string& text) {
  in6_addr buffer{};
  return inet_pton(AF_INET, text.c_str(), &buffer) == 1 || inet_pton(AF_INET6, text.c_str(), &buffer) == 1;
}

std::optional<model::CandidateType> type_of(std::string_view text) {
  if (text == "host") return model::CandidateType::host;
  if (text == "srflx") return model::CandidateType::server_reflexive;
  if (text == "prflx") return model::CandidateType::peer_reflexive;
  if (text == "relay") return model::CandidateType::relayed;
  return std::nullopt;
}

std::string_view to_text(model::CandidateType type) {
  switch (type) {
    case model::CandidateType::host:
      return "host";
    case model::CandidateType::server_reflexive:
      return "srflx";
    case model::CandidateType::peer_reflexive:
      return "prflx";
    case model::CandidateType::relayed:
      return "relay";
  }
  __builtin_unreachable();
}

/// Monal writes rel_addr and rel_port.
const std::string& either(const gloox::Tag& tag, const char* name, const char* other) {
  const std::string& value = tag.findAttribute(name);
  return value.empty() ? tag.findAttribute(other) : value;
}

std::optional<model::IceCandidate> candidate_of(const gloox::Tag& tag) {
  const std::string& protocol = tag.findAttribute("protocol");
  const bool udp = protocol.size() == 3 && std::tolower(protocol[0]) == 'u';
  const auto port = number_in(tag.findAttribute("port"), 65535);
  const auto priority = number_in(tag.findAttribute("priority"), 0xffffffff);
  const auto type = type_of(tag.findAttribute("type"));
  const std::string& ip = tag.findAttribute("ip");
  const bool first_component = number_in(tag.findAttribute("component"), 256).value_or(1) == 1;
  if (!udp || !port || *port == 0 || !priority || !type || !is_ip(ip) || !first_component) return std::nullopt;

  model::IceCandidate candidate;
  candidate.foundation = tag.findAttribute("foundation").empty() ? "1" : tag.findAttribute("foundation");
  candidate.priority = *priority;
  candidate.ip = ip;
  candidate.port = static_cast<int>(*port);
  candidate.type = *type;
  if (const std::string& related = either(tag, "rel-addr", "rel_addr"); is_ip(related)) {
    candidate.related_ip = related;
    candidate.related_port = static_cast<int>(number_in(either(tag, "rel-port", "rel_port"), 65535).value_or(0));
  }
  candidate.generation = static_cast<int>(number_in(tag.findAttribute("generation"), 65535).value_or(0));
  return candidate;
}

/// "aa:bb…" in either case, with whatever blanks a pretty printer added, or without colons.
std::string tidy_fingerprint(std::string_view text) {
  std::string digits;
  for (const unsigned char c : text) {
    if (std::isxdigit(c) != 0) digits += static_cast<char>(std::toupper(c));
  }
  std::string tidy;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && at % 2 == 0) tidy += ':';
    tidy += digits[at];
  }
  return tidy;
}

std::optional<model::DtlsParameters> dtls_of(const gloox::Tag& transport) {
  const gloox::Tag* tag = child_of(transport, "fingerprint", ns::dtls);
  if (tag == nullptr) return std::nullopt;
  model::DtlsParameters dtls{std::string(trimmed(tag->findAttribute("hash"))), tidy_fingerprint(tag->cdata())};
  std::ranges::transform(dtls.hash, dtls.hash.begin(), [](unsigned char c) { return std::tolower(c); });
  if (dtls.hash.empty() || dtls.fingerprint.empty()) return std::nullopt;
  const std::string& setup = tag->findAttribute("setup");
  if (setup == "active") dtls.setup = model::DtlsSetup::active;
  if (setup == "passive") dtls.setup = model::DtlsSetup::passive;
  return dtls;
}

std::string_view setup_text(model::DtlsSetup setup, bool answering) {
  switch (setup) {
    case model::DtlsSetup::actpass:
      return answering ? "active" : "actpass";
    case model::DtlsSetup::active:
      return "active";
    case model::DtlsSetup::passive:
      return "passive";
  }
  __builtin_unreachable();
}

/// Siskin wants a number, RFC 8445 §5.1.1.3 gives any word: a word becomes the same number each time.
std::string numeric_foundation(const std::string& word) {
  if (number_in(word, 0xffffffff)) return std::string(trimmed(word));
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const unsigned char c : word) hash = (hash ^ c) * 16777619U;
  return std::to_string(hash);
}

void write_candidate(gloox::Tag& transport, const model::IceCandidate& candidate) {
  gloox::Tag& tag = add_child(transport, "candidate");
  const std::string foundation = numeric_foundation(candidate.foundation);
  tag.addAttribute("component", std::to_string(candidate.component));
  tag.addAttribute("foundation", foundation);
  tag.addAttribute("generation", std::to_string(candidate.generation));
  tag.addAttribute("id", "c" + foundation + "-" + std::to_string(candidate.port));
  tag.addAttribute("ip", candidate.ip);
  tag.addAttribute("network", "0");
  tag.addAttribute("port", std::to_string(candidate.port));
  tag.addAttribute("priority", std::to_string(candidate.priority));
  tag.addAttribute("protocol", "udp");
  tag.addAttribute("type", std::string(to_text(candidate.type)));
  if (candidate.related_ip.empty()) return;
  tag.addAttribute("rel-addr", candidate.related_ip);
  tag.addAttribute("rel-port", std::to_string(candidate.related_port));
}

}  // namespace

IceTransport read_ice(const gloox::Tag& transport) {
  IceTransport ice;
  ice.ufrag = transport.findAttribute("ufrag");
  ice.password = transport.findAttribute("pwd");
  ice.dtls = dtls_of(transport);
  ice.trickle = child_of(transport, "trickle", ns::ice_option) != nullptr;
  for (const gloox::Tag* child : transport.children()) {
    if (!is(*child, "candidate", ns::ice) || ice.candidates.size() == most_candidates) continue;
    if (auto candidate = candidate_of(*child)) ice.candidates.push_back(std::move(*candidate));
  }
  return ice;
}

void write_ice(gloox::Tag& content, const IceTransport& transport, bool answering) {
  gloox::Tag& tag = add_child(content, "transport", ns::ice);
  if (!transport.ufrag.empty()) tag.addAttribute("ufrag", transport.ufrag);
  if (!transport.password.empty()) tag.addAttribute("pwd", transport.password);
  if (transport.trickle) add_child(tag, "trickle", ns::ice_option);
  if (transport.dtls) {
    gloox::Tag& fingerprint = add_child(tag, "fingerprint", ns::dtls);
    fingerprint.addAttribute("hash", transport.dtls->hash);
    fingerprint.addAttribute("setup", std::string(setup_text(transport.dtls->setup, answering)));
    fingerprint.setCData(tidy_fingerprint(transport.dtls->fingerprint));
  }
  for (const model::IceCandidate& candidate : transport.candidates) write_candidate(tag, candidate);
}

}  // namespace rollcall::component::stanza
