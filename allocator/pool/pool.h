#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "allocator/control/codec.h"
#include "allocator/control/messages.h"
#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "daemon/event_loop.h"
#include "daemon/web_socket_link.h"

namespace rollcall::pool {

using model::PeerId;

/// The listening end of the control channel: which MCU workers and doors are there. Lets in who has his role's token
/// and says a hello that fits it, answers his pings, and counts him as gone 15 s after he was last heard. One per
/// allocator, owned by main(). Loop thread; HTTP and sockets live on threads of their own that only post.
class Pool {
 public:
  struct Settings {
    std::string host = "127.0.0.1";
    int port = 7340;  ///< 0: any free one
    std::map<control::Role, std::string> tokens =
        {};                       ///< a role without a token, or with an empty one, is let in by none
    std::string transcript = {};  ///< for tests: a file for every message; see transcript.h
    std::chrono::milliseconds dead_after{15000};
    std::chrono::milliseconds request_timeout{10000};
    std::size_t most_peers = 256;
    daemon::WebSocketLink::Limits limits = {};  ///< for what one peer may send and leave unread
  };

  struct Callbacks {
    /// A peer was taken in; what he still holds is in his hello.
    std::function<void(const PeerId&, const control::Hello&)> peer_up = [](const auto&, const auto&) {};
    /// He is gone: lost, silent, or replaced by a second connection of the same name (peer_up follows then).
    std::function<void(const PeerId&)> peer_down = [](const auto&) {};
    /// A request or a notification. `respond` may be kept; destroyed unanswered it answers `internal`.
    std::function<void(const PeerId&, const control::Incoming&, control::Responder respond)> message;
    /// Called once, from the constructor.
    std::function<void(int port)> listening = [](int) {};
  };

  /// What is known of a peer who was taken in.
  struct Peer {
    PeerId id;
    control::Role role = control::Role::mcu;
    std::string version;
    double capacity_units = 0;
  };

  /// Listens at once. Throws std::runtime_error with a sentence where it cannot.
  Pool(daemon::EventLoop& loop, Settings settings, Callbacks callbacks);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  [[nodiscard]] int port() const;
  /// In order of name.
  [[nodiscard]] std::vector<Peer> peers() const;

  /// `done` is called once, on the loop thread: with the result, the peer's refusal, `timeout` or `connectivity`.
  template <class Request>
  void request(const PeerId& peer, const Request& request,
               std::function<void(model::Expected<typename Request::Result>)> done) {
    request_json(peer, Request::method, control::encode_params(request),
                 [done = std::move(done)](model::Expected<std::string> answer) {
                   if (!answer) return done(tl::unexpected(answer.error()));
                   done(control::decode_result<Request>(*answer));
                 });
  }

  /// Dropped with a log line when there is no such peer.
  template <class Notification>
  void notify(const PeerId& peer, const Notification& notification) {
    notify_text(peer, Notification::method, control::encode_notification(notification));
  }

 private:
  void request_json(const PeerId& peer, std::string_view method, const std::string& params,
                    std::function<void(model::Expected<std::string>)> done);
  void notify_text(const PeerId& peer, std::string_view method, std::string text);

  struct State;
  std::shared_ptr<State> state_;  // what posted closures hold weakly
};

}  // namespace rollcall::pool
