// The STUN and TURN servers that come with a leg.
#pragma once

#include <optional>

#include "allocator/control/messages.h"
#include "mcu/transport/io_context.h"

namespace rollcall::mcu {

[[nodiscard]] inline transport::IoContext::Servers servers_in(const control::LegCreate& request) {
  const auto server_of = [](const std::optional<control::IceServer>& server) {
    return server ? std::optional(transport::IceServer{server->ip, server->port, server->user, server->password})
                  : std::nullopt;
  };
  return {server_of(request.stun), server_of(request.turn)};
}

}  // namespace rollcall::mcu
