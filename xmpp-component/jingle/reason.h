// Why a call ended: our reasons and Jingle's (XEP-0166 §7.4).
#pragma once

#include <string_view>

#include "allocator/model/refusal.h"
#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::jingle {

/// `text` is for logs and the curious; none: the reason's spelling and its subject (Conversations#4200).
[[nodiscard]] stanza::JingleReason to_jingle(const model::Refusal& refusal, std::string_view text = {});
/// What a peer's goodbye means; none given: an ordinary one.
[[nodiscard]] model::Reason to_model(const std::optional<stanza::JingleReason>& reason);

}  // namespace rollcall::component::jingle
