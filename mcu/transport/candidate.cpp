#include "mcu/transport/candidate.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <sstream>
#include <vector>

namespace rollcall::mcu::transport {
namespace {

using model::CandidateType;
using model::IceCandidate;

std::string_view type_text(CandidateType type) {
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

std::optional<CandidateType> type_from_text(std::string_view text) {
  for (const auto type :
       {CandidateType::host, CandidateType::server_reflexive, CandidateType::peer_reflexive, CandidateType::relayed}) {
    if (type_text(type) == text) {
      return type;
    }
  }
  return std::nullopt;
}

template <class Number>
bool read_number(const std::string& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool is_udp(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text == "udp";
}

bool is_token(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 0x7f; });
}

bool is_literal_address(const std::string& ip) {
  std::array<unsigned char, sizeof(in6_addr)> space{};
  return inet_pton(AF_INET, ip.c_str(), space.data()) == 1 || inet_pton(AF_INET6, ip.c_str(), space.data()) == 1;
}

}  // namespace

std::string to_text(const IceCandidate& candidate) {
  std::ostringstream text;
  text << "a=candidate:" << candidate.foundation << ' ' << candidate.component << " UDP " << candidate.priority << ' '
       << candidate.ip << ' ' << candidate.port << " typ " << type_text(candidate.type);
  if (candidate.type != CandidateType::host && !candidate.related_ip.empty()) {
    text << " raddr " << candidate.related_ip << " rport " << candidate.related_port;
  }
  return text.str();
}

std::optional<IceCandidate> candidate_from_text(std::string_view text) {
  constexpr std::string_view prefix = "a=candidate:";
  if (!text.starts_with(prefix)) {
    return std::nullopt;
  }
  std::istringstream words{std::string(text.substr(prefix.size()))};
  std::vector<std::string> word;
  for (std::string next; words >> next;) {
    word.push_back(std::move(next));
  }
  if (word.size() < 8 || !is_udp(word[2]) || word[6] != "typ") {
    return std::nullopt;
  }
  const auto type = type_from_text(word[7]);
  IceCandidate candidate{.foundation = word[0], .ip = word[4]};
  if (!type || !read_number(word[1], candidate.component) || !read_number(word[3], candidate.priority) ||
      !read_number(word[5], candidate.port)) {
    return std::nullopt;
  }
  candidate.type = *type;
  if (word.size() >= 12 && word[8] == "raddr" && word[10] == "rport") {
    candidate.related_ip = word[9];
    if (!read_number(word[11], candidate.related_port)) {
      return std::nullopt;
    }
  }
  return candidate;
}

bool is_usable(const IceCandidate& candidate) {
  return candidate.component == 1 && candidate.port > 0 && candidate.port <= 0xffff &&
         is_token(candidate.foundation, 32) && is_literal_address(candidate.ip);
}

bool are_credentials(std::string_view ufrag, std::string_view password) {
  return ufrag.size() >= 4 && is_token(ufrag, 256) && password.size() >= 22 && is_token(password, 256);
}

}  // namespace rollcall::mcu::transport
