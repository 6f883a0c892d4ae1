#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <sstream>
#include <thread>

#include "web/door.h"
#include "web/server.h"
#include "web/test_allocator.h"

using namespace rollcall;
using namespace rollcall::web;
using namespace std::chrono_literals;

namespace {

struct Reply {
  int status = 0;
  std::string body;
  Poco::Net::HTTPResponse headers;
};

/// The door behind its real port, without a loop: a mutex stands for the loop thread.
struct House {
  FakeAllocator allocator;
  int tokens = 0;
  std::mutex loop;
  std::atomic<int> handled = 0;
  Door door{allocator, {}, [this] { return "token" + std::to_string(++tokens); }};
  Server server;

  explicit House(Server::Settings settings = {.port = 0})
      : server(std::move(settings), [this](Request request, Respond respond) {
          const std::lock_guard guard(loop);
          door.handle(request, std::chrono::steady_clock::now(), std::move(respond));
          ++handled;
        }) {}

  Reply ask(const std::string& method, const std::string& path, const std::string& body = {}) const {
    Poco::Net::HTTPClientSession session("127.0.0.1", static_cast<Poco::UInt16>(server.port()));
    session.setTimeout(Poco::Timespan(20, 0));
    Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
    if (!body.empty() || method == "POST") request.setContentLength(static_cast<std::streamsize>(body.size()));
    session.sendRequest(request) << body;
    Reply reply;
    std::stringstream text;
    text << session.receiveResponse(reply.headers).rdbuf();
    reply.status = reply.headers.getStatus();
    reply.body = text.str();
    return reply;
  }
  Reply join() const { return ask("POST", "/api/call/link", R"({"name":"Ann","sdp":)" + as_json(browser_sdp()) + "}"); }
};

}  // namespace

TEST_CASE("the page and its files come with their headers") {
  House house;
  const auto page = house.ask("GET", "/j/anything");
  CHECK(page.status == 200);
  CHECK(page.headers.getContentType() == "text/html; charset=utf-8");
  CHECK(page.headers.get("Content-Security-Policy").find("script-src 'self'") != std::string::npos);
  CHECK(page.headers.get("Cache-Control") == "no-store");
  CHECK(page.headers.get("X-Content-Type-Options") == "nosniff");
  CHECK(page.body.starts_with("<!doctype html>"));
  CHECK(page.body.ends_with("</html>\n"));
  CHECK(house.ask("GET", "/page/app.js?x=1").headers.getContentType().starts_with("text/javascript"));
  CHECK(house.ask("GET", "/page/none.js").status == 404);
  CHECK(house.ask("POST", "/healthz").headers.get("Allow") == "GET");
}

TEST_CASE("a guest joins over HTTP and leaves again") {
  House house;
  house.allocator.answers_at_once = true;
  const auto joined = house.join();
  CHECK(joined.status == 201);
  CHECK(joined.body.find("token1") != std::string::npos);
  const auto left = house.ask("DELETE", "/api/call/token1");
  CHECK(left.status == 204);
  CHECK(left.body.empty());
  CHECK(house.allocator.hangups.size() == 1);
}

TEST_CASE("a refusal arrives with its status, its sentence and Retry-After") {
  House house;
  house.allocator.join_refusal = model::Refusal{model::Reason::full};
  const auto full = house.join();
  CHECK(full.status == 503);
  CHECK(full.headers.get("Retry-After") == "30");
  CHECK(full.body.find("The conference is full.") != std::string::npos);
  house.allocator.join_refusal = model::Refusal{model::Reason::link_forged};
  CHECK(house.join().status == 403);
  house.allocator.connected = false;
  CHECK(house.join().status == 503);
}

TEST_CASE("a slow allocator does not hold up other requests") {
  House house;
  Reply slow;
  std::jthread guest([&] { slow = house.join(); });
  auto asked = [&] {
    const std::lock_guard guard(house.loop);
    return house.allocator.joins.size() == 1;
  };
  while (!asked()) std::this_thread::yield();
  CHECK(house.ask("GET", "/healthz").status == 200);
  {
    const std::lock_guard guard(house.loop);
    house.door.tick(std::chrono::steady_clock::now() + 16s);
  }
  guest.join();
  CHECK(slow.status == 504);
}

TEST_CASE("a body that is too large is refused, and the browser hears it") {
  House house;
  CHECK(house.ask("POST", "/api/call/link", std::string(longest_body + 1, 'x')).status == 413);
  CHECK(house.ask("POST", "/api/call/link", std::string(10 * longest_body, 'x')).status == 413);
  CHECK(house.ask("GET", "/healthz").status == 200);
}

TEST_CASE("bytes that are no HTTP harm nobody") {
  House house;
  for (const std::string& text :
       {std::string("\r\n\r\n"), std::string(100'000, 'A'), std::string("GET\0 / \xff\r\n", 11)}) {
    Poco::Net::StreamSocket socket(
        Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(house.server.port())));
    try {
      socket.sendBytes(text.data(), static_cast<int>(text.size()));
      socket.shutdownSend();
    } catch (const Poco::Exception&) {  // the server may have closed already
    }
  }
  CHECK(house.ask("GET", "/healthz").status == 200);
}

TEST_CASE("stopping does not wait for a long poll") {
  House house;
  house.allocator.answers_at_once = true;
  REQUIRE(house.join().status == 201);
  std::atomic<int> status = 0;
  std::jthread page([&] { status = house.ask("GET", "/api/call/token1/events").status; });
  while (house.handled < 2) std::this_thread::yield();
  CHECK(status == 0);
  const auto begun = std::chrono::steady_clock::now();
  house.server.stop();
  CHECK(std::chrono::steady_clock::now() - begun < 5s);
  page.join();
  CHECK(status == 504);
}

TEST_CASE("a port that is taken is an error with a sentence") {
  House house;
  CHECK_THROWS_WITH_AS(House({.port = house.server.port()}), doctest::Contains("cannot be listened on"), CannotListen);
}
