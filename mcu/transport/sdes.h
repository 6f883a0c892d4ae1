// SRTP keys in the description itself (RFC 4568): for gateways whose signalling is protected.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocator/model/media_description.h"
#include "mcu/transport/srtp.h"

namespace rollcall::mcu::transport {

/// The first of theirs that we can use: AES_CM_128_HMAC_SHA1_80 or _32 with a key of the right length. Pure.
[[nodiscard]] const model::SdesParameters* usable_sdes(const std::vector<model::SdesParameters>& theirs);

/// Ours in answer to theirs: the same tag and suite, a key of our own.
[[nodiscard]] model::SdesParameters answer_sdes(const model::SdesParameters& theirs);

/// Nothing if a key cannot be read. Pure.
[[nodiscard]] std::optional<SrtpKeys> sdes_keys(const model::SdesParameters& ours, const model::SdesParameters& theirs);

}  // namespace rollcall::mcu::transport
