#pragma once

#include <gloox/component.h>
#include <gloox/connectionlistener.h>

#include <functional>
#include <memory>
#include <string>

#include "xmpp-component/stream/guarded_connection.h"

namespace rollcall::component::stream {

/// gloox's side of one connection: opens the stream, shakes hands (XEP-0114 §3), parses. Every stanza after that comes
/// to us: gloox would answer some by itself without `from`, and servers end the stream for it. One per connection,
/// because gloox's parser is not clean after a broken one. Owned by Stream, loop thread; must not be destroyed from
/// within a callback.
class Component final : public gloox::Component, private gloox::ConnectionListener {
 public:
  struct Callbacks {
    std::function<void()> online;
    std::function<void(const gloox::Tag&)> stanza;
    /// The connection has ended, at whatever stage; nothing comes after this.
    std::function<void(gloox::ConnectionError)> ended;
  };

  Component(const std::string& domain, const std::string& secret, const GuardedConnection::Transports& transports,
            Callbacks callbacks);
  ~Component() override;

  void open();
  bool send(const std::string& xml);
  /// The stream's end; the server answers by closing the connection.
  void say_goodbye();
  /// At once and silently.
  void close();
  [[nodiscard]] const GuardedConnection& connection() const { return *connection_; }

 private:
  bool handleNormalNode(gloox::Tag* tag) override;
  void onConnect() override;
  void onDisconnect(gloox::ConnectionError reason) override;
  bool onTLSConnect(const gloox::CertInfo&) override { return false; }

  GuardedConnection* connection_;  // owned by gloox
  Callbacks callbacks_;
  bool ended_ = false;
};

}  // namespace rollcall::component::stream
