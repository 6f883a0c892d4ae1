#include "daemon/control_dialer.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/URI.h>

#include <optional>
#include <thread>
#include <utility>

namespace rollcall::daemon {

using namespace Poco::Net;

namespace {

constexpr int longest_attempt_seconds = 3;

struct Outcome {
  std::optional<WebSocket> socket = {};
  std::string why = {};
  bool refused = false;
};

Outcome upgrade(const Poco::URI& uri, const std::string& token) {
  HTTPClientSession session(uri.getHost(), uri.getPort());
  session.setTimeout(Poco::Timespan(longest_attempt_seconds, 0));
  HTTPRequest request(HTTPRequest::HTTP_GET, uri.getPathEtc().empty() ? "/" : uri.getPathEtc(), HTTPMessage::HTTP_1_1);
  request.set("Authorization", "Bearer " + token);
  HTTPResponse response;
  try {
    return {WebSocket(session, request, response)};
  } catch (const WebSocketException& error) {
    const auto status = response.getStatus();
    const bool refused = status == HTTPResponse::HTTP_UNAUTHORIZED || status == HTTPResponse::HTTP_FORBIDDEN;
    if (refused) return {{}, "the token in our settings is not the allocator's", true};
    return {{}, "no control channel there: " + error.displayText(), false};
  }
}

/// Blocks.
Outcome dial(const std::string& url, const std::string& token) {
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() != "ws") return {{}, "control.url must start with ws://", true};
    return upgrade(uri, token);
  } catch (const Poco::Exception& error) {
    return {{}, error.displayText(), false};
  } catch (const std::exception& error) {
    return {{}, error.what(), false};
  }
}

}  // namespace

struct ControlDialer::State {
  Callbacks callbacks;
  bool detached = false;  // loop thread
  std::thread thread = {};
};

ControlDialer::ControlDialer(EventLoop& loop, const std::string& url, const std::string& token, Callbacks callbacks)
    : state_(std::make_shared<State>(State{std::move(callbacks)})) {
  std::weak_ptr<State> weak = state_;
  state_->thread = std::thread([&loop, url, token, weak] {
    loop.post([weak, outcome = dial(url, token)] {
      const auto state = weak.lock();
      if (!state || std::exchange(state->detached, true)) return;
      if (outcome.socket) {
        state->callbacks.opened(*outcome.socket);
      } else {
        state->callbacks.failed(outcome.why, outcome.refused);
      }
    });
  });
}

ControlDialer::~ControlDialer() {
  state_->detached = true;
  state_->thread.join();
}

}  // namespace rollcall::daemon
