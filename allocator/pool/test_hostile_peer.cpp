// Peers that are not ours, on bare WebSockets.
#include <Poco/Buffer.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/WebSocket.h>

#include <cstdio>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include "allocator/pool/test_channel_fixture.h"

using namespace rollcall;
using namespace rollcall::pool;
using namespace Poco::Net;

namespace {

const std::string hello_text =
    control::envelope_request(1, "hello", R"({"protocol":{"major":1,"minor":0},"role":"mcu","name":"raw"})");

/// A blocking client on its own thread, while the loop runs.
void run_beside(Channel& channel, const std::function<void()>& client) {
  auto done = std::async(std::launch::async, client);
  run_until(channel.loop, [&] { return done.wait_for(0s) == std::future_status::ready; });
  done.get();
}

WebSocket open(const Channel& channel) {
  HTTPClientSession session("127.0.0.1", static_cast<Poco::UInt16>(channel.port));
  HTTPRequest request("GET", "/control", "HTTP/1.1");
  request.set("Authorization", "Bearer mcu-token");
  HTTPResponse response;
  WebSocket socket(session, request, response);
  socket.setReceiveTimeout(Poco::Timespan(10, 0));
  return socket;
}

void send(WebSocket& socket, const std::string& text) {
  socket.sendFrame(text.data(), static_cast<int>(text.size()), WebSocket::FRAME_TEXT);
}

/// Empty: the connection was closed.
std::string receive(WebSocket& socket) {
  Poco::Buffer<char> buffer(0);
  int flags = 0;
  try {
    if (socket.receiveFrame(buffer, flags) <= 0) return {};
  } catch (const Poco::Exception&) {
    return {};
  }
  return {buffer.begin(), buffer.size()};
}

int status_of(const Channel& channel, const std::string& path, const std::string& authorization) {
  HTTPClientSession session("127.0.0.1", static_cast<Poco::UInt16>(channel.port));
  HTTPRequest request("GET", path, "HTTP/1.1");
  if (!authorization.empty()) request.set("Authorization", authorization);
  HTTPResponse response;
  session.sendRequest(request);
  session.receiveResponse(response);
  return response.getStatus();
}

}  // namespace

TEST_CASE("who has no token gets 401, who asks for something else 404, who speaks no WebSocket 400") {
  Channel channel;
  run_beside(channel, [&] {
    CHECK(status_of(channel, "/control", "") == 401);
    CHECK(status_of(channel, "/control", "Bearer wrong") == 401);
    CHECK(status_of(channel, "/control", "Bearer mcu-token") == 400);
    CHECK(status_of(channel, "/", "Bearer mcu-token") == 404);
  });
}

TEST_CASE("a malformed message is answered with an error, and the connection stays") {
  Channel channel;
  run_beside(channel, [&] {
    auto socket = open(channel);
    send(socket, R"({"jsonrpc":"2.0","id":5,"method":"ping"})");
    CHECK(receive(socket).find("say hello first") != std::string::npos);
    send(socket, hello_text);
    CHECK(receive(socket).find("\"result\"") != std::string::npos);
    send(socket, "nonsense");
    CHECK(receive(socket).find("\"id\":null") != std::string::npos);
    send(socket, R"({"jsonrpc":"2.0","id":7,"method":"leg.dance"})");
    CHECK(receive(socket).find("-32601") != std::string::npos);
    send(socket, R"({"jsonrpc":"2.0","method":"leg.connected","params":{}})");
    send(socket, R"({"jsonrpc":"2.0","id":8,"method":"ping"})");
    CHECK(receive(socket).find("\"id\":8,\"result\"") != std::string::npos);
  });
  CHECK(channel.logged("event=control.malformed peer=raw"));
}

TEST_CASE("what is too long, or too much, closes the connection of him who sent it") {
  Pool::Settings settings;
  settings.limits.texts_per_second = 1;
  settings.limits.burst = 100;
  Channel channel(settings);
  run_beside(channel, [&] {
    auto socket = open(channel);
    send(socket, hello_text);
    CHECK_FALSE(receive(socket).empty());
    try {
      send(socket, std::string(300 * 1024, ' '));
    } catch (const Poco::Exception&) {  // closed while we were still sending
    }
    CHECK(receive(socket).empty());
  });
  run_until(channel.loop, [&] { return channel.logged("too much at once"); });
  run_beside(channel, [&] {
    auto socket = open(channel);
    send(socket, hello_text);
    try {
      for (int i = 0; i < 1000; ++i) send(socket, R"({"jsonrpc":"2.0","method":"leg.connected","params":{"leg":"l"}})");
    } catch (const Poco::Exception&) {
    }
  });
  run_until(channel.loop, [&] { return channel.logged("too many messages"); });
  CHECK(channel.downs.size() == 2);
}

TEST_CASE("a peer that does not read neither blocks the loop nor stays") {
  Channel channel;
  std::unique_ptr<WebSocket> deaf;
  run_beside(channel, [&] {
    deaf = std::make_unique<WebSocket>(open(channel));
    send(*deaf, hello_text);
    CHECK_FALSE(receive(*deaf).empty());
  });
  Dialler lively(channel, "lively");
  run_until(channel.loop, [&] { return lively.connections == 1; });
  const control::ConferenceCreate large{model::ConferenceId("c"), std::string(4000, 'x')};
  int answers = 0;
  auto longest = 0ms;
  const auto flood = channel.loop.every(0ms, [&] {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 100; ++i) channel.pool->request(PeerId("raw"), large, [](const auto&) {});
    longest = std::max(longest,
                       std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start));
  });
  lively.on_message = [](const control::Incoming&, control::Responder respond) {
    respond.result(control::LegDestroy::Result{});
  };
  const auto asking = channel.loop.every(5ms, [&] {
    channel.pool->request(PeerId("lively"), control::LegDestroy{model::LegId("l")},
                          [&](const auto& answer) { answers += answer.has_value() ? 1 : 0; });
  });
  run_until(channel.loop, [&] { return !channel.downs.empty() && answers > 3; });
  CHECK(channel.downs == std::vector<std::string>{"raw"});
  CHECK(channel.logged("does not read"));
  CHECK(longest < 2s);
}

TEST_CASE("a connection on which no hello is said is closed") {
  Pool::Settings settings;
  settings.dead_after = 100ms;
  Channel channel(settings);
  run_beside(channel, [&] {
    auto socket = open(channel);
    CHECK(receive(socket).empty());
  });
  CHECK(channel.logged("no hello was said"));
}

TEST_CASE("the transcript holds every message") {
  const std::string path = "test_transcript.tmp";
  std::remove(path.c_str());
  Pool::Settings settings;
  settings.transcript = path;
  {
    Channel channel(settings);
    Dialler mcu(channel, "mcu-1");
    run_until(channel.loop, [&] { return mcu.connections == 1; });
    mcu.peer->notify(control::LegConnected{model::LegId("l7")});
    bool heard = false;
    channel.on_message = [&](const auto&, const auto&, auto) { heard = true; };
    run_until(channel.loop, [&] { return heard; });
  }
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  CHECK(text.find(R"({"direction":"received","peer":"127.0.0.1:)") == 0);
  CHECK(text.find(R"({"direction":"sent","peer":"mcu-1","text":"{\"jsonrpc)") != std::string::npos);
  CHECK(text.find("l7") != std::string::npos);
  std::remove(path.c_str());
}
