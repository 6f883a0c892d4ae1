#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "xmpp-component/stream/scheduler.h"

namespace rollcall::component::stream {

/// Time that moves only when the test says so. Timers fire in the order of their times, and of their making. May be
/// destroyed before its timers.
class SteppedScheduler final : public Scheduler {
 public:
  SteppedScheduler();
  ~SteppedScheduler() override;

  std::unique_ptr<Timer> after(Duration delay, Task task) override;

  /// Lets `span` pass; timers that are set meanwhile fire too when their time comes.
  void step(Duration span);
  /// What is due now, `after(0)` included.
  void settle() { step(Duration(0)); }
  [[nodiscard]] std::size_t pending() const;
  /// How long until the next timer fires; zero when there is none.
  [[nodiscard]] Duration until_next() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the timers, in tests only
};

}  // namespace rollcall::component::stream
