#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "allocator/control/messages.h"

namespace Poco::Net {
class WebSocket;
}

namespace rollcall::pool {

/// Whose token this is, compared in a time that does not tell how much of it was right. Pure.
[[nodiscard]] std::optional<control::Role> role_of_token(const std::map<control::Role, std::string>& tokens,
                                                         std::string_view token);
/// The token of an `Authorization: Bearer …` header; empty: none.
[[nodiscard]] std::string_view bearer_token(std::string_view header);

/// The HTTP server in front of the pool: answers 404 to anything but /control, 401 to a wrong token, and turns the
/// rest into WebSockets. Owned by the pool; its threads call the callbacks, which may do nothing but post.
class DoorKeeper {
 public:
  struct Callbacks {
    std::function<void(const Poco::Net::WebSocket&, control::Role, const std::string& from)> opened;
    std::function<void(const std::string& from, const std::string& why)> refused;
  };

  /// Throws std::runtime_error where it cannot listen.
  DoorKeeper(const std::string& host, int port, std::map<control::Role, std::string> tokens, Callbacks callbacks);
  /// After it no callback is called any more.
  ~DoorKeeper();
  DoorKeeper(const DoorKeeper&) = delete;
  DoorKeeper& operator=(const DoorKeeper&) = delete;

  [[nodiscard]] int port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::pool
