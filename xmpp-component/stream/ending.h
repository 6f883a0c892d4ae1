#pragma once

#include <gloox/gloox.h>

#include <string>

#include "xmpp-component/stream/stream.h"

namespace rollcall::component::stream {

class Component;

/// Why a connection came to its end, and what that makes of the Stream: waiting, refused or standby. A value.
struct Ending {
  StreamState state = StreamState::waiting;
  std::string sentence = {};
};

[[nodiscard]] Ending why_ended(gloox::ConnectionError reason, const Component& component,
                               const Stream::Settings& settings);
[[nodiscard]] Ending no_handshake(const Stream::Settings& settings);
[[nodiscard]] Ending no_sign_of_life();
[[nodiscard]] Ending not_reading();

}  // namespace rollcall::component::stream
