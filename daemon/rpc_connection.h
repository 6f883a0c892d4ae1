#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "allocator/control/codec.h"
#include "allocator/control/messages.h"
#include "allocator/model/expected.h"
#include "daemon/event_loop.h"
#include "daemon/web_socket_link.h"

namespace rollcall::daemon {

/// One connection of the control channel, either end: texts to messages and back, and which request is still to be
/// answered. Owned by a ControlPeer or by the pool. Loop thread.
class RpcConnection {
 public:
  using Done = std::function<void(model::Expected<std::string> result)>;
  enum class Direction { received, sent };

  struct Settings {
    WebSocketLink::Limits limits = {};
    std::chrono::milliseconds request_timeout{10000};
  };

  /// `closed` is called once, unless this is destroyed before. Each may destroy this.
  struct Callbacks {
    std::function<void(const control::Incoming&, control::Responder)> message;
    std::function<void(const std::string& why)> closed;
    std::function<void(const std::string& what)> malformed = [](const auto&) {};
    std::function<void(Direction, const std::string& text)> transcript = {};
  };

  RpcConnection(EventLoop& loop, const Poco::Net::WebSocket& socket, Settings settings, Callbacks callbacks);
  /// Requests that are still open are answered with `connectivity`.
  ~RpcConnection();
  RpcConnection(const RpcConnection&) = delete;
  RpcConnection& operator=(const RpcConnection&) = delete;

  void send(std::string text);
  /// `done` is called once: with the result's JSON, the other side's refusal, `timeout` or `connectivity`.
  void request(std::string_view method, std::string_view params, Done done);
  void close(const std::string& why) { link_.close(why); }

  [[nodiscard]] std::chrono::steady_clock::time_point last_heard() const { return last_heard_; }

 private:
  struct Pending {
    Done done;
    EventLoop::Registration timer;
  };

  void on_text(const std::string& text);
  void finish(long id, model::Expected<std::string> result);
  void fail_all();
  [[nodiscard]] control::Responder responder(std::optional<long> id);

  EventLoop& loop_;
  Settings settings_;
  std::shared_ptr<const Callbacks> callbacks_;  // shared with the call that runs, which may destroy this
  std::shared_ptr<RpcConnection*> self_;        // what an answer that comes late finds empty
  std::chrono::steady_clock::time_point last_heard_ = std::chrono::steady_clock::now();
  long last_id_ = 0;
  std::map<long, Pending> pending_;
  WebSocketLink link_;
};

}  // namespace rollcall::daemon
