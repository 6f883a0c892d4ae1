// An allocator without XMPP, rules or store: it lets one MCU and one web door in and passes their words on, so that the
// join page, the door and the MCU can be tested with nothing else. The link's first word decides what happens to a
// guest: `team` is a conference; `expired`, `full` and `slow` are what they say; anything else is forged.
//
//   bare_allocator MCU_TOKEN WEB_TOKEN [PORT]
//
// On SIGUSR1 every call is hung up with `gone`; on SIGUSR2 the next of the people is put in the spotlight. How each leg
// is going, as its MCU says, stands on stderr.
#include <algorithm>
#include <csignal>
#include <iostream>
#include <map>
#include <optional>
#include <string>

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
               .peer_down = [this](const auto& peer) { down(peer); },
               .message =
                   [this](const auto&, const auto& incoming, Responder respond) {
                     std::visit([&](const auto& message) { take(message, std::move(respond)); }, incoming.message);
                   }}) {
    daemon::log::info(daemon::event::control_listening, {{"port", pool_.port()}});
  }

  void hang_up_all() {
    for (const auto& [leg, name] : people_) pool_.notify(*door_, control::CallHangup{leg, Reason::gone});
    for (const auto& [leg, name] : std::exchange(people_, {})) destroy(leg);
  }

  void spotlight_next() {
    auto next = people_.upper_bound(in_spotlight_);
    if (next == people_.end()) next = people_.begin();
    if (next == people_.end() || !mcu_) return;
    in_spotlight_ = next->first;
    const control::ConferenceUpdate update{.conference = team, .spotlight = in_spotlight_};
    pool_.request(*mcu_, update, ignore<control::ConferenceUpdate>());
  }

 private:
  void up(const PeerId& peer, const control::Hello& hello) {
    if (hello.role == control::Role::mcu) {
      mcu_ = peer;
      return pool_.request(peer, control::ConferenceCreate{team, "Team call"}, ignore<control::ConferenceCreate>());
    }
    door_ = peer;
    std::erase_if(people_, [&](const auto& person) {
      const bool held = std::ranges::find(hello.calls, person.first) != hello.calls.end();
      if (!held) destroy(person.first);
      return !held;
    });
  }
  void down(const PeerId& peer) {
    if (mcu_ == peer) mcu_.reset();
    if (door_ == peer) door_.reset();
  }

  template <class Request>
  static std::function<void(model::Expected<typename Request::Result>)> ignore() {
    return [](auto) {};
  }
  void destroy(const LegId& leg) {
    if (mcu_) pool_.request(*mcu_, control::LegDestroy{leg}, ignore<control::LegDestroy>());
  }

  static std::optional<model::Refusal> refusal_of(const std::string& link) {
    if (link.starts_with("team") || link.starts_with("slow")) return std::nullopt;
    if (link.starts_with("expired")) return model::Refusal{Reason::link_expired};
    if (link.starts_with("full")) return std::nullopt;
    return model::Refusal{Reason::link_forged};
  }

  void take(const control::LinkResolve& request, Responder respond) {
    if (auto refusal = refusal_of(request.link)) return respond.refuse(*refusal);
    control::LinkResolve::Result result{team, "Team call", !people_.empty()};
    for (const auto& [leg, name] : people_) result.people.push_back(name);
    respond.result(result);
  }

  void take(const control::CallIncoming& request, Responder respond) {
    if (auto refusal = refusal_of(request.link)) return respond.refuse(*refusal);
    if (request.link.starts_with("full")) return respond.refuse({Reason::full});
    if (request.link.starts_with("slow")) return unanswered_.push_back(std::move(respond));
    if (!mcu_) return respond.refuse({Reason::no_media_server});
    const LegId leg("leg-" + std::to_string(++last_leg_));
    auto answer = std::make_shared<Responder>(std::move(respond));
    pool_.request(*mcu_,
                  control::LegCreate{.conference = team, .leg = leg, .name = request.name, .offer = request.offer},
                  [this, leg, name = request.name, answer](auto result) {
                    if (!result) return answer->refuse(result.error());
                    people_[leg] = name;
                    answer->result(control::CallIncoming::Result{leg, result->description});
                  });
  }

  void take(const control::CallOffer& request, Responder respond) {
    if (!mcu_ || !people_.contains(request.leg)) return respond.refuse({Reason::unknown_leg});
    auto answer = std::make_shared<Responder>(std::move(respond));
    pool_.request(*mcu_, control::LegChange{request.leg, request.offer}, [answer](auto result) {
      if (!result) return answer->refuse(result.error());
      answer->result(control::CallOffer::Result{result->description});
    });
  }

  void take(const control::CallCandidate& said, Responder) {
    if (mcu_) pool_.notify(*mcu_, control::LegCandidate{said.leg, said.mid, said.candidate});
  }
  void take(const control::CallMute& said, Responder) {
    if (!mcu_) return;
    const control::LegUpdate update{.leg = said.leg, .audio_muted = said.audio_muted, .video_muted = said.video_muted};
    pool_.request(*mcu_, update, ignore<control::LegUpdate>());
  }
  void take(const control::CallHangup& said, Responder) {
    people_.erase(said.leg);
    destroy(said.leg);
  }
  void take(const control::LegEnded& said, Responder) {
    if (people_.erase(said.leg) != 0 && door_) pool_.notify(*door_, control::CallHangup{said.leg, said.reason});
  }
  void take(const control::LegHealth& said, Responder) {
    const auto person = people_.find(said.leg);
    std::cerr << "event=leg.health name=" << (person == people_.end() ? "" : person->second)
              << " picture_height=" << said.picture_height << " frozen_ms=" << said.frozen_ms
              << " receive_kbit=" << said.receive_kbit << std::endl;
  }
  template <class Other>
  void take(const Other&, Responder respond) {
    respond.refuse({Reason::unknown_method, std::string(Other::method)});
  }

  std::optional<PeerId> mcu_;
  std::optional<PeerId> door_;
  std::map<LegId, std::string> people_;
  std::vector<Responder> unanswered_;
  int last_leg_ = 0;
  LegId in_spotlight_;
  pool::Pool pool_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 64;
  daemon::EventLoop loop;
  BareAllocator allocator(loop, {.port = count > 3 ? std::stoi(arguments[3]) : 0,
                                 .tokens = {{control::Role::mcu, arguments[1]}, {control::Role::web, arguments[2]}}});
  const auto stop = loop.on_signal(SIGTERM, [&] { loop.quit(); });
  const auto gone = loop.on_signal(SIGUSR1, [&] { allocator.hang_up_all(); });
  const auto spotlight = loop.on_signal(SIGUSR2, [&] { allocator.spotlight_next(); });
  loop.run();
  return 0;
}
