#include "mcu/transport/certificate.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace rollcall::mcu::transport {
namespace {

constexpr long a_day = 24L * 3600;

OpenSslPtr<X509> self_signed(EVP_PKEY* key) {
  OpenSslPtr<X509> certificate(X509_new());
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  // Nobody checks the dates of such certificates; yesterday, in case somebody's clock is behind and he does.
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -a_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 365 * a_day);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("rollcall"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
    throw std::runtime_error("OpenSSL cannot sign the DTLS certificate");
  }
  return certificate;
}

const EVP_MD* digest_of(std::string hash) {
  hash.erase(std::remove(hash.begin(), hash.end(), '-'), hash.end());
  std::transform(hash.begin(), hash.end(), hash.begin(), [](unsigned char c) { return std::toupper(c); });
  for (const char* const known : {"SHA1", "SHA224", "SHA256", "SHA384", "SHA512"}) {
    if (hash == known) {
      return EVP_get_digestbyname(known);
    }
  }
  return nullptr;
}

std::string bare_hex(const std::string& text) {
  std::string hex;
  for (const unsigned char c : text) {
    if (std::isxdigit(c) != 0) {
      hex += static_cast<char>(std::toupper(c));
    }
  }
  return hex;
}

}  // namespace

Certificate::Certificate() : key_(EVP_EC_gen("P-256")) {
  if (!key_) {
    throw std::runtime_error("OpenSSL cannot make an EC P-256 key for DTLS");
  }
  certificate_ = self_signed(key_.get());
  fingerprint_ = fingerprint_of(certificate_.get(), "sha-256");
}

std::string fingerprint_of(const X509* certificate, const std::string& hash) {
  const EVP_MD* digest = digest_of(hash);
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (digest == nullptr || X509_digest(certificate, digest, bytes.data(), &size) == 0) {
    return {};
  }
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    text += i == 0 ? "" : ":";
    text += digits[bytes.at(i) >> 4];
    text += digits[bytes.at(i) & 15];
  }
  return text;
}

bool same_fingerprint(const std::string& first, const std::string& second) {
  const auto hex = bare_hex(first);
  return !hex.empty() && hex == bare_hex(second);
}

}  // namespace rollcall::mcu::transport
