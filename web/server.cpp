#include "web/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Thread.h>
#include <Poco/ThreadPool.h>

#include <atomic>
#include <future>

#include "web/answers.h"

namespace rollcall::web {

namespace {

namespace net = Poco::Net;

/// None: larger than the limit. Something more is read and thrown away then, because a connection that is closed with
/// unread data is reset, and the browser would never see why.
std::optional<std::string> read_body(net::HTTPServerRequest& request) {
  constexpr std::streamsize thrown_away = 1024 * 1024;
  std::string body(longest_body + 1, '\0');
  request.stream().read(body.data(), static_cast<std::streamsize>(body.size()));
  body.resize(static_cast<std::size_t>(request.stream().gcount()));
  if (body.size() <= longest_body) return body;
  request.stream().ignore(thrown_away);
  return std::nullopt;
}

void send(const Answer& answer, net::HTTPServerResponse& response) {
  response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
  response.setReason(net::HTTPResponse::getReasonForStatus(response.getStatus()));
  for (const auto& [name, value] : common_headers(answer.content_type.starts_with("text/html")))
    response.set(name, value);
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  if (!answer.content_type.empty()) response.setContentType(answer.content_type);
  if (answer.status == 204) response.setContentLength(net::HTTPMessage::UNKNOWN_CONTENT_LENGTH);
  if (answer.status == 204)
    response.send();
  else
    response.sendBuffer(answer.body.data(), answer.body.size());
}

/// One request on one of Poco's threads; Poco owns it.
class Exchange : public net::HTTPRequestHandler {
 public:
  Exchange(const Server::Settings& settings, const Server::Take& take, const std::atomic<bool>& stopping)
      : settings_(settings), take_(take), stopping_(stopping) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    auto body = read_body(request);
    if (!body) {
      response.setKeepAlive(false);  // the rest of the body is still on its way
      return send(too_large(), response);
    }
    const auto& uri = request.getURI();
    send(answer({.method = request.getMethod(),
                 .path = uri.substr(0, uri.find('?')),
                 .body = std::move(*body),
                 .source = source_of(request.clientAddress().host().toString(), request.get("X-Forwarded-For", ""),
                                     settings_.trusted_proxies)}),
         response);
  }

 private:
  Answer answer(Request request) const {
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    take_(std::move(request), [promise](Answer answer) { promise->set_value(std::move(answer)); });
    const auto until = std::chrono::steady_clock::now() + settings_.answer_within;
    while (future.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready)
      if (stopping_ || std::chrono::steady_clock::now() >= until)
        return refused({model::Reason::timeout, "the door's loop"});
    try {
      return future.get();
    } catch (const std::future_error&) {  // dropped unanswered: the process ends
      return refused({model::Reason::internal});
    }
  }

  const Server::Settings& settings_;
  const Server::Take& take_;
  const std::atomic<bool>& stopping_;
};

class ExchangeFactory : public net::HTTPRequestHandlerFactory {
 public:
  ExchangeFactory(Server::Settings settings, Server::Take take, const std::atomic<bool>& stopping)
      : settings_(std::move(settings)), take_(std::move(take)), stopping_(stopping) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Exchange(settings_, take_, stopping_);
  }

 private:
  Server::Settings settings_;
  Server::Take take_;
  const std::atomic<bool>& stopping_;
};

net::HTTPServerParams::Ptr server_parameters(const Server::Settings& settings) {
  net::HTTPServerParams::Ptr parameters = new net::HTTPServerParams;
  parameters->setSoftwareVersion("");
  parameters->setMaxThreads(settings.most_threads);
  parameters->setMaxQueued(settings.most_threads);
  parameters->setTimeout(Poco::Timespan(10, 0));        // a browser that is slower than this to send its request
  parameters->setThreadIdleTime(Poco::Timespan(1, 0));  // a thread that goes idle while all are stopped sleeps this out
  parameters->setKeepAlive(true);
  parameters->setKeepAliveTimeout(Poco::Timespan(5, 0));
  return parameters;
}

net::ServerSocket bind(const Server::Settings& settings) {
  try {
    net::ServerSocket socket;
    const net::SocketAddress address(settings.host, static_cast<Poco::UInt16>(settings.port));
    socket.bind(address, true, false);  // the short constructor would share the port with another process
    socket.listen(128);
    return socket;
  } catch (const Poco::Exception& error) {
    throw CannotListen("web.listen: " + settings.host + ":" + std::to_string(settings.port) +
                       " cannot be listened on: " + error.displayText());
  }
}

}  // namespace

struct Server::State {
  explicit State(Settings settings, Take take)
      : socket(bind(settings)),
        threads("http", 2, settings.most_threads),
        http(new ExchangeFactory(settings, std::move(take), stopping), threads, socket, server_parameters(settings)) {}

  std::atomic<bool> stopping = false;
  net::ServerSocket socket;
  Poco::ThreadPool threads;
  net::HTTPServer http;
};

Server::Server(Settings settings, Take take) : state_(std::make_unique<State>(std::move(settings), std::move(take))) {
  state_->http.start();
}

Server::~Server() {
  stop();
}

int Server::port() const {
  return state_->socket.address().port();
}

void Server::stop() {
  if (state_->stopping.exchange(true)) return;
  state_->http.stop();
  // Time to write the last answers; whoever is idle or slow after that is cut off.
  for (int i = 0; i < 50 && state_->http.currentConnections() > 0; ++i) Poco::Thread::sleep(10);
  state_->http.stopAll(true);
  state_->threads.stopAll();
}

}  // namespace rollcall::web
