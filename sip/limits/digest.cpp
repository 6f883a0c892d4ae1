#include "sip/limits/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <stdexcept>

namespace rollcall::sip::limits {
namespace {

std::string hex(const unsigned char* bytes, std::size_t count) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

std::string md5(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), sum.data(), &size, EVP_md5(), nullptr) != 1)
    throw std::runtime_error("OpenSSL cannot do MD5, which SIP's digest needs");
  return hex(sum.data(), size);
}

std::string signature(const std::string& secret, const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), sum.data(), &size);
  return hex(sum.data(), 16);
}

bool same(std::string_view first, std::string_view second) {
  return first.size() == second.size() && CRYPTO_memcmp(first.data(), second.data(), first.size()) == 0;
}

template <class Number>
bool read(std::string_view text, Number& number, int base) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string Nonces::make(Time now, std::string_view call) const {
  const auto when = std::to_string(now.time_since_epoch().count());
  return when + "-" + signature(secret_, when + "|" + std::string(call));
}

Nonces::Verdict Nonces::use(const Authorization& said, Time now, std::string_view call) {
  const auto dash = said.nonce.find('-');
  std::int64_t seconds = 0;
  if (dash == std::string::npos || !read(std::string_view(said.nonce).substr(0, dash), seconds, 10))
    return Verdict::forged;
  const Time made{std::chrono::seconds(seconds)};
  if (!same(make(made, call), said.nonce)) return Verdict::forged;
  if (now - made > life) return Verdict::stale;
  std::erase_if(used_, [&](const auto& entry) { return now - entry.second.first > life; });
  std::uint32_t count = 1;
  if (!said.qop.empty() && (said.nc.size() != 8 || !read(std::string_view(said.nc), count, 16))) return Verdict::forged;
  const auto [found, is_new] = used_.try_emplace(said.nonce, made, 0);
  if (count <= found->second.second) return Verdict::replayed;
  found->second.second = count;
  return Verdict::good;
}

bool knows_password(const Authorization& said, std::string_view method, std::string_view password) {
  if (!said.algorithm.empty() && said.algorithm != "MD5" && said.algorithm != "md5") return false;
  const std::string ha1 = md5(said.user + ":" + said.realm + ":" + std::string(password));
  const std::string ha2 = md5(std::string(method) + ":" + said.uri);
  std::string middle = said.nonce;
  if (!said.qop.empty()) middle += ":" + said.nc + ":" + said.cnonce + ":" + said.qop;
  return same(md5(ha1 + ":" + middle + ":" + ha2), said.response);
}

}  // namespace rollcall::sip::limits
