// What is in a SIP message, as values. Inside this room only.
#pragma once

#include <sofia-sip/nua.h>
#include <sofia-sip/sip.h>

#include <optional>
#include <string>
#include <string_view>

#include "sip/dialog/signalling.h"

namespace rollcall::sip::dialog {

/// The longest body that is looked at.
inline constexpr std::size_t longest_body = 16384;

[[nodiscard]] std::string body_of(const sip_t* sip);
/// None: no body. Another content type than SDP counts as none.
[[nodiscard]] std::optional<std::string> sdp_of(const sip_t* sip);
/// Address of who sent what is being handled now.
[[nodiscard]] std::string source_of(nua_t* nua);
/// Without `call` and `ip`.
[[nodiscard]] Invite invite_of(const sip_t* sip);
/// `Digest:"realm":user:password`, as sofia wants it; none: nothing is asked for.
[[nodiscard]] std::optional<std::string> credentials(const sip_t* sip, const std::string& user,
                                                     const std::string& password);
/// The keys of an INFO (application/dtmf-relay, application/dtmf); empty: it is about something else.
[[nodiscard]] std::string keys_of(const sip_t* sip);
/// RFC 5168.
[[nodiscard]] bool wants_picture(const sip_t* sip);

}  // namespace rollcall::sip::dialog
