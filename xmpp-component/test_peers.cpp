// MCUs, the browser door and the operator on a real control channel, over loopback, on one loop.
#include <optional>

#include "allocator/control/codec.h"
#include "daemon/control_peer.h"
#include "daemon/log.h"
#include "xmpp-component/jingle/call_play.h"
#include "xmpp-component/peers.h"
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

using control::Role;
using jingle::testing::answer_to;
using jingle::testing::our_offer;
using model::LegId;
using model::Reason;

const std::string key = "a key of more than sixteen bytes";

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
  std::vector<std::pair<std::string, model::IceCandidate>> for_jabber;
  std::unique_ptr<Peers> peers;

  Desk() {
    pool::Pool::Settings settings;
    settings.port = 0;
    settings.tokens = {{Role::mcu, "mcu-token"}, {Role::web, "web-token"}, {Role::operator_desk, "operator-token"}};
    peers = std::make_unique<Peers>(
        loop, settings, allocator, links,
        Peers::Outside{.happens = [this](const rules::Event& event) { happens(event); },
                       .now = [this] { return now; },
                       .is_online = [] { return true; },
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
        responder.result(control::LegCreate::Result{answer_to(*create->offer)});
      } else if (const auto* change = std::get_if<control::LegChange>(&message)) {
        if (refuses) return responder.refuse(refusal);
        responder.result(control::LegChange::Result{answer_to(change->offer)});
      } else if (std::holds_alternative<control::ConferenceCreate>(message)) {
        responder.result(control::ConferenceCreate::Result{});
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

TEST_CASE("a guest opens his link: the door hears what it is and who is in it") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  auto page = door.asks(control::LinkResolve{desk.link()});
  REQUIRE(page);
  CHECK(page->title == "Team");
  CHECK(!page->running);

  const LegId leg = door.brings_in("Ann");
  mcu.peer->notify(control::LegConnected{leg});
  desk.run_until([&] { return desk.allocator.indicator(model::ConferenceId("team")).running; });
  page = door.asks(control::LinkResolve{desk.link()});
  CHECK(page->running);
  CHECK(page->people == std::vector<std::string>{"Ann"});
}

TEST_CASE("a forged link, an old one, and one of a conference that is no more: each with its own reason") {
  Desk desk;
  Door door(desk);
  CHECK(door.asks(control::LinkResolve{"forged"}).error().reason == Reason::link_forged);
  const std::string link = desk.link();
  desk.now += 24h * 30;
  CHECK(door.asks(control::LinkResolve{link}).error().reason == Reason::link_expired);
  CHECK(door.asks(control::CallIncoming{link, "Ann", our_offer(true)}).error().reason == Reason::link_expired);
  desk.happens(rules::TimePassed{});  // nobody has used the conference for a month
  CHECK(door.asks(control::LinkResolve{desk.link()}).error().reason == Reason::unknown_conference);
}

TEST_CASE("a guest's offer goes to the MCU under his name, and its answer back to his page") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const auto answer = door.asks(control::CallIncoming{desk.link(), "Ann", our_offer(true)});
  REQUIRE(answer);
  const auto create = mcu.all_heard<control::LegCreate>().at(0);
  CHECK(create.name == "Ann");
  CHECK(create.leg == answer->leg);
  CHECK(answer->description.media.size() == 2);
  CHECK(answer->description.transports.at(0).ice->ufrag == "ours1");
}

TEST_CASE("no MCU, or one that refuses: the guest hears why, and is not kept waiting") {
  Desk desk;
  Door door(desk);
  const control::CallIncoming call{desk.link(), "Ann", our_offer(true)};
  CHECK(door.asks(call).error().reason == Reason::no_media_server);
  Mcu mcu(desk);
  mcu.refuses = true;
  mcu.refusal = {Reason::no_common_codec, "H264"};
  CHECK(door.asks(call).error() == mcu.refusal);
  CHECK(desk.allocator.state().participants.empty());
}

TEST_CASE("a changed offer in mid-call goes to the MCU and back; a refused one leaves the call as it is") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const LegId leg = door.brings_in("Ann");
  const auto changed = door.asks(control::CallOffer{leg, our_offer(true)});
  REQUIRE(changed);
  CHECK(changed->description.media.size() == 2);
  mcu.refuses = true;
  mcu.refusal = {Reason::bad_request, "mid"};
  CHECK(door.asks(control::CallOffer{leg, our_offer(true)}).error().reason == Reason::bad_request);
  CHECK(desk.allocator.participant(leg) != nullptr);
}

