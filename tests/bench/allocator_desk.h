// The allocator as far as an MCU needs one: lets it in, and asks it for a conference and legs.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "allocator/pool/pool.h"
#include "daemon/event_loop.h"
#include "tests/bench/desk.h"

namespace rollcall::bench {

/// Loop thread, owned by main().
class AllocatorDesk final : public Desk {
 public:
  struct Events {
    std::function<void()> mcu_up;  ///< its conference is there
    std::function<void(const std::string&)> failed;
  };
  AllocatorDesk(daemon::EventLoop& loop, const std::string& token, Events events);

  [[nodiscard]] int port() const { return pool_.port(); }
  void create_leg(const model::LegId& leg, const std::string& name, const model::MediaDescription& offer,
                  Answered answered) override;
  void destroy_leg(const model::LegId& leg) override;
  void end_conference() override;
  [[nodiscard]] int ended() const override { return ended_; }
  [[nodiscard]] std::chrono::steady_clock::time_point last_end() const override { return last_end_; }

 private:
  void up(const model::PeerId& peer, const control::Hello& hello);
  void take(const control::Incoming& incoming, control::Responder respond);

  Events events_;
  std::optional<model::PeerId> mcu_;
  int ended_ = 0;
  std::chrono::steady_clock::time_point last_end_;
  pool::Pool pool_;
};

}  // namespace rollcall::bench
