#include "daemon/control_peer.h"

#include <Poco/Net/WebSocket.h>

#include <algorithm>
#include <optional>
#include <random>
#include <utility>

#include "daemon/control_dialer.h"
#include "daemon/log.h"
#include "daemon/rpc_connection.h"

namespace rollcall::daemon {

using control::Hello;
using control::Ping;

struct ControlPeer::State {
  State(EventLoop& its_loop, Settings its_settings, Callbacks its_callbacks)
      : loop(its_loop), settings(std::move(its_settings)), callbacks(std::move(its_callbacks)) {}

  EventLoop& loop;
  Settings settings;
  Callbacks callbacks;
  std::unique_ptr<ControlDialer> dialer = {};
  std::unique_ptr<RpcConnection> connection = {};
  bool connected = false;
  std::chrono::milliseconds back_off = settings.first_retry;
  EventLoop::Registration retry = {};
  EventLoop::Registration heartbeat = {};
  std::minstd_rand random{std::random_device{}()};

  void dial();
  void opened(const Poco::Net::WebSocket& socket);
  void greeted(const model::Expected<std::string>& answer);
  void lost(const std::string& why, bool refused);
  void beat();
};

void ControlPeer::State::dial() {
  dialer = std::make_unique<ControlDialer>(
      loop, settings.url, settings.token,
      ControlDialer::Callbacks{.opened = [this](const auto& socket) { opened(socket); },
                               .failed = [this](const std::string& why, bool refused) { lost(why, refused); }});
}

void ControlPeer::State::opened(const Poco::Net::WebSocket& socket) {
  RpcConnection::Callbacks wanted;
  wanted.message = [this](const control::Incoming& incoming, control::Responder respond) {
    callbacks.message(incoming, std::move(respond));
  };
  wanted.closed = [this](const std::string& why) { lost(why, false); };
  wanted.malformed = [](const std::string& what) {
    log::warning(event::control_malformed, {{"peer", "allocator"}, {"what", what}});
  };
  connection = std::make_unique<RpcConnection>(
      loop, socket, RpcConnection::Settings{.request_timeout = settings.request_timeout}, std::move(wanted));
  heartbeat = loop.every(settings.ping_interval, [this] { beat(); });
  connection->request(Hello::method, control::encode_params(callbacks.hello()),
                      [this](const model::Expected<std::string>& answer) { greeted(answer); });
}

void ControlPeer::State::greeted(const model::Expected<std::string>& answer) {
  const auto result = answer ? control::decode_result<Hello>(*answer) : tl::unexpected(answer.error());
  if (!result) {
    if (result.error().reason == model::Reason::connectivity) return;  // closed follows
    return lost(std::string(model::to_text(result.error().reason)) + ": " + result.error().subject, true);
  }
  connected = true;
  back_off = settings.first_retry;
  log::info(event::control_connected, {{"name", result->name}});
  callbacks.connected(*result);
}

/// Every way in which an attempt or a connection ends; the next attempt follows.
void ControlPeer::State::lost(const std::string& why, bool refused) {
  heartbeat.reset();
  const bool was_connected = std::exchange(connected, false);
  const auto old = std::exchange(connection, nullptr);
  const auto jitter = std::uniform_int_distribution<long>(0, back_off.count() / 4)(random);
  const auto wait = back_off + std::chrono::milliseconds(jitter);
  back_off = std::min(back_off * 2, settings.last_retry);
  if (refused) {
    log::error(event::control_refused, {{"why", why}, {"retry_ms", wait.count()}});
  } else {
    log::warning(event::control_disconnected, {{"why", why}, {"retry_ms", wait.count()}});
  }
  retry = loop.after(wait, [this] { dial(); });
  if (was_connected) callbacks.disconnected();
}

void ControlPeer::State::beat() {
  if (std::chrono::steady_clock::now() - connection->last_heard() > settings.dead_after) {
    return connection->close("the allocator was silent for too long");
  }
  if (connected) connection->request(Ping::method, control::encode_params(Ping{}), [](const auto&) {});
}

ControlPeer::ControlPeer(EventLoop& loop, Settings settings, Callbacks callbacks)
    : state_(std::make_unique<State>(loop, std::move(settings), std::move(callbacks))) {
  state_->dial();
}

ControlPeer::~ControlPeer() {
  state_->connected = false;
  state_->connection.reset();
}

bool ControlPeer::is_connected() const {
  return state_->connected;
}

void ControlPeer::notify_text(std::string_view method, std::string text) {
  if (!state_->connected) return log::warning(event::control_dropped, {{"method", method}});
  state_->connection->send(std::move(text));
}

void ControlPeer::request_json(std::string_view method, const std::string& params,
                               std::function<void(model::Expected<std::string>)> done) {
  if (state_->connected) return state_->connection->request(method, params, std::move(done));
  state_->loop.post([done = std::move(done)] {
    done(model::refuse(model::Reason::connectivity, "there is no connection to the allocator"));
  });
}

}  // namespace rollcall::daemon
