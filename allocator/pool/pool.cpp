#include "allocator/pool/pool.h"

#include <Poco/Net/WebSocket.h>

#include <algorithm>

#include "allocator/pool/door_keeper.h"
#include "allocator/pool/transcript.h"
#include "daemon/log.h"
#include "daemon/rpc_connection.h"

namespace rollcall::pool {

using control::Hello;
using control::Incoming;
using control::Ping;
using control::Responder;
using control::Role;
using daemon::RpcConnection;
using model::Reason;
namespace event = daemon::event;
namespace log = daemon::log;

namespace {

const char* word_of(Role role) {
  switch (role) {
    case Role::mcu:
      return "mcu";
    case Role::web:
      return "web";
    case Role::sip:
      return "sip";
    case Role::operator_desk:
      return "operator";
  }
  __builtin_unreachable();
}

/// A connection, from its WebSocket on; a peer once his hello was taken.
struct Connection {
  Role role = Role::mcu;
  std::string from;
  std::optional<Pool::Peer> peer = {};
  std::unique_ptr<RpcConnection> rpc = {};
  std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
};

}  // namespace

struct Pool::State {
  State(daemon::EventLoop& its_loop, Settings its_settings, Callbacks its_callbacks)
      : loop(its_loop),
        settings(std::move(its_settings)),
        callbacks(std::move(its_callbacks)),
        transcript(settings.transcript) {}

  using Number = long;  // of a connection; what a posted closure carries

  daemon::EventLoop& loop;
  Settings settings;
  Callbacks callbacks;
  Transcript transcript;
  Number last_number = 0;
  std::map<Number, Connection> connections = {};
  std::map<PeerId, Number> by_name = {};
  daemon::EventLoop::Registration watch = {};
  std::unique_ptr<DoorKeeper> door_keeper = {};

