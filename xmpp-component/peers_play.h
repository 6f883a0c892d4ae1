// The stage for the control channel: MCUs, the browser door and the operator dial in for real, over loopback, on one
// loop.
#pragma once

#include <deque>
#include <optional>

#include "allocator/control/codec.h"
#include "daemon/control_peer.h"
#include "daemon/log.h"
#include "xmpp-component/jingle/call_play.h"
#include "xmpp-component/peers.h"
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {

using control::Role;
using jingle::testing::answer_to;
using jingle::testing::our_offer;
using model::LegId;
using model::Reason;

inline const std::string key = "a key of more than sixteen bytes";

/// The allocator with its peers, and nothing of XMPP.
struct Desk {
  daemon::EventLoop loop;
  int port = 0;
  daemon::log::Capture capture{[this](auto, const std::string& line) {
    const auto at = line.find("port=");
    if (line.find("control.listening") != std::string::npos) port = std::stoi(line.substr(at + 5));
  }};
  links::LinkSigner links{{.base_url = "https://meet", .key = key}};
  model::Time now{1'000'000s};
  rules::Allocator allocator{state(), model::Time{}};
  std::deque<rules::Event> events;
  bool is_deciding = false;
  int orders_answered = 0;
  std::vector<std::pair<std::string, model::IceCandidate>> for_jabber;
  std::unique_ptr<Peers> peers;

  Desk() {
    pool::Pool::Settings settings;
    settings.port = 0;
    settings.tokens = {{Role::mcu, "mcu-token"},
                       {Role::web, "web-token"},
                       {Role::sip, "sip-token"},
                       {Role::operator_desk, "operator-token"}};
    peers = std::make_unique<Peers>(
        loop, settings, allocator, links,
        Peers::Outside{.happens = [this](const rules::Event& event) { happens(event); },
                       .now = [this] { return now; },
                       .is_online = [] { return true; },
                       .ice_servers = [] { return IceServers::Granted{}; },
                       .jabber_candidate = [this](const auto&, const auto& mid,
                                                  const auto& candidate) { for_jabber.emplace_back(mid, candidate); }});
  }

  static rules::State state() {
    rules::State state = fresh_state();
    model::Conference team{.id = model::ConferenceId("team"), .title = "Team"};
    team.creator = *model::Address::parse("romeo@example.org");
    team.last_used = model::Time{1'000'000s};
    state.conferences.emplace(team.id, team);
    return state;
  }
  [[nodiscard]] std::string link() const {
    const std::string whole = links.link(model::ConferenceId("team"), now);
    return whole.substr(whole.rfind('/') + 1);
  }
  void happens(const rules::Event& event) {
    events.push_back(event);
    if (is_deciding) return;
    is_deciding = true;
    while (!events.empty()) {
      const rules::Event next = std::move(events.front());
      events.pop_front();
      const rules::Decision decision = allocator.handle(next, now);
      if (std::holds_alternative<rules::OrderAnswered>(next)) ++orders_answered;
      for (const auto* list : {&decision.effects, &decision.promises}) {
        for (const rules::Effect& effect : *list) std::visit([this](const auto& one) { carry_out(one); }, effect);
      }
    }
    is_deciding = false;
  }
  template <class Effect>
  void carry_out(const Effect& effect) {
    if constexpr (requires { peers->carry_out(effect); }) peers->carry_out(effect);
  }
  void run_until(const std::function<bool()>& holds) {
    bool held = false;
    const auto look = loop.every(1ms, [&] {
      if (!held && (held = holds())) loop.quit();
    });
    const auto deadline = loop.after(20s, [&] { loop.quit(); });
    loop.run();
    REQUIRE(held);
  }
};

/// One that dials in, and what it got to hear.
struct Dialler {
  Desk& desk;
  bool connected = false;
  std::vector<control::Message> heard;
  std::function<void(const control::Message&, control::Responder)> answers = [](const auto&, auto) {};
  control::Hello hello;
  std::unique_ptr<daemon::ControlPeer> peer;

  Dialler(Desk& at, Role role, const std::string& name, const std::string& token) : desk(at) {
    hello = {.role = role, .name = name, .version = "1"};
    if (role == Role::mcu) hello.capacity_units = 2000;
    peer = std::make_unique<daemon::ControlPeer>(
        desk.loop,
        daemon::ControlPeer::Settings{.url = "ws://127.0.0.1:" + std::to_string(desk.port) + "/control",
                                      .token = token},
        daemon::ControlPeer::Callbacks{.hello = [this] { return hello; },
                                       .connected = [this](const auto&) { connected = true; },
                                       .message =
                                           [this](const control::Incoming& incoming, control::Responder responder) {
                                             heard.push_back(incoming.message);
                                             answers(incoming.message, std::move(responder));
                                           }});
    desk.run_until([this] { return connected; });
  }

  template <class Request>
  model::Expected<typename Request::Result> asks(const Request& request) {
    std::optional<model::Expected<typename Request::Result>> answer;
    peer->request(request, [&](auto came) { answer = std::move(came); });
    desk.run_until([&] { return answer.has_value(); });
    return *answer;
  }
  template <class Kind>
  [[nodiscard]] std::vector<Kind> all_heard() const {
    std::vector<Kind> found;
    for (const control::Message& message : heard) {
      if (const auto* one = std::get_if<Kind>(&message)) found.push_back(*one);
    }
    return found;
  }
  template <class Kind>
  Kind waits_for() {
    desk.run_until([this] { return !all_heard<Kind>().empty(); });
    return all_heard<Kind>().back();
  }
};

struct Mcu : Dialler {
  model::Refusal refusal{};
  bool refuses = false;
  explicit Mcu(Desk& desk) : Dialler(desk, Role::mcu, "mcu-1", "mcu-token") {
    answers = [this](const control::Message& message, control::Responder responder) {
      if (const auto* create = std::get_if<control::LegCreate>(&message)) {
        if (refuses) return responder.refuse(refusal);
        responder.result(control::LegCreate::Result{create->offer ? answer_to(*create->offer) : our_offer(true)});
      } else if (const auto* change = std::get_if<control::LegChange>(&message)) {
        if (refuses) return responder.refuse(refusal);
        responder.result(control::LegChange::Result{answer_to(change->offer)});
      } else if (std::holds_alternative<control::ConferenceCreate>(message)) {
        responder.result(control::ConferenceCreate::Result{});
      } else if (std::holds_alternative<control::LegAnswer>(message)) {
        responder.result(control::LegAnswer::Result{});
      } else if (std::holds_alternative<control::LegDestroy>(message)) {
        responder.result(control::LegDestroy::Result{});
      }
    };
  }
};

struct Door : Dialler {
  explicit Door(Desk& desk, const std::string& name = "web") : Dialler(desk, Role::web, name, "web-token") {}
  LegId brings_in(const std::string& guest) {
    const auto answer = asks(control::CallIncoming{desk.link(), guest, our_offer(true)});
    REQUIRE(answer);
    return answer->leg;
  }
};

}  // namespace rollcall::component::testing
