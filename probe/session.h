// The stream to the participant's own Jabber server, on libstrophe.
#pragma once

#include <strophe.h>

#include <functional>
#include <map>
#include <string>

#include "probe/clock.h"
#include "probe/stanza.h"

namespace rollcall::probe {

struct SessionSettings {
  std::string address;  ///< `a@localhost`, with or without resource
  std::string password;
  std::string host;  ///< empty: from DNS
  unsigned short port = 0;
  bool tls = true;          ///< false only where host is the own machine
  bool trust = false;       ///< take any certificate
  std::string authorities;  ///< a PEM file of authorities to trust; empty: the system's
};

/// One login. Main thread only; everything happens inside run_once(). The callbacks may send, but must not destroy it.
class Session {
 public:
  using Receive = std::function<void(const Stanza&)>;

  explicit Session(SessionSettings settings);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  std::function<void()> on_connected;
  /// Every message, presence and iq that is no answer to one of our requests.
  Receive on_stanza;
  /// With a sentence about why.
  std::function<void(const std::string&)> on_disconnected;

  /// False when not even a connection attempt is possible (no such host).
  [[nodiscard]] bool connect();
  void run_once(Milliseconds longest);
  /// Says goodbye to the server and waits for its own, three seconds at most.
  void disconnect();

  void send(const Stanza& stanza);
  /// Gives the iq an id and hands its result or error to `receive`.
  void request(Stanza iq, Receive receive);

  [[nodiscard]] const std::string& address() const { return address_; }  ///< full, as the server bound it
  [[nodiscard]] bool connected() const { return connected_; }

 private:
  static void on_event(xmpp_conn_t* connection, xmpp_conn_event_t event, int error, xmpp_stream_error_t* stream_error,
                       void* self);
  static int on_any(xmpp_conn_t* connection, xmpp_stanza_t* stanza, void* self);
  void take(const Stanza& stanza);
  [[nodiscard]] std::string reason(int error, const xmpp_stream_error_t* stream_error) const;

  SessionSettings settings_;
  std::string address_;
  xmpp_conn_t* connection_;
  std::map<std::string, Receive> requests_;  ///< by id
  bool connected_ = false;
  bool ever_connected_ = false;
  bool over_ = false;
};

}  // namespace rollcall::probe
