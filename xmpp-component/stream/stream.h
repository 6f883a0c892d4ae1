#pragma once

#include <gloox/tag.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "allocator/model/expected.h"
#include "xmpp-component/stream/iq_request.h"
#include "xmpp-component/stream/scheduler.h"

namespace gloox {
class ConnectionBase;
class ConnectionDataHandler;
}  // namespace gloox

namespace rollcall::daemon {
class EventLoop;
}

namespace rollcall::component::stream {

enum class StreamState {
  connecting,  ///< A connection is being made, or the handshake is under way.
  online,      ///< Stanzas flow. What was sent before is lost: say again what everybody must know.
  waiting,     ///< The connection failed or ended; the next attempt comes by itself.
  refused,     ///< The server does not want us (secret, domain): a person must act. Tried again, rarely.
  standby,     ///< Another component has our domain. Tried again often, to take over from it.
  closed,      ///< After close(); the last state of all.
};

/// The component's one connection to its XMPP server (XEP-0114), for as long as the process runs: connects, shakes
/// hands, notices a dead connection, comes back by itself. Owned by main(). Loop thread only.
class Stream {
 public:
  using Duration = std::chrono::milliseconds;

  struct Settings {
    std::string host;    ///< of the server: a name or an address
    int port = 5347;     ///< its component port
    std::string domain;  ///< ours: call.example.org
    std::string secret;  ///< never logged
  };

  /// Called on the loop thread. None may destroy the Stream; all may send.
  struct Callbacks {
    /// `sentence` is for the operator's log: what happened and, where a person must act, what to do.
    std::function<void(StreamState, const std::string& sentence)> state = [](StreamState, const std::string&) {};
    /// Every message and presence that comes in, errors included.
    std::function<void(const gloox::Tag&)> stanza = [](const gloox::Tag&) {};
    /// Every iq of type get and set that comes in. Dropping the request answers service-unavailable.
    std::function<void(IqRequest)> iq = [](const IqRequest&) {};
  };

  /// What a test replaces. `connections` makes a transport that reports to the given receiver and that Stream owns;
  /// it carries bytes, everything above it (guard, gloox, handshake) stays real.
  struct Environment {
    std::unique_ptr<Scheduler> scheduler;
    std::function<std::unique_ptr<gloox::ConnectionBase>(gloox::ConnectionDataHandler&)> connections;
  };

  Stream(daemon::EventLoop& loop, Settings settings, Callbacks callbacks);
  Stream(Environment environment, Settings settings, Callbacks callbacks);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Starts, once.
  void open();
  [[nodiscard]] StreamState state() const;

  /// Hands a stanza to the server. It must carry `from` (an address of our domain) and `to`; a stanza without is a
  /// bug, because servers cut a component off for it. False when not online: the stanza is lost, nobody queues it.
  bool send(const gloox::Tag& stanza);
  bool send(std::unique_ptr<gloox::Tag> stanza) { return send(*stanza); }

  /// Sends an iq of type get or set and calls `done` once: with the answer (type result *or* error) that came from the
  /// very address that was asked, or refused with `timeout` (nobody answered) or `connectivity` (not online, or the
  /// connection was lost meanwhile). The id is ours to choose; one that `iq` carries is overwritten. `done` is not
  /// called any more after the Stream is destroyed.
  using Done = std::function<void(model::Expected<const gloox::Tag*>)>;
  void request(std::unique_ptr<gloox::Tag> iq, Duration timeout, Done done);

  /// Says goodbye after all that was sent before; state `closed` comes when it is out, or after two seconds.
  void close();

  struct Statistics {
    std::size_t stanzas_in = 0;
    std::size_t stanzas_out = 0;
    std::size_t stanzas_dropped = 0;  ///< by the guard: too deep or too big
    std::size_t stanzas_lost = 0;     ///< sent while not online
    std::size_t connects = 0;         ///< times that `online` was reached
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::component::stream
