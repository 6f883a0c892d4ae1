// A telephone's SDP as a media description of the call, and whether it may be taken. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "sdp/sdp.h"

namespace rollcall::sip {

/// What somebody may do without encryption.
enum class Protection {
  any,       ///< a gateway whose settings say so
  required,  ///< everybody else
};

/// Their SDP with our names for its m-lines: `mids` in order, which grow by what is new. A telephone that names its
/// lines otherwise, or not at all, means the same lines in the same places (RFC 3264 §8). Refused with bad-request,
/// no-common-codec (no media in it), no-security: neither DTLS nor keys that came over TLS (`secure`), where that is
/// required. Keys that anybody could read are refused everywhere: they only look like protection.
[[nodiscard]] model::Expected<sdp::Session> read_media(const std::string& text, std::vector<std::string>& mids,
                                                       Protection protection, bool secure);

}  // namespace rollcall::sip
