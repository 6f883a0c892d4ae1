#include <doctest/doctest.h>
#include <gloox/connectiondatahandler.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "daemon/event_loop.h"
#include "xmpp-component/stream/connection.h"

using rollcall::component::stream::Connection;
using rollcall::daemon::EventLoop;
using namespace std::chrono_literals;

namespace {

/// A TCP server on a port of its own that reads only when told to.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() {
    hang_up();
    ::close(socket_);
  }
  [[nodiscard]] int port() const { return port_; }
  void accept() {
    peer_ = ::accept(socket_, nullptr, nullptr);
    REQUIRE(peer_ >= 0);
  }
  void hang_up() {
    if (peer_ >= 0) ::close(peer_);
    peer_ = -1;
  }
  void write(const std::string& text) const {
    CHECK(::send(peer_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
  }
  void read_some(std::string& into) const {
    std::array<char, 65'536> piece{};
    const ssize_t length = ::recv(peer_, piece.data(), piece.size(), MSG_DONTWAIT);
    if (length > 0) into.append(piece.data(), static_cast<std::size_t>(length));
  }

 private:
  int socket_;
  int peer_ = -1;
  int port_ = 0;
};

struct Receiver final : gloox::ConnectionDataHandler {
  bool is_connected = false;
  std::string received;
  std::optional<gloox::ConnectionError> lost;
  void handleReceivedData(const gloox::ConnectionBase*, const std::string& data) override { received += data; }
  void handleConnect(const gloox::ConnectionBase*) override { is_connected = true; }
  void handleDisconnect(const gloox::ConnectionBase*, gloox::ConnectionError reason) override { lost = reason; }
};

/// Runs the loop until `is_done`, or fails after a minute: a name server may be slow.
void run_until(EventLoop& loop, const std::function<bool()>& is_done) {
  bool is_late = false;
  const auto deadline = loop.after(60s, [&] {
    is_late = true;
    loop.quit();
  });
  const auto look = loop.every(1ms, [&] {
    if (is_done()) loop.quit();
  });
  loop.run();
  REQUIRE_FALSE(is_late);
}

struct Connected {
  EventLoop loop;
  Listener listener;
  Receiver receiver;
  Connection connection;

  explicit Connected(const std::string& host = "127.0.0.1") : connection(loop, receiver, host, listener.port()) {
    connection.connect();
    CHECK_FALSE(receiver.is_connected);
    run_until(loop, [&] { return receiver.is_connected; });
    listener.accept();
  }
};

}  // namespace

TEST_CASE("a connection finds its server by name and carries bytes both ways") {
  Connected play("localhost");
  CHECK(play.connection.send("hello"));
  play.listener.write("world");
  std::string heard;
  run_until(play.loop, [&] {
    play.listener.read_some(heard);
    return heard == "hello" && play.receiver.received == "world";
  });
}

TEST_CASE("eight megabytes to a server that reads late arrive whole, and sending never waits") {
  Connected play;
  std::string sent;
  for (int i = 0; i < 8192; ++i) {
    const std::string piece(1024, static_cast<char>('a' + i % 26));
    sent += piece;
    REQUIRE(play.connection.send(piece));
  }
  std::string heard;
  run_until(play.loop, [&] {
    play.listener.read_some(heard);
    return heard.size() >= sent.size();
  });
  CHECK(heard == sent);
}

TEST_CASE("a server that never reads is given up at sixteen megabytes") {
  Connected play;
  const std::string piece(1024 * 1024, 'x');
  int taken = 0;
  while (taken < 100 && play.connection.send(piece)) ++taken;
  CHECK(taken >= 16);
  CHECK(taken < 30);
}

TEST_CASE("a server that hangs up is noticed, also by who was writing to it") {
  Connected play;
  while (play.connection.send(std::string(1024 * 1024, 'x'))) {
  }
  play.listener.hang_up();
  run_until(play.loop, [&] { return play.receiver.lost.has_value(); });
  CHECK_FALSE(play.connection.send("x"));
}

TEST_CASE("an orderly end is told from nobody listening, and from a name that does not exist") {
  Connected play;
  play.listener.hang_up();
  run_until(play.loop, [&] { return play.receiver.lost.has_value(); });
  CHECK(play.receiver.lost == gloox::ConnStreamClosed);

  EventLoop loop;
  Receiver nobody;
  int free_port = 0;
  { free_port = Listener().port(); }
  Connection refused(loop, nobody, "127.0.0.1", free_port);
  refused.connect();
  run_until(loop, [&] { return nobody.lost.has_value(); });
  CHECK(nobody.lost == gloox::ConnConnectionRefused);

  Receiver nowhere;
  Connection unknown(loop, nowhere, "no-such-host.invalid", 1);
  unknown.connect();
  run_until(loop, [&] { return nowhere.lost.has_value(); });
  CHECK(nowhere.lost == gloox::ConnDnsError);
}

TEST_CASE("a connection can be given up while its name is looked up") {
  EventLoop loop;
  Receiver receiver;
  {
    Connection connection(loop, receiver, "localhost", 1);
    connection.connect();
  }
  bool is_over = false;
  const auto soon = loop.after(100ms, [&] { is_over = true; });
  run_until(loop, [&] { return is_over; });
  CHECK_FALSE(receiver.lost.has_value());
}
