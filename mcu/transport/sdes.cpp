#include "mcu/transport/sdes.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/srtp.h>

#include <algorithm>
#include <stdexcept>

namespace rollcall::mcu::transport {
namespace {

unsigned long profile_of(const std::string& suite) {
  if (suite == "AES_CM_128_HMAC_SHA1_80") {
    return SRTP_AES128_CM_SHA1_80;
  }
  return suite == "AES_CM_128_HMAC_SHA1_32" ? SRTP_AES128_CM_SHA1_32 : 0;
}

std::size_t key_length(unsigned long profile) {
  const auto lengths = srtp_lengths(profile);
  return lengths.key + lengths.salt;
}

/// Lifetime and MKI behind the key are cut off: keys live as long as the leg, and there is one of them.
std::optional<std::vector<std::uint8_t>> decode(const std::string& text, std::size_t length) {
  const auto base64 = text.substr(0, text.find('|'));
  std::vector<std::uint8_t> bytes(base64.size() / 4 * 3 + 3);
  const int size = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(base64.data()),
                                   static_cast<int>(base64.size()));
  const auto padding = static_cast<int>(std::count(base64.begin(), base64.end(), '='));
  if (size < 0 || static_cast<std::size_t>(size - padding) != length) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace

const model::SdesParameters* usable_sdes(const std::vector<model::SdesParameters>& theirs) {
  const auto found = std::find_if(theirs.begin(), theirs.end(), [](const auto& parameters) {
    const auto profile = profile_of(parameters.suite);
    // An MKI would stand in each packet.
    return profile != 0 && parameters.key.find(':') == std::string::npos &&
           decode(parameters.key, key_length(profile)).has_value();
  });
  return found == theirs.end() ? nullptr : &*found;
}

model::SdesParameters answer_sdes(const model::SdesParameters& theirs) {
  std::vector<std::uint8_t> key(key_length(profile_of(theirs.suite)));
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random numbers for an SRTP key");
  }
  std::string text(4 * ((key.size() + 2) / 3) + 1, '\0');
  text.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), key.data(), static_cast<int>(key.size()))));
  return {theirs.tag, theirs.suite, text};
}

std::optional<SrtpKeys> sdes_keys(const model::SdesParameters& ours, const model::SdesParameters& theirs) {
  const auto profile = profile_of(theirs.suite);
  const auto local = decode(ours.key, key_length(profile));
  const auto remote = decode(theirs.key, key_length(profile));
  if (profile == 0 || ours.suite != theirs.suite || !local || !remote) {
    return std::nullopt;
  }
  return SrtpKeys{profile, *local, *remote};
}

}  // namespace rollcall::mcu::transport
