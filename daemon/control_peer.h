#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "allocator/control/codec.h"
#include "allocator/control/messages.h"
#include "allocator/model/expected.h"
#include "daemon/event_loop.h"

namespace rollcall::daemon {

/// The dialling end of the control channel: connects to the allocator by WebSocket, says hello, keeps the heartbeat,
/// reconnects with back-off (1 s doubling to 30 s, with jitter) for as long as it lives. One per MCU worker or door,
/// owned by main(). Loop thread; the socket is read and written by threads of its own that only post.
class ControlPeer {
 public:
  struct Settings {
    std::string url;    ///< ws://127.0.0.1:7340/control
    std::string token;  ///< sent as `Authorization: Bearer`; never logged
    std::chrono::milliseconds ping_interval{5000};
    std::chrono::milliseconds dead_after{15000};
    std::chrono::milliseconds request_timeout{10000};
    std::chrono::milliseconds first_retry{1000};  ///< doubles at each failure, up to last_retry, plus up to a quarter
    std::chrono::milliseconds last_retry{30000};
  };

  struct Callbacks {
    /// Called before each connection's first message: what to say now (what is held, what it can carry).
    std::function<control::Hello()> hello;
    /// The allocator took us in / the connection is lost. Calls that were running go on.
    std::function<void(const control::Hello::Result&)> connected = [](const auto&) {};
    std::function<void()> disconnected = [] {};
    /// A request or a notification from the allocator. `respond` must be called once for a request (a dropped one
    /// answers `internal`); for a notification it does nothing.
    std::function<void(const control::Incoming&, control::Responder)> message;
  };

  ControlPeer(EventLoop& loop, Settings settings, Callbacks callbacks);
  ~ControlPeer();
  ControlPeer(const ControlPeer&) = delete;
  ControlPeer& operator=(const ControlPeer&) = delete;

  [[nodiscard]] bool is_connected() const;

  /// Loop thread. Dropped with a log line when not connected.
  template <class Notification>
  void notify(const Notification& notification) {
    notify_text(Notification::method, control::encode_notification(notification));
  }

  /// Loop thread. `done` is called once, on the loop thread: with the result, with the allocator's refusal, or with
  /// `timeout`/`connectivity`.
  template <class Request>
  void request(const Request& request, std::function<void(model::Expected<typename Request::Result>)> done) {
    request_json(Request::method, control::encode_params(request),
                 [done = std::move(done)](model::Expected<std::string> answer) {
                   if (!answer) return done(tl::unexpected(answer.error()));
                   done(control::decode_result<Request>(*answer));
                 });
  }

 private:
  void notify_text(std::string_view method, std::string text);
  void request_json(std::string_view method, const std::string& params,
                    std::function<void(model::Expected<std::string>)> done);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::daemon
