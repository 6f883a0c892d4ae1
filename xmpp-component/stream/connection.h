#pragma once

#include <gloox/connectionbase.h>

#include <cstddef>
#include <string>
#include <vector>

#include "daemon/event_loop.h"
#include "xmpp-component/stream/name_lookup.h"

namespace rollcall::component::stream {

/// One TCP connection, for one attempt, that never holds up the loop: name look-up, connecting, reading and writing are
/// all driven by its readiness. gloox's own class blocks, selects, and dies of SIGPIPE. Reports to its data handler, on
/// the loop thread, never from within connect() or send(). Owned by GuardedConnection.
class Connection final : public gloox::ConnectionBase {
 public:
  Connection(daemon::EventLoop& loop, gloox::ConnectionDataHandler& receiver, const std::string& host, int port);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Starts; handleConnect or handleDisconnect follows.
  gloox::ConnectionError connect() override;
  /// Queues what the socket does not take at once. False when not connected, or when the server has left more than
  /// 16 MiB unread: it will not come back from that.
  bool send(const std::string& data) override;
  /// At once and silently; what is still queued is lost.
  void disconnect() override;
  void cleanup() override { disconnect(); }

  gloox::ConnectionError recv(int timeout) override;
  gloox::ConnectionError receive() override;
  void getStatistics(long int& in, long int& out) override;
  [[nodiscard]] gloox::ConnectionBase* newInstance() const override;

 private:
  void try_next_address();
  bool start_connecting(const SocketAddress& address);
  void attempt_finished();
  void established();
  void ready(daemon::EventLoop::Interest interest);
  void read();
  bool write();
  void watch(daemon::EventLoop::Interest interest);
  void close_socket();
  void lost(gloox::ConnectionError reason);

  daemon::EventLoop& loop_;
  NameLookup lookup_;
  std::vector<SocketAddress> addresses_;  // still to try, the next one last
  int socket_ = -1;
  daemon::EventLoop::Registration watch_;
  daemon::EventLoop::Registration attempt_limit_;
  std::string unsent_;
  std::size_t sent_of_unsent_ = 0;
  long int bytes_in_ = 0;
  long int bytes_out_ = 0;
};

}  // namespace rollcall::component::stream
