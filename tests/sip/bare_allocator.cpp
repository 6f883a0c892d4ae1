// An allocator without XMPP, rules or store: it lets one MCU and one SIP door in and passes their words on, so that the
// door and the MCU can be tested with nothing else. `team*2468` is a conference and its PIN; who has an account needs
// no PIN; `slow` is not answered; anything else is unknown.
//
//   bare_allocator MCU_TOKEN SIP_TOKEN TRANSCRIPT
//
// Takes lines on stdin: `dial LEG GATEWAY,GATEWAY ADDRESS`, `hangup LEG`.
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include <unistd.h>

#include "allocator/pool/pool.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"

namespace {

using namespace rollcall;
using control::Responder;
using model::LegId;
using model::PeerId;
using model::Reason;

const model::ConferenceId team("team");

class BareAllocator {
 public:
  BareAllocator(daemon::EventLoop& loop, pool::Pool::Settings settings)
      : pool_(loop, std::move(settings),
              {.peer_up = [this](const auto& peer, const auto& hello) { up(peer, hello); },
               .peer_down = [](const auto&) {},
               .message =
                   [this](const auto&, const auto& incoming, Responder respond) {
                     std::visit([&](const auto& message) { take(message, std::move(respond)); }, incoming.message);
                   }}) {
    daemon::log::info(daemon::event::control_listening, {{"port", pool_.port()}});
  }

  void command(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    std::string leg;
    words >> verb >> leg;
    if (verb == "hangup") {
      pool_.notify(*door_, control::CallHangup{LegId(leg), Reason::gone});
      return destroy(LegId(leg));
    }
    std::string names;
    control::CallDial dial;
    dial.leg = LegId(leg);
    dial.display = "Team";
    words >> names >> dial.address;
    std::istringstream list(names);
    for (std::string name; std::getline(list, name, ',');) dial.gateways.push_back(name);
    begin(dial);
  }

 private:
  void up(const PeerId& peer, const control::Hello& hello) {
    if (hello.role == control::Role::mcu) {
      mcu_ = peer;
      return pool_.request(peer, control::ConferenceCreate{team, "Team call"}, ignore<control::ConferenceCreate>());
    }
    door_ = peer;
    gateways_ = hello.gateways;
  }

  template <class Request>
  static std::function<void(model::Expected<typename Request::Result>)> ignore() {
    return [](auto) {};
  }
  void destroy(const LegId& leg) {
    if (mcu_) pool_.request(*mcu_, control::LegDestroy{leg}, ignore<control::LegDestroy>());
  }

  void begin(const control::CallDial& dial) {
    control::LegCreate create{.conference = team, .leg = dial.leg, .name = dial.address};
    for (const auto& gateway : gateways_)
      if (gateway.name == dial.gateways.at(0)) create.profile = gateway.profile;
    pool_.request(*mcu_, create, [this, dial](const auto& result) {
      if (!result) return;
      control::CallDial whole = dial;
      whole.offer = result->description;
      pool_.request(*door_, whole, ignore<control::CallDial>());
    });
  }

  void take(const control::CallArrived& call, Responder respond) {
    if (call.called == "slow") return unanswered_.push_back(std::move(respond));
    if (call.called != "team*2468" && call.account.empty()) return respond.refuse({Reason::unknown_conference});
    if (!mcu_) return respond.refuse({Reason::no_media_server});
    const LegId leg("leg-" + std::to_string(++last_leg_));
    auto answer = std::make_shared<Responder>(std::move(respond));
    const control::LegCreate create{
        .conference = team, .leg = leg, .name = call.caller, .profile = call.profile, .offer = call.offer};
    pool_.request(*mcu_, create, [leg, answer](auto result) {
      if (!result) return answer->refuse(result.error());
      answer->result(control::CallArrived::Result{leg, result->description});
    });
  }
  void take(const control::CallOffer& change, Responder respond) {
    auto answer = std::make_shared<Responder>(std::move(respond));
    pool_.request(*mcu_, control::LegChange{change.leg, change.offer}, [answer](auto result) {
      if (!result) return answer->refuse(result.error());
      answer->result(control::CallOffer::Result{result->description});
    });
  }
  void take(const control::CallAnswered& said, Responder) {
    pool_.request(*mcu_, control::LegAnswer{said.leg, said.description}, ignore<control::LegAnswer>());
  }
  void take(const control::CallRefresh& said, Responder) { pool_.notify(*mcu_, control::LegRefresh{said.leg}); }
  void take(const control::CallHangup& said, Responder) { destroy(said.leg); }
  void take(const control::CallFailed& said, Responder) { destroy(said.leg); }
  void take(const control::DoorGateways& said, Responder) { gateways_ = said.gateways; }
  void take(const control::LegEnded& said, Responder) {
    if (door_) pool_.notify(*door_, control::CallHangup{said.leg, said.reason});
  }
  template <class Other>
  void take(const Other&, Responder respond) {
    respond.refuse({Reason::unknown_method, std::string(Other::method)});
  }

  std::optional<PeerId> mcu_;
  std::optional<PeerId> door_;
  std::vector<model::Gateway> gateways_;
  std::vector<Responder> unanswered_;
  int last_leg_ = 0;
  pool::Pool pool_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) return 64;
  daemon::EventLoop loop;
  BareAllocator allocator(loop, {.port = 0,
                                 .tokens = {{control::Role::mcu, arguments[1]}, {control::Role::sip, arguments[2]}},
                                 .transcript = arguments[3]});
  const auto stop = loop.on_signal(SIGTERM, [&] { loop.quit(); });
  std::string pending;
  const auto lines = loop.watch(STDIN_FILENO, daemon::EventLoop::Interest::read, [&](auto) {
    char buffer[512];
    const auto got = read(STDIN_FILENO, buffer, sizeof buffer);
    if (got <= 0) return loop.quit();
    pending.append(buffer, static_cast<std::size_t>(got));
    for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
      allocator.command(pending.substr(0, end));
      pending.erase(0, end + 1);
    }
  });
  loop.run();
  return 0;
}
