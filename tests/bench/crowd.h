// The generated participants of one run, and what is done to them while they are measured.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "daemon/event_loop.h"
#include "mcu/transport/io_context.h"
#include "tests/bench/desk.h"
#include "tests/bench/judge.h"
#include "tests/bench/player.h"
#include "tests/bench/scenario.h"

namespace rollcall::bench {

/// Loop thread.
class Crowd {
 public:
  Crowd(daemon::EventLoop& loop, Desk& desk, const Scenario& scenario);
  ~Crowd();

  /// One after the other; `done` when all are in and their transports open, or with a sentence why not.
  void gather(std::function<void(std::string problem)> done);
  /// One joins, is seen, leaves; `rounds` times.
  void come_and_go(int rounds, std::function<void(int)> each, std::function<void()> done);
  void begin_fault();
  void begin();
  void end();
  void leave();
  /// The figures of what was received from begin() to end(), as key=value pairs.
  [[nodiscard]] std::string figures();

 private:
  [[nodiscard]] Participant::Settings settings_of(int index) const;
  Participant& make(int index);
  void admit(Participant& one, std::function<void(std::string problem)> done);
  void gather_from(int index, std::function<void(std::string problem)> done);
  void wait_for_open(std::function<void(std::string problem)> done, int tries);
  void churn();
  [[nodiscard]] bool is_other(const Participant& one) const;
  [[nodiscard]] std::string judged();

  daemon::EventLoop& loop_;
  Desk& desk_;
  const Scenario& scenario_;
  std::vector<Reel> films_;
  std::vector<Reel> low_films_;
  std::vector<Reel> talks_;
  std::unique_ptr<Reel> small_;
  std::unique_ptr<Reel> silent_;
  std::unique_ptr<Reel> click_;
  std::unique_ptr<mcu::transport::IoContext> io_;
  std::vector<std::unique_ptr<Participant>> people_;  ///< who stay to the end
  std::vector<std::unique_ptr<Participant>> guests_;  ///< who come and go
  std::unique_ptr<Player> player_;
  Participant* visitor_ = nullptr;
  int visitors_ = 0;
  Time begin_;
  Time end_;
  daemon::EventLoop::Registration timer_;
  daemon::EventLoop::Registration churn_timer_;
};

}  // namespace rollcall::bench
