#include "xmpp-component/stream/connection.h"

#include <gloox/connectiondatahandler.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace rollcall::component::stream {
namespace {

using Interest = daemon::EventLoop::Interest;

constexpr std::size_t most_unsent = 16U * 1024 * 1024;
constexpr std::chrono::seconds attempt_limit{10};

bool includes(Interest interest, Interest part) {
  return (static_cast<unsigned>(interest) & static_cast<unsigned>(part)) != 0;
}

bool would_block(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

Connection::Connection(daemon::EventLoop& loop, gloox::ConnectionDataHandler& receiver, const std::string& host,
                       int port)
    : ConnectionBase(&receiver), loop_(loop), lookup_(loop.context()) {
  setServer(host, port);
}

Connection::~Connection() {
  close_socket();
}

gloox::ConnectionError Connection::connect() {
  m_state = gloox::StateConnecting;
  lookup_.start(m_server, m_port, [this](std::vector<SocketAddress> addresses, const std::string&) {
    if (addresses.empty()) return lost(gloox::ConnDnsError);
    addresses_ = std::move(addresses);
    std::ranges::reverse(addresses_);
    try_next_address();
  });
  return gloox::ConnNoError;
}

void Connection::try_next_address() {
  close_socket();
  while (!addresses_.empty()) {
    const SocketAddress address = addresses_.back();
    addresses_.pop_back();
    if (start_connecting(address)) return;
  }
  lost(gloox::ConnConnectionRefused);
}

bool Connection::start_connecting(const SocketAddress& address) {
  socket_ = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return false;
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const int result = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address.storage), address.length);
  if (result != 0 && errno != EINPROGRESS) {
    close_socket();
    return false;
  }
  watch_ = loop_.watch(socket_, Interest::write, [this](Interest) { attempt_finished(); });
  attempt_limit_ = loop_.after(attempt_limit, [this] { try_next_address(); });
  return true;
}

void Connection::attempt_finished() {
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0) return try_next_address();
  established();
}

void Connection::established() {
  attempt_limit_.reset();
  addresses_.clear();
  m_state = gloox::StateConnected;
  watch(Interest::read);
  m_handler->handleConnect(this);
}

void Connection::watch(Interest interest) {
  watch_ = loop_.watch(socket_, interest, [this](Interest is_ready) { ready(is_ready); });
}

void Connection::ready(Interest interest) {
  if (includes(interest, Interest::write) && write() && unsent_.empty()) watch(Interest::read);
  if (includes(interest, Interest::read)) read();
}

/// A few pieces at a time, so that a busy server leaves the loop to others too.
void Connection::read() {
  constexpr int pieces = 4;
  std::array<char, std::size_t{64} * 1024> piece;
  for (int i = 0; i < pieces && socket_ >= 0; ++i) {
    const ssize_t length = ::recv(socket_, piece.data(), piece.size(), 0);
    if (length < 0 && would_block(errno)) return;
    if (length < 0) return lost(gloox::ConnIoError);
    if (length == 0) return lost(gloox::ConnStreamClosed);
    bytes_in_ += length;
    m_handler->handleReceivedData(this, std::string(piece.data(), static_cast<std::size_t>(length)));
  }
}

bool Connection::send(const std::string& data) {
  if (m_state != gloox::StateConnected) return false;
  const bool was_waiting = !unsent_.empty();
  if (unsent_.size() - sent_of_unsent_ + data.size() > most_unsent) return false;
  unsent_ += data;
  if (was_waiting) return true;
  if (!write()) return false;
  if (!unsent_.empty()) watch(Interest::read_write);
  return true;
}

/// False when the connection is broken; the reading side will find out why, and report it.
bool Connection::write() {
  while (sent_of_unsent_ < unsent_.size()) {
    const ssize_t length =
        ::send(socket_, unsent_.data() + sent_of_unsent_, unsent_.size() - sent_of_unsent_, MSG_NOSIGNAL);
    if (length < 0 && would_block(errno)) break;
    if (length < 0) {
      unsent_.clear();
      sent_of_unsent_ = 0;
      ::shutdown(socket_, SHUT_RDWR);
      watch(Interest::read);
      return false;
    }
    bytes_out_ += length;
    sent_of_unsent_ += static_cast<std::size_t>(length);
  }
  if (sent_of_unsent_ == unsent_.size() || sent_of_unsent_ > most_unsent / 4) {
    unsent_.erase(0, sent_of_unsent_);
    sent_of_unsent_ = 0;
  }
  return true;
}

void Connection::disconnect() {
  lookup_.cancel();
  addresses_.clear();
  close_socket();
  m_state = gloox::StateDisconnected;
}

void Connection::close_socket() {
  watch_.reset();
  attempt_limit_.reset();
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  unsent_.clear();
  sent_of_unsent_ = 0;
}

void Connection::lost(gloox::ConnectionError reason) {
  disconnect();
  m_handler->handleDisconnect(this, reason);
}

gloox::ConnectionError Connection::recv(int) {
  return gloox::ConnNoError;  // the loop reads
}

gloox::ConnectionError Connection::receive() {
  return gloox::ConnNotConnected;  // would block: never used
}

void Connection::getStatistics(long int& in, long int& out) {
  in = bytes_in_;
  out = bytes_out_;
}

gloox::ConnectionBase* Connection::newInstance() const {
  return new Connection(loop_, *m_handler, m_server, m_port);
}

}  // namespace rollcall::component::stream
