#include "allocator/links/links.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <utility>

namespace rollcall::links {
namespace {

constexpr std::size_t signature_bytes = 16;
constexpr std::size_t longest_link = 2048;

/// RFC 4648 §5, without padding.
std::string to_base64url(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return text;
}

/// Empty when it is no base64url, or not as to_base64url() writes it: the bits that fill the last character up are
/// zero (RFC 4648 §3.5), so a link has one spelling only.
std::string from_base64url(std::string_view text) {
  std::string padded(text);
  for (char& c : padded) {
    if (c == '+' || c == '/') return {};
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  const std::size_t padding = (4 - padded.size() % 4) % 4;
  padded.append(padding, '=');
  std::string bytes(padded.size(), '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(padded.data()), static_cast<int>(padded.size()));
  if (length < 0 || padding > 2) return {};
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return to_base64url(bytes) == text ? bytes : std::string{};
}

}  // namespace

LinkSigner::LinkSigner(Settings settings) : settings_(std::move(settings)) {
  while (settings_.base_url.ends_with('/')) settings_.base_url.pop_back();
}

std::string LinkSigner::signature(std::string_view text) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), settings_.key.data(), static_cast<int>(settings_.key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  return {reinterpret_cast<const char*>(digest.data()), signature_bytes};
}

std::string LinkSigner::link(const model::ConferenceId& conference, model::Time now) const {
  const auto last_day = std::chrono::ceil<std::chrono::days>(now) + settings_.valid;
  const std::string text = conference.text() + "\n" + std::to_string(last_day.time_since_epoch().count());
  return settings_.base_url + "/j/" + to_base64url(signature(text) + text);
}

model::Expected<model::ConferenceId> LinkSigner::check(std::string_view signed_part, model::Time now) const {
  using model::Reason;
  const std::string bytes = signed_part.size() <= longest_link ? from_base64url(signed_part) : std::string{};
  if (bytes.size() <= signature_bytes) return model::refuse(Reason::link_forged);
  const std::string_view text = std::string_view(bytes).substr(signature_bytes);
  if (CRYPTO_memcmp(bytes.data(), signature(text).data(), signature_bytes) != 0)
    return model::refuse(Reason::link_forged);

  const auto line_end = text.rfind('\n');
  if (line_end == std::string_view::npos) return model::refuse(Reason::link_forged);
  int last_day = 0;
  const std::string_view digits = text.substr(line_end + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), last_day);
  if (error != std::errc{} || end != digits.data() + digits.size()) return model::refuse(Reason::link_forged);
  if (model::Time(std::chrono::days(last_day)) < now) return model::refuse(Reason::link_expired);
  return model::ConferenceId(std::string(text.substr(0, line_end)));
}

}  // namespace rollcall::links
