#include "xmpp-component/stream/ending.h"

#include "xmpp-component/stream/component.h"

namespace rollcall::component::stream {
namespace {

std::string place(const Stream::Settings& settings) {
  return settings.host + ":" + std::to_string(settings.port);
}

Ending by_stream_error(const Component& component, const Stream::Settings& settings) {
  const std::string& said = component.streamErrorText();
  const std::string quoted = said.empty() ? "" : " (it says: " + said + ")";
  switch (component.streamError()) {
    case gloox::StreamErrorNotAuthorized:
      return {StreamState::refused, "The XMPP server does not accept our secret for " + settings.domain + quoted +
                                        ". Make xmpp.secret the same as the component secret in the server's settings,"
                                        " and check that the server knows the domain."};
    case gloox::StreamErrorHostUnknown:
      return {StreamState::refused, "The XMPP server has no component " + settings.domain + quoted +
                                        ". Add it to the server's settings, or correct xmpp.domain."};
    case gloox::StreamErrorConflict:
      return {StreamState::standby, "Another component is connected to the XMPP server as " + settings.domain +
                                        "; standing by to take over."};
    default:  // gloox's enum: all the others are passing troubles of the server
      return {StreamState::waiting, "The XMPP server ended the connection with stream error " +
                                        std::to_string(component.streamError()) + quoted + "; connecting again."};
  }
}

}  // namespace

Ending why_ended(gloox::ConnectionError reason, const Component& component, const Stream::Settings& settings) {
  switch (reason) {
    case gloox::ConnStreamError:
      return by_stream_error(component, settings);
    case gloox::ConnDnsError:
      return {StreamState::waiting,
              "The host name " + settings.host + " of the XMPP server was not found; trying again."};
    case gloox::ConnConnectionRefused:
      return {StreamState::waiting, "Nobody listens for components at " + place(settings) +
                                        "; trying again. Is the XMPP server running, with its component port there?"};
    case gloox::ConnParseError:
      return {StreamState::waiting, component.connection().guard().failure() + " Connecting again."};
    default:  // gloox's enum: whatever else ends a connection, the cure is the same
      return {StreamState::waiting,
              "The XMPP server at " + place(settings) + " closed the connection; connecting again."};
  }
}

Ending no_handshake(const Stream::Settings& settings) {
  return {StreamState::waiting,
          "The XMPP server at " + place(settings) + " did not finish the handshake; trying again."};
}

Ending no_sign_of_life() {
  return {StreamState::waiting, "The XMPP server has given no sign of life for 90 seconds; connecting again."};
}

Ending not_reading() {
  return {StreamState::waiting, "The XMPP server does not read what we send; connecting again."};
}

}  // namespace rollcall::component::stream
