#include "tests/bench/allocator_desk.h"

#include <utility>

namespace rollcall::bench {
namespace {

const model::ConferenceId conference("bench");

}  // namespace

AllocatorDesk::AllocatorDesk(daemon::EventLoop& loop, const std::string& token, Events events)
    : events_(std::move(events)),
      pool_(loop, {.port = 0, .tokens = {{control::Role::mcu, token}}, .request_timeout = std::chrono::seconds(30)},
            {.peer_up = [this](const auto& peer, const auto& hello) { up(peer, hello); },
             .message = [this](const auto&, const auto& incoming,
                               control::Responder respond) { take(incoming, std::move(respond)); }}) {}

void AllocatorDesk::up(const model::PeerId& peer, const control::Hello& hello) {
  if (mcu_ || hello.role != control::Role::mcu) return;
  mcu_ = peer;
  pool_.request(peer, control::ConferenceCreate{conference, "Bench"}, [this](auto created) {
    if (!created) return events_.failed("the MCU makes no conference");
    events_.mcu_up();
  });
}

void AllocatorDesk::take(const control::Incoming& incoming, control::Responder respond) {
  if (const auto* over = std::get_if<control::LegEnded>(&incoming.message); over != nullptr) {
    ++ended_;
    last_end_ = std::chrono::steady_clock::now();
  }
  respond.refuse({model::Reason::unknown_method});
}

void AllocatorDesk::create_leg(const model::LegId& leg, const std::string& name, const model::MediaDescription& offer,
                               Answered answered) {
  pool_.request(*mcu_, control::LegCreate{.conference = conference, .leg = leg, .name = name, .offer = offer},
                [answered = std::move(answered)](auto result) {
                  if (!result) return answered(tl::unexpected(result.error()));
                  answered(result->description);
                });
}

void AllocatorDesk::destroy_leg(const model::LegId& leg) {
  if (mcu_) pool_.request(*mcu_, control::LegDestroy{leg}, [](auto) {});
}

void AllocatorDesk::end_conference() {
  if (mcu_) pool_.request(*mcu_, control::ConferenceDestroy{conference}, [](auto) {});
}

}  // namespace rollcall::bench