  void listen(const std::weak_ptr<State>& weak);
  [[nodiscard]] std::string name_of(Number number) const;
  void opened(const Poco::Net::WebSocket& socket, Role role, const std::string& from);
  RpcConnection::Callbacks wanted(Number number);
  void on_message(Number number, const Incoming& incoming, Responder respond);
  void on_hello(Number number, const Hello& hello, Responder respond);
  void take_in(Number number, const Hello& hello, Responder respond);
  void drop(Number number, const std::string& why);
  void close_silent();
  RpcConnection* connection_of(const PeerId& peer);
};

// The HTTP threads' news come by way of the loop, and may come when the pool is gone.
void Pool::State::listen(const std::weak_ptr<State>& weak) {
  DoorKeeper::Callbacks news;
  news.opened = [this_loop = &loop, weak](const Poco::Net::WebSocket& socket, Role role, const std::string& from) {
    this_loop->post([weak, socket, role, from] {
      if (const auto state = weak.lock()) state->opened(socket, role, from);
    });
  };
  news.refused = [this_loop = &loop](const std::string& from, const std::string& why) {
    this_loop->post([from, why] { log::warning(event::peer_refused, {{"from", from}, {"why", why}}); });
  };
  door_keeper = std::make_unique<DoorKeeper>(settings.host, settings.port, settings.tokens, std::move(news));
  const auto period = std::max(settings.dead_after / 5, std::chrono::milliseconds(1));
  watch = loop.every(period, [this] { close_silent(); });
}

void Pool::State::opened(const Poco::Net::WebSocket& socket, Role role, const std::string& from) {
  if (connections.size() >= settings.most_peers) {
    return log::warning(event::peer_refused, {{"from", from}, {"why", "too many connections"}});
  }
  const Number number = ++last_number;
  Connection& connection = connections[number];
  connection.role = role;
  connection.from = from;
  connection.rpc = std::make_unique<RpcConnection>(
      loop, socket, RpcConnection::Settings{.limits = settings.limits, .request_timeout = settings.request_timeout},
      wanted(number));
}

RpcConnection::Callbacks Pool::State::wanted(Number number) {
  RpcConnection::Callbacks callbacks_of_one;
  callbacks_of_one.message = [this, number](const Incoming& incoming, Responder respond) {
    on_message(number, incoming, std::move(respond));
  };
  callbacks_of_one.closed = [this, number](const std::string& why) { drop(number, why); };
  callbacks_of_one.malformed = [this, number](const std::string& what) {
    log::warning(event::control_malformed, {{"peer", name_of(number)}, {"what", what}});
  };
  if (transcript.enabled()) {
    callbacks_of_one.transcript = [this, number](RpcConnection::Direction direction, const std::string& text) {
      transcript.write(direction == RpcConnection::Direction::sent ? "sent" : "received", name_of(number), text);
    };
  }
  return callbacks_of_one;
}

std::string Pool::State::name_of(Number number) const {
  const auto found = connections.find(number);
  if (found == connections.end()) return "";
  return found->second.peer ? found->second.peer->id.text() : found->second.from;
}

void Pool::State::on_message(Number number, const Incoming& incoming, Responder respond) {
  if (const auto* hello = std::get_if<Hello>(&incoming.message)) return on_hello(number, *hello, std::move(respond));
  const auto& peer = connections.at(number).peer;
  if (!peer) return respond.refuse({Reason::not_allowed, "say hello first"});
  if (std::holds_alternative<Ping>(incoming.message)) return respond.result(Ping::Result{});
  callbacks.message(PeerId(peer->id), incoming, std::move(respond));
}

void Pool::State::on_hello(Number number, const Hello& hello, Responder respond) {
  const Connection& connection = connections.at(number);
  std::string why;
  Reason reason = Reason::not_allowed;
  if (connection.peer) {
    why = "hello was said already";
    reason = Reason::bad_request;
  } else if (hello.role != connection.role) {
    why = std::string("the token is not one for the role ") + word_of(hello.role);
  } else if (hello.protocol.major != control::ProtocolVersion{}.major) {
    why = "the control protocol's major version is " + std::to_string(control::ProtocolVersion{}.major) + " here and " +
          std::to_string(hello.protocol.major) + " there; both programs must be of the same generation";
  }
  if (why.empty()) return take_in(number, hello, std::move(respond));
  log::warning(event::peer_refused, {{"from", connection.from}, {"name", hello.name}, {"why", why}});
  respond.refuse({reason, why});
}

void Pool::State::take_in(Number number, const Hello& hello, Responder respond) {
  const PeerId id(hello.name);
  if (const auto old = by_name.find(id); old != by_name.end()) drop(old->second, "replaced by a new connection");
  by_name[id] = number;
  connections.at(number).peer = Peer{id, hello.role, hello.version, hello.capacity_units};
  log::info(event::peer_up, {{"peer", hello.name}, {"role", word_of(hello.role)}, {"version", hello.version}});
  respond.result(Hello::Result{{}, hello.name});
  callbacks.peer_up(id, hello);
}

/// The connection is forgotten first, so that whatever the callback asks finds him gone.
void Pool::State::drop(Number number, const std::string& why) {
  auto node = connections.extract(number);
  if (node.empty()) return;
  const auto& peer = node.mapped().peer;
  if (!peer) return log::warning(event::peer_refused, {{"from", node.mapped().from}, {"why", why}});
  by_name.erase(peer->id);
  log::warning(event::peer_down, {{"peer", peer->id.text()}, {"role", word_of(peer->role)}, {"why", why}});
  callbacks.peer_down(peer->id);
}

/// Who never said hello has not more time than who fell silent.
void Pool::State::close_silent() {
  const auto now = std::chrono::steady_clock::now();
  for (const auto& [number, connection] : connections) {
    const auto since = connection.peer ? connection.rpc->last_heard() : connection.opened;
    if (now - since < settings.dead_after) continue;
    connection.rpc->close(connection.peer ? "silent for too long" : "no hello was said");
  }
}

RpcConnection* Pool::State::connection_of(const PeerId& peer) {
  const auto found = by_name.find(peer);
  return found == by_name.end() ? nullptr : connections.at(found->second).rpc.get();
}

Pool::Pool(daemon::EventLoop& loop, Settings settings, Callbacks callbacks)
    : state_(std::make_shared<State>(loop, std::move(settings), std::move(callbacks))) {
  state_->listen(state_);
  log::info(event::control_listening, {{"address", state_->settings.host}, {"port", port()}});
  state_->callbacks.listening(port());
}

Pool::~Pool() {
  state_->door_keeper.reset();
  state_->by_name.clear();
  const auto last = std::exchange(state_->connections, {});
}

int Pool::port() const {
  return state_->door_keeper->port();
}

std::vector<Pool::Peer> Pool::peers() const {
  std::vector<Peer> found;
  for (const auto& [id, number] : state_->by_name) found.push_back(*state_->connections.at(number).peer);
  return found;
}

void Pool::request_json(const PeerId& peer, std::string_view method, const std::string& params,
                        std::function<void(model::Expected<std::string>)> done) {
  if (auto* connection = state_->connection_of(peer)) return connection->request(method, params, std::move(done));
  state_->loop.post([done = std::move(done), name = peer.text()] {
    done(model::refuse(Reason::connectivity, name + " is not connected"));
  });
}

void Pool::notify_text(const PeerId& peer, std::string_view method, std::string text) {
  if (auto* connection = state_->connection_of(peer)) return connection->send(std::move(text));
  log::warning(event::control_dropped, {{"peer", peer.text()}, {"method", method}});
}

}  // namespace rollcall::pool
