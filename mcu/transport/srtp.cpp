#include "mcu/transport/srtp.h"

#include <arpa/inet.h>
#include <openssl/srtp.h>
#include <srtp2/srtp.h>

#include <stdexcept>
#include <string>

namespace rollcall::mcu::transport {
namespace {

/// libsrtp wants one init per process. GStreamer's SRTP plugin may have been first, then ours is refused; whether the
/// library works is seen when a context is made.
void initialise() {
  static const srtp_err_status_t status = srtp_init();
  (void)status;
}

srtp_profile_t library_profile(unsigned long profile) {
  switch (profile) {
    case SRTP_AES128_CM_SHA1_80:
      return srtp_profile_aes128_cm_sha1_80;
    case SRTP_AES128_CM_SHA1_32:
      return srtp_profile_aes128_cm_sha1_32;
    case SRTP_AEAD_AES_128_GCM:
      return srtp_profile_aead_aes_128_gcm;
    case SRTP_AEAD_AES_256_GCM:
      return srtp_profile_aead_aes_256_gcm;
    default:
      return srtp_profile_reserved;
  }
}

srtp_t make_context(unsigned long number, const std::vector<std::uint8_t>& key, srtp_ssrc_type_t direction) {
  const auto profile = library_profile(number);
  srtp_policy_t policy{};
  if (srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, profile) != srtp_err_status_ok ||
      srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, profile) != srtp_err_status_ok) {
    throw std::runtime_error("libsrtp does not know the SRTP profile " + std::to_string(number));
  }
  policy.ssrc.type = direction;
  policy.key = const_cast<std::uint8_t*>(key.data());
  policy.window_size = 1024;
  policy.allow_repeat_tx = 1;  // what is resent without a stream of its own is the same to the last byte
  srtp_t context = nullptr;
  if (const auto status = srtp_create(&context, &policy); status != srtp_err_status_ok) {
    throw std::runtime_error("libsrtp refused the keys, status " + std::to_string(status));
  }
  return context;
}

}  // namespace

struct SrtpSession::State {
  srtp_t outbound = nullptr;
  srtp_t inbound = nullptr;
};

SrtpLengths srtp_lengths(unsigned long profile) {
  initialise();
  const auto known = library_profile(profile);
  if (known == srtp_profile_reserved) {
    return {};
  }
  return {srtp_profile_get_master_key_length(known), srtp_profile_get_master_salt_length(known)};
}

SrtpSession::SrtpSession(const SrtpKeys& keys) : state_(std::make_unique<State>()) {
  initialise();
  state_->outbound = make_context(keys.profile, keys.local, ssrc_any_outbound);
  try {
    state_->inbound = make_context(keys.profile, keys.remote, ssrc_any_inbound);
  } catch (...) {
    srtp_dealloc(state_->outbound);
    throw;
  }
}

SrtpSession::~SrtpSession() {
  srtp_dealloc(state_->outbound);
  srtp_dealloc(state_->inbound);
}

std::size_t SrtpSession::protect(PacketKind kind, std::span<std::uint8_t> buffer, std::size_t length) {
  if (length + overhead > buffer.size()) {
    return 0;
  }
  int size = static_cast<int>(length);
  const auto status = kind == PacketKind::rtcp ? srtp_protect_rtcp(state_->outbound, buffer.data(), &size)
                                               : srtp_protect(state_->outbound, buffer.data(), &size);
  return status == srtp_err_status_ok ? static_cast<std::size_t>(size) : 0;
}

std::size_t SrtpSession::unprotect(PacketKind kind, std::span<std::uint8_t> packet) {
  int size = static_cast<int>(packet.size());
  const auto status = kind == PacketKind::rtcp ? srtp_unprotect_rtcp(state_->inbound, packet.data(), &size)
                                               : srtp_unprotect(state_->inbound, packet.data(), &size);
  return status == srtp_err_status_ok && size > 0 ? static_cast<std::size_t>(size) : 0;
}

void SrtpSession::forget(std::uint32_t ssrc) {
  srtp_remove_stream(state_->inbound, htonl(ssrc));
}

}  // namespace rollcall::mcu::transport
