// What the operator reads about decisions and about the connection.
#pragma once

#include <string>

#include "allocator/rules/effect.h"
#include "xmpp-component/stream/stream.h"

namespace rollcall::component {

/// Effects that an operator wants to see later; the others leave no line.
void log_effect(const rules::Effect& effect);
void log_stream_state(stream::StreamState state, const std::string& sentence);

}  // namespace rollcall::component