TEST_CASE("a guest hangs up: his leg goes; the MCU ends a leg: his page hears why") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const LegId ann = door.brings_in("Ann");
  const LegId ben = door.brings_in("Ben");
  door.peer->notify(control::CallHangup{ann, Reason::hung_up});
  CHECK(mcu.waits_for<control::LegDestroy>().leg == ann);
  mcu.peer->notify(control::LegEnded{ben, Reason::connectivity});
  const auto hangup = door.waits_for<control::CallHangup>();
  CHECK(hangup.leg == ben);
  CHECK(hangup.reason == Reason::connectivity);
  CHECK(mcu.waits_for<control::ConferenceDestroy>().conference == model::ConferenceId("team"));
}

TEST_CASE("another door can do nothing with a guest that is not its own") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  Door other(desk, "web-2");
  const LegId leg = door.brings_in("Ann");
  other.peer->notify(control::CallHangup{leg, Reason::hung_up});
  other.peer->notify(control::CallMute{leg, true, true});
  other.peer->notify(control::CallCandidate{leg, "audio", {.foundation = "1", .ip = "192.0.2.1", .port = 5000}});
  CHECK(other.asks(control::CallOffer{leg, our_offer(true)}).error().reason == Reason::unknown_leg);
  CHECK(desk.allocator.participant(leg) != nullptr);
  CHECK(mcu.all_heard<control::LegUpdate>().empty());
  CHECK(mcu.all_heard<control::LegCandidate>().empty());
  CHECK(mcu.all_heard<control::LegDestroy>().empty());
}

TEST_CASE("candidates and mutes pass between a guest and the MCU; those of a Jabber user go to his door") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const LegId leg = door.brings_in("Ann");
  const model::IceCandidate candidate{.foundation = "1", .ip = "192.0.2.1", .port = 5000};
  door.peer->notify(control::CallCandidate{leg, "audio", candidate});
  CHECK(mcu.waits_for<control::LegCandidate>().candidate == candidate);
  door.peer->notify(control::CallMute{leg, true, false});
  CHECK(mcu.waits_for<control::LegUpdate>().audio_muted == true);
  mcu.peer->notify(control::LegCandidate{leg, "audio", candidate});
  CHECK(door.waits_for<control::CallCandidate>().leg == leg);

  const LegId juliets("juliet-1");
  desk.happens(rules::Offered{.leg = juliets,
                              .conference = model::ConferenceId("team"),
                              .from = *model::Address::parse(juliet),
                              .offer = our_offer(true)});
  mcu.peer->notify(control::LegCandidate{juliets, "audio", candidate});
  desk.run_until([&] { return !desk.for_jabber.empty(); });
  CHECK(desk.for_jabber[0].second == candidate);
}

TEST_CASE("an MCU that is lost takes its calls with it, and the guest's page hears why") {
  Desk desk;
  Door door(desk);
  {
    Mcu mcu(desk);
    (void)door.brings_in("Ann");
  }
  desk.run_until([&] { return !desk.allocator.state().mcus.at(model::PeerId("mcu-1")).up; });
  desk.now += 1min;
  desk.happens(rules::TimePassed{});
  CHECK(door.waits_for<control::CallHangup>().reason == Reason::connectivity);
  CHECK(desk.allocator.state().participants.empty());
}

TEST_CASE("the operator hears how the service is, and nobody but a door can bring in guests") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  (void)door.brings_in("Ann");
  Dialler operator_desk(desk, Role::operator_desk, "check", "operator-token");
  const auto status = operator_desk.asks(control::DeskStatus{});
  REQUIRE(status);
  CHECK(status->xmpp_connected);
  CHECK(status->peers.size() == 3);
  CHECK(status->conferences == 1);
  CHECK(status->calls == 1);
  const control::CallIncoming call{desk.link(), "Eve", our_offer(true)};
  CHECK(!operator_desk.asks(call));
  CHECK(!mcu.asks(call));
  CHECK(door.asks(control::DeskStatus{}).error().reason == Reason::unknown_method);
}

}  // namespace
}  // namespace rollcall::component::testing
