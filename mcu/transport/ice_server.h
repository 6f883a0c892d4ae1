#pragma once

#include <chrono>
#include <string>

namespace rollcall::mcu::transport {

/// A STUN or TURN server of ours.
struct IceServer {
  std::string ip;  ///< a literal address
  int port = 3478;
  std::string user = {};  ///< empty: time-limited credentials are made of the secret, as coturn's use-auth-secret wants
  std::string secret = {};  ///< with a user: his password. Never logged
};

/// "host", "host:port" or "[address]:port"; names are looked up now. Throws std::runtime_error that says what is wrong.
[[nodiscard]] IceServer resolve_server(const std::string& text);

struct TurnLogin {
  std::string user;
  std::string password;
};
/// What to say to the server at that time. Pure.
[[nodiscard]] TurnLogin turn_login(const IceServer& server, std::chrono::system_clock::time_point now);

}  // namespace rollcall::mcu::transport
