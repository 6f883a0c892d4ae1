#include "allocator/pool/door_keeper.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/ThreadPool.h>

#include <stdexcept>
#include <utility>

namespace rollcall::pool {

using namespace Poco::Net;
using control::Role;

namespace {

constexpr int threads = 4;  // for handshakes only; a WebSocket leaves them at once
constexpr int longest_request_seconds = 5;

/// Looks at every byte of `given`, whatever the first difference. The length of a token is no secret.
bool equal_in_constant_time(std::string_view token, std::string_view given) {
  unsigned difference = token.size() == given.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char expected = i < token.size() ? token[i] : '\0';
    difference |= static_cast<unsigned char>(expected ^ given[i]);
  }
  return difference == 0;
}

struct Desk {
  std::map<Role, std::string> tokens;
  DoorKeeper::Callbacks callbacks;
};

void answer(HTTPServerResponse& response, HTTPResponse::HTTPStatus status) {
  response.setStatusAndReason(status);
  response.setKeepAlive(false);
  response.setContentLength(0);
  response.send();
}

class Handshake : public HTTPRequestHandler {
 public:
  explicit Handshake(const Desk& desk) : desk_(desk) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    if (request.getURI() != "/control") return answer(response, HTTPResponse::HTTP_NOT_FOUND);
    const std::string from = request.clientAddress().toString();
    const std::string header = request.get("Authorization", "");
    const auto role = role_of_token(desk_.tokens, bearer_token(header));
    if (!role) {
      response.set("WWW-Authenticate", "Bearer");
      answer(response, HTTPResponse::HTTP_UNAUTHORIZED);
      return desk_.callbacks.refused(from, header.empty() ? "no token" : "a wrong token");
    }
    try {
      desk_.callbacks.opened(WebSocket(request, response), *role, from);
    } catch (const WebSocketException&) {
      answer(response, HTTPResponse::HTTP_BAD_REQUEST);
    }
  }

 private:
  const Desk& desk_;
};

class HandshakeFactory : public HTTPRequestHandlerFactory {
 public:
  explicit HandshakeFactory(const Desk& desk) : desk_(desk) {}
  HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override { return new Handshake(desk_); }

 private:
  const Desk& desk_;
};

ServerSocket listen(const std::string& host, int port) {
  try {
    ServerSocket socket;
    // The short constructor would share the port with another process, and peers would find either of them.
    socket.bind(SocketAddress(host, static_cast<Poco::UInt16>(port)), true, false);
    socket.listen();
    return socket;
  } catch (const Poco::Exception& error) {
    throw std::runtime_error("control.listen: cannot listen at " + host + ":" + std::to_string(port) + ": " +
                             error.displayText());
  }
}

HTTPServerParams::Ptr parameters() {
  HTTPServerParams::Ptr parameters(new HTTPServerParams);
  parameters->setMaxThreads(threads);
  parameters->setMaxQueued(64);
  parameters->setKeepAlive(false);
  parameters->setTimeout(Poco::Timespan(longest_request_seconds, 0));
  return parameters;
}

}  // namespace

std::optional<Role> role_of_token(const std::map<Role, std::string>& tokens, std::string_view token) {
  std::optional<Role> found;
  for (const auto& [role, expected] : tokens) {
    if (equal_in_constant_time(expected, token) && !expected.empty()) found = role;
  }
  return found;
}

std::string_view bearer_token(std::string_view header) {
  constexpr std::string_view scheme = "Bearer ";
  return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view();
}

struct DoorKeeper::State {
  State(const std::string& host, int port, Desk its_desk)
      : desk(std::move(its_desk)),
        socket(listen(host, port)),
        workers(1, threads),
        server(new HandshakeFactory(desk), workers, socket, parameters()) {}

  const Desk desk;
  ServerSocket socket;
  Poco::ThreadPool workers;
  HTTPServer server;
};

DoorKeeper::DoorKeeper(const std::string& host, int port, std::map<Role, std::string> tokens, Callbacks callbacks)
    : state_(std::make_unique<State>(host, port, Desk{std::move(tokens), std::move(callbacks)})) {
  state_->server.start();
}

DoorKeeper::~DoorKeeper() {
  state_->server.stopAll(true);
  state_->workers.joinAll();
}

int DoorKeeper::port() const {
  return state_->socket.address().port();
}

}  // namespace rollcall::pool
