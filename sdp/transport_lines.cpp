#include <algorithm>
#include <cctype>

#include "sdp/media_lines.h"
#include "sdp/sdp.h"
#include "sdp/text.h"

namespace rollcall::sdp {

namespace {

using model::DtlsParameters;
using model::DtlsSetup;

constexpr std::size_t most_candidates = 64;
constexpr std::size_t most_keys = 16;

bool is_ice_text(std::string_view text, std::size_t least) {
  return text.size() >= least && text.size() <= 256 && std::ranges::all_of(text, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == '-' || c == '_' ||
                  c == '=';
         });
}

/// RFC 8839 §5.4; “-” and “_” are not allowed there, but clients send them.
model::Expected<std::optional<model::IceParameters>> read_ice(const Attributes& lines) {
  auto ufrag = lines.own_or_session("ice-ufrag");
  auto password = lines.own_or_session("ice-pwd");
  if (!ufrag && !password) return std::nullopt;
  if (!ufrag || !is_ice_text(*ufrag, 4)) return bad_line("a=ice-ufrag", "missing, too short or malformed");
  if (!password || !is_ice_text(*password, 22)) return bad_line("a=ice-pwd", "missing, too short or malformed");
  model::IceParameters ice{std::string(*ufrag), std::string(*password)};
  auto candidates = lines.all("candidate");
  if (candidates.size() > most_candidates) return bad_line("a=candidate", "more than 64 candidates");
  for (auto value : candidates) {
    auto candidate = parse_candidate("candidate:" + std::string(value));
    if (!candidate) return tl::unexpected(candidate.error());
    if (*candidate) ice.candidates.push_back(**candidate);
  }
  return ice;
}

/// Bytes of each hash that RFC 8122 and its registry allow today.
std::size_t hash_bytes(std::string_view hash) {
  if (hash == "sha-1") return 20;
  if (hash == "sha-224") return 28;
  if (hash == "sha-256") return 32;
  if (hash == "sha-384") return 48;
  if (hash == "sha-512") return 64;
  return 0;
}

bool is_fingerprint(std::string_view text, std::size_t bytes) {
  if (bytes == 0 || text.size() != bytes * 3 - 1) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = i % 3 == 2 ? text[i] == ':' : std::isxdigit(static_cast<unsigned char>(text[i])) != 0;
    if (!fits) return false;
  }
  return true;
}

model::Expected<DtlsSetup> read_setup(const Attributes& lines) {
  auto setup = lines.own_or_session("setup");
  if (!setup || *setup == "actpass") return DtlsSetup::actpass;
  if (*setup == "active") return DtlsSetup::active;
  if (*setup == "passive") return DtlsSetup::passive;
  return bad_line("a=setup:" + std::string(*setup), "expected actpass, active or passive");
}

/// Of several fingerprints the sha-256 one, else the first whose hash is known.
model::Expected<std::optional<DtlsParameters>> read_dtls(const Attributes& lines) {
  auto setup = read_setup(lines);
  if (!setup) return tl::unexpected(setup.error());
  std::optional<DtlsParameters> chosen;
  for (auto value : lines.all_or_session("fingerprint")) {
    auto [name, text] = cut(trim(value), ' ');
    const auto hash = lower(name);
    if (hash_bytes(hash) == 0) continue;
    const auto hex = trim(text);
    if (!is_fingerprint(hex, hash_bytes(hash)))
      return bad_line("a=fingerprint:" + std::string(value), "the fingerprint does not have the hash's length");
    if (chosen && (chosen->hash == "sha-256" || hash != "sha-256")) continue;
    chosen = DtlsParameters{hash, std::string(hex), *setup};
    std::ranges::transform(chosen->fingerprint, chosen->fingerprint.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  }
  return chosen;
}

bool is_base64(std::string_view text) {
  return !text.empty() && text.size() <= 256 && std::ranges::all_of(text, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == '=';
  });
}

/// RFC 4568. The line itself is never quoted: it holds the key.
model::Expected<std::vector<model::SdesParameters>> read_keys(const Attributes& lines) {
  std::vector<model::SdesParameters> keys;
  for (auto value : lines.all("crypto")) {
    auto words = split(value, ' ');
    auto tag = words.empty() ? std::nullopt : number(words[0], 0, 999'999'999);
    if (words.size() < 3 || !tag || !is_token(words[1]) || keys.size() >= most_keys)
      return bad_line("a=crypto", "expected <tag> <suite> inline:<key>, at most 16");
    if (!words[2].starts_with("inline:")) continue;
    auto [key, extras] = cut(words[2].substr(7), '|');
    if (extras.find(':') != std::string_view::npos || words[2].find(';') != std::string_view::npos) continue;
    if (!is_base64(key)) return bad_line("a=crypto:" + std::string(words[0]), "the key is not base64");
    keys.push_back({*tag, std::string(words[1]), std::string(key)});
  }
  return keys;
}

model::Expected<std::optional<model::MediaAddress>> read_address(const Attributes& lines, bool rtcp_mux) {
  const auto* connection = gst_sdp_media_connections_len(&lines.media()) > 0
                               ? gst_sdp_media_get_connection(&lines.media(), 0)
                               : gst_sdp_message_get_connection(&lines.message());
  std::string_view ip = connection && connection->address ? connection->address : "";
  if (ip.empty()) return bad_line("c=", "missing: without ICE an address is needed");
  if (!is_ip(ip)) return bad_line("c= … " + std::string(ip), "not an IP address");
  const int port = static_cast<int>(gst_sdp_media_get_port(&lines.media()));
  model::MediaAddress address{std::string(ip), port, rtcp_mux ? port : std::min(port + 1, 65535)};
  auto rtcp = lines.own("rtcp");
  if (!rtcp || rtcp_mux) return address;
  auto rtcp_port = number(cut(trim(*rtcp), ' ').first, 1, 65535);  // RFC 3605
  if (!rtcp_port) return bad_line("a=rtcp:" + std::string(*rtcp), "expected a port");
  address.rtcp_port = *rtcp_port;
  return address;
}

bool is_plain_profile(const GstSDPMedia& media) {
  const std::string_view protocol = gst_sdp_media_get_proto(&media);
  return protocol == "RTP/AVP" || protocol == "RTP/AVPF";
}

}  // namespace

model::Expected<model::Transport> read_transport(const Attributes& lines, bool rtcp_mux) {
  auto ice = read_ice(lines);
  if (!ice) return tl::unexpected(ice.error());
  auto dtls = read_dtls(lines);
  if (!dtls) return tl::unexpected(dtls.error());
  auto keys = read_keys(lines);
  if (!keys) return tl::unexpected(keys.error());
  model::Transport transport{.ice = std::move(*ice), .dtls = std::move(*dtls), .sdes = std::move(*keys)};
  if (!transport.ice) {
    auto address = read_address(lines, rtcp_mux);
    if (!address) return tl::unexpected(address.error());
    transport.address = std::move(*address);
  }
  transport.plain = is_plain_profile(lines.media()) && !transport.dtls && transport.sdes.empty();
  return transport;
}

}  // namespace rollcall::sdp
