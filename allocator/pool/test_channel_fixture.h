// A pool and its peers in one process, on one loop, over loopback. For this room's component tests.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "allocator/pool/pool.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"

namespace rollcall::pool {

using namespace std::chrono_literals;

/// Runs the loop until `holds`; fails the test after 20 s.
inline void run_until(daemon::EventLoop& loop, const std::function<bool()>& holds) {
  bool held = false;
  const auto check = loop.every(1ms, [&] {
    if (!held && (held = holds())) loop.quit();
  });
  const auto deadline = loop.after(20s, [&] { loop.quit(); });
  loop.run();
  REQUIRE(held);
}

struct Channel {
  using Respond = std::function<void(const PeerId&, const control::Incoming&, control::Responder)>;

  daemon::EventLoop loop;
  std::vector<std::string> log_lines;
  daemon::log::Capture capture{[this](auto, const std::string& line) { log_lines.push_back(line); }};
  std::vector<std::string> ups;
  std::vector<std::string> downs;
  Respond on_message = [](const auto&, const auto&, auto) {};
  std::unique_ptr<Pool> pool;
  int port = 0;

  explicit Channel(Pool::Settings settings = {}) { open(std::move(settings)); }

  void open(Pool::Settings settings = {}) {
    settings.port = port;
    settings.tokens = {{control::Role::mcu, "mcu-token"}, {control::Role::web, "web-token"}};
    Pool::Callbacks callbacks;
    callbacks.peer_up = [this](const PeerId& id, const auto&) { ups.push_back(id.text()); };
    callbacks.peer_down = [this](const PeerId& id) { downs.push_back(id.text()); };
    callbacks.message = [this](const PeerId& id, const control::Incoming& incoming, control::Responder respond) {
      on_message(id, incoming, std::move(respond));
    };
    callbacks.listening = [this](int its_port) { port = its_port; };
    pool = std::make_unique<Pool>(loop, std::move(settings), std::move(callbacks));
  }

  [[nodiscard]] bool logged(const std::string& part) const {
    for (const auto& line : log_lines) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }
};

/// A dialling end with a name, and what it got to hear.
struct Dialler {
  std::vector<std::string> heard;
  std::function<void(const control::Incoming&, control::Responder)> on_message = [](const auto&, auto) {};
  int connections = 0;
  int losses = 0;
  control::Hello hello;
  std::unique_ptr<daemon::ControlPeer> peer;

  static daemon::ControlPeer::Settings quick(const Channel& channel, const std::string& token) {
    daemon::ControlPeer::Settings settings;
    settings.url = "ws://127.0.0.1:" + std::to_string(channel.port) + "/control";
    settings.token = token;
    settings.ping_interval = 20ms;
    settings.first_retry = 10ms;
    settings.last_retry = 50ms;
    return settings;
  }

  Dialler(Channel& channel, const std::string& name, control::Role role = control::Role::mcu,
          const std::string& token = "mcu-token")
      : Dialler(channel, name, role, quick(channel, token)) {}

  Dialler(Channel& channel, const std::string& name, control::Role role, daemon::ControlPeer::Settings settings) {
    hello.name = name;
    hello.role = role;
    daemon::ControlPeer::Callbacks callbacks;
    callbacks.hello = [this] { return hello; };
    callbacks.connected = [this](const auto&) { ++connections; };
    callbacks.disconnected = [this] { ++losses; };
    callbacks.message = [this](const control::Incoming& incoming, control::Responder respond) {
      heard.push_back(control::method_of(incoming.message));
      on_message(incoming, std::move(respond));
    };
    peer = std::make_unique<daemon::ControlPeer>(channel.loop, std::move(settings), std::move(callbacks));
  }
};

}  // namespace rollcall::pool
