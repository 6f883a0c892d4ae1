#pragma once

#include <gloox/connectionbase.h>
#include <gloox/connectiondatahandler.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "xmpp-component/stream/guard.h"

namespace rollcall::component::stream {

/// A transport with the guard in it: what gloox gets to read has passed the guard; what we write goes straight out.
/// One per connection; gloox owns it, because gloox owns whatever it connects with. Loop thread.
class GuardedConnection final : public gloox::ConnectionBase, public gloox::ConnectionDataHandler {
 public:
  using Transports = std::function<std::unique_ptr<gloox::ConnectionBase>(gloox::ConnectionDataHandler&)>;

  GuardedConnection(gloox::ConnectionDataHandler& receiver, const Transports& transports);

  gloox::ConnectionError connect() override;
  bool send(const std::string& data) override;
  void disconnect() override;
  void cleanup() override { disconnect(); }

  /// Bytes that came in, white space included: the sign of life of the other end.
  [[nodiscard]] std::size_t received() const { return received_; }
  [[nodiscard]] const Guard& guard() const { return guard_; }

  gloox::ConnectionError recv(int) override { return gloox::ConnNoError; }
  gloox::ConnectionError receive() override { return gloox::ConnNotConnected; }
  void getStatistics(long int& in, long int& out) override { transport_->getStatistics(in, out); }
  [[nodiscard]] gloox::ConnectionBase* newInstance() const override { return nullptr; }

  void handleConnect(const gloox::ConnectionBase* transport) override;
  void handleReceivedData(const gloox::ConnectionBase* transport, const std::string& data) override;
  void handleDisconnect(const gloox::ConnectionBase* transport, gloox::ConnectionError reason) override;

 private:
  void end(gloox::ConnectionError reason);

  Guard guard_;
  std::unique_ptr<gloox::ConnectionBase> transport_;
  std::size_t received_ = 0;
};

}  // namespace rollcall::component::stream
