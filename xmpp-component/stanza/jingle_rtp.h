// The two halves of a content, for jingle_read.cpp and jingle_write.cpp only.
#pragma once

#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::stanza {

/// None: neither audio nor video.
[[nodiscard]] std::optional<RtpDescription> read_rtp(const gloox::Tag& description);
void write_rtp(gloox::Tag& content, const RtpDescription& description);

[[nodiscard]] IceTransport read_ice(const gloox::Tag& transport);
/// `answering`: a fingerprint must not say actpass then (JC-34).
void write_ice(gloox::Tag& content, const IceTransport& transport, bool answering);

}  // namespace rollcall::component::stanza
