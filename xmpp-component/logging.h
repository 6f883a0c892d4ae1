// What the operator reads about decisions and about the connection.
#pragma once

#include <string>

#include "allocator/rules/effect.h"
#include "xmpp-component/stream/stream.h"

namespace rollcall::component {

/// Effects that an operator wants to see later; the others leave no line.
void log_effect(const rules::Effect& effect);
/// Whether a server's rosters are written.
void log_roster_decision(const std::string& server, bool writes, const std::string& sentence);
void log_stream_state(stream::StreamState state, const std::string& sentence);

}  // namespace rollcall::component
