#include "xmpp-component/stream/stream.h"

#include <cassert>
#include <utility>

#include "daemon/event_loop.h"
#include "xmpp-component/stream/back_off.h"
#include "xmpp-component/stream/component.h"
#include "xmpp-component/stream/connection.h"
#include "xmpp-component/stream/ending.h"
#include "xmpp-component/stream/iq_tracker.h"
#include "xmpp-component/stream/keepalive.h"
#include "xmpp-component/stream/loop_scheduler.h"
#include "xmpp-component/stream/sendable.h"

namespace rollcall::component::stream {
namespace {

constexpr std::chrono::seconds handshake_limit{30};
constexpr std::chrono::seconds goodbye_limit{2};
constexpr std::chrono::seconds refused_pause{60};
constexpr std::chrono::seconds standby_pause{5};

Stream::Environment environment_of(daemon::EventLoop& loop, const Stream::Settings& settings) {
  return {std::make_unique<LoopScheduler>(loop),
          [&loop, host = settings.host, port = settings.port](gloox::ConnectionDataHandler& receiver) {
            return std::make_unique<Connection>(loop, receiver, host, port);
          }};
}

}  // namespace

struct Stream::State {
  State(Environment given, Settings given_settings, Callbacks given_callbacks)
      : environment(std::move(given)),
        settings(std::move(given_settings)),
        callbacks(std::move(given_callbacks)),
        tracker(*environment.scheduler) {}

  void connect();
  void online();
  void received(const gloox::Tag& stanza);
  void ended(gloox::ConnectionError reason);
  void end(const Ending& ending);
  void retire();
  void change(StreamState to, const std::string& sentence);
  bool send(const gloox::Tag& stanza);

  Environment environment;
  Settings settings;
  Callbacks callbacks;
  IqTracker tracker;
  BackOff back_off;
  StreamState now = StreamState::closed;
  Statistics statistics;
  bool closing = false;
  std::unique_ptr<Component> component;  // while there is a connection
  std::unique_ptr<Component> retired;    // ended, but perhaps still on the stack
  std::unique_ptr<Scheduler::Timer> retirement;
  std::unique_ptr<Scheduler::Timer> timer;  // of the state at hand: next attempt, handshake, goodbye
  std::unique_ptr<Keepalive> keepalive;     // while online
};

void Stream::State::change(StreamState to, const std::string& sentence) {
  now = to;
  callbacks.state(to, sentence);
}

void Stream::State::connect() {
  change(StreamState::connecting,
         "Connecting to the XMPP server at " + settings.host + ":" + std::to_string(settings.port) + ".");
  component = std::make_unique<Component>(
      settings.domain, settings.secret, environment.connections,
      Component::Callbacks{[this] { online(); }, [this](const gloox::Tag& stanza) { received(stanza); },
                           [this](gloox::ConnectionError reason) { ended(reason); }});
  timer = environment.scheduler->after(handshake_limit, [this] { end(no_handshake(settings)); });
  component->open();
}

void Stream::State::online() {
  back_off.reset();
  timer.reset();
  ++statistics.connects;
  keepalive = std::make_unique<Keepalive>(
      *environment.scheduler, settings.domain,
      Keepalive::Callbacks{[this] { return component->connection().received(); },
                           [this](const gloox::Tag& ping) { send(ping); }, [this] { end(no_sign_of_life()); }});
  change(StreamState::online, "Connected to the XMPP server as " + settings.domain + ".");
}

void Stream::State::received(const gloox::Tag& stanza) {
  ++statistics.stanzas_in;
  if (stanza.name() == "message" || stanza.name() == "presence") return callbacks.stanza(stanza);
  if (stanza.name() != "iq") return;
  const std::string& type = stanza.findAttribute("type");
  if (type == "result" || type == "error") {
    tracker.answered(stanza);
  } else if ((type == "get" || type == "set") && !Keepalive::is_own_ping(stanza, settings.domain)) {
    std::unique_ptr<gloox::Tag> iq(stanza.clone());
    callbacks.iq(IqRequest(std::move(iq), [this](const gloox::Tag& answer) { send(answer); }));
  }
}

bool Stream::State::send(const gloox::Tag& stanza) {
  assert(stanza.hasAttribute("from") && stanza.hasAttribute("to"));
  if (now != StreamState::online || closing) {
    ++statistics.stanzas_lost;
    return false;
  }
  if (!component->send(sendable(stanza.xml()))) {
    ++statistics.stanzas_lost;
    // Not from within the sender's call: he may be in the middle of something that a change of state upsets.
    if (!timer) timer = environment.scheduler->after(Duration(0), [this] { end(not_reading()); });
    return false;
  }
  ++statistics.stanzas_out;
  return true;
}

void Stream::State::ended(gloox::ConnectionError reason) {
  end(why_ended(reason, *component, settings));
}

void Stream::State::end(const Ending& ending) {
  retire();
  if (closing) {
    change(StreamState::closed, "Said goodbye to the XMPP server.");
  } else {
    const auto pause = ending.state == StreamState::refused   ? Duration(refused_pause)
                       : ending.state == StreamState::standby ? Duration(standby_pause)
                                                              : back_off.next();
    timer = environment.scheduler->after(pause, [this] { connect(); });
    change(ending.state, ending.sentence);
  }
  tracker.refuse_all(model::Reason::connectivity);
}

void Stream::State::retire() {
  timer.reset();
  keepalive.reset();
  statistics.stanzas_dropped += component->connection().guard().dropped();
  component->close();
  retired = std::move(component);
  retirement = environment.scheduler->after(Duration(0), [this] { retired.reset(); });
}

Stream::Stream(daemon::EventLoop& loop, Settings settings, Callbacks callbacks)
    : Stream(environment_of(loop, settings), settings, std::move(callbacks)) {}

Stream::Stream(Environment environment, Settings settings, Callbacks callbacks)
    : state_(std::make_unique<State>(std::move(environment), std::move(settings), std::move(callbacks))) {}

Stream::~Stream() = default;

void Stream::open() {
  assert(!state_->component && !state_->closing);
  state_->connect();
}

StreamState Stream::state() const {
  return state_->now;
}

bool Stream::send(const gloox::Tag& stanza) {
  return state_->send(stanza);
}

void Stream::request(std::unique_ptr<gloox::Tag> iq, Duration timeout, Done done) {
  State& state = *state_;
  state.tracker.add(*iq, timeout, std::move(done));
  if (!state.send(*iq)) state.tracker.refuse(*iq, model::Reason::connectivity);
}

void Stream::close() {
  State& state = *state_;
  if (std::exchange(state.closing, true)) return;
  if (!state.component) {
    state.timer.reset();
    return state.change(StreamState::closed, "Stopped trying to reach the XMPP server.");
  }
  state.keepalive.reset();
  if (state.now == StreamState::online) state.component->say_goodbye();
  const Duration patience = state.now == StreamState::online ? Duration(goodbye_limit) : Duration(0);
  state.timer = state.environment.scheduler->after(patience, [&state] { state.end({}); });
}

Stream::Statistics Stream::statistics() const {
  Statistics statistics = state_->statistics;
  if (state_->component) statistics.stanzas_dropped += state_->component->connection().guard().dropped();
  return statistics;
}

}  // namespace rollcall::component::stream
