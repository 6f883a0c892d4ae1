#include "xmpp-component/stream/guarded_connection.h"

namespace rollcall::component::stream {

GuardedConnection::GuardedConnection(gloox::ConnectionDataHandler& receiver, const Transports& transports)
    : ConnectionBase(&receiver), transport_(transports(*this)) {}

gloox::ConnectionError GuardedConnection::connect() {
  m_state = gloox::StateConnecting;
  return transport_->connect();
}

bool GuardedConnection::send(const std::string& data) {
  return m_state == gloox::StateConnected && transport_->send(data);
}

void GuardedConnection::disconnect() {
  m_state = gloox::StateDisconnected;
  transport_->disconnect();
}

void GuardedConnection::handleConnect(const gloox::ConnectionBase*) {
  m_state = gloox::StateConnected;
  m_handler->handleConnect(this);
}

void GuardedConnection::handleReceivedData(const gloox::ConnectionBase*, const std::string& data) {
  received_ += data.size();
  for (const std::string& xml : guard_.feed(data)) {
    if (m_state != gloox::StateConnected) return;
    if (xml == Guard::stream_end) return end(gloox::ConnStreamClosed);  // gloox would not notice
    m_handler->handleReceivedData(this, xml);
  }
  if (!guard_.failure().empty()) end(gloox::ConnParseError);
}

void GuardedConnection::end(gloox::ConnectionError reason) {
  if (m_state != gloox::StateConnected) return;
  disconnect();
  m_handler->handleDisconnect(this, reason);
}

void GuardedConnection::handleDisconnect(const gloox::ConnectionBase*, gloox::ConnectionError reason) {
  if (m_state == gloox::StateDisconnected) return;
  m_state = gloox::StateDisconnected;
  m_handler->handleDisconnect(this, reason);
}

}  // namespace rollcall::component::stream
