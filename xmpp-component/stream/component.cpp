#include "xmpp-component/stream/component.h"

#include <utility>

namespace rollcall::component::stream {

Component::Component(const std::string& domain, const std::string& secret,
                     const GuardedConnection::Transports& transports, Callbacks callbacks)
    : gloox::Component("jabber:component:accept", domain, domain, secret),
      connection_(new GuardedConnection(*this, transports)),
      callbacks_(std::move(callbacks)) {
  setTls(gloox::TLSDisabled);  // XEP-0114 has none; gloox would load all certificates of the system and never free them
  setConnectionImpl(connection_);
  registerConnectionListener(this);
}

Component::~Component() {
  removeConnectionListener(this);
}

void Component::open() {
  connect(false);
}

bool Component::send(const std::string& xml) {
  return connection_->send(xml);
}

void Component::say_goodbye() {
  connection_->send("</stream:stream>");
}

void Component::close() {
  ended_ = true;
  connection_->disconnect();
}

bool Component::handleNormalNode(gloox::Tag* tag) {
  if (ended_) return true;
  if (authed()) {
    callbacks_.stanza(*tag);
  } else {
    gloox::Component::handleNormalNode(tag);
  }
  return true;
}

void Component::onConnect() {
  callbacks_.online();
}

void Component::onDisconnect(gloox::ConnectionError reason) {
  if (std::exchange(ended_, true)) return;
  callbacks_.ended(reason);
}

}  // namespace rollcall::component::stream
