#pragma once

#include <memory>
#include <utility>

#include "daemon/event_loop.h"
#include "xmpp-component/stream/scheduler.h"

namespace rollcall::component::stream {

/// The scheduler of a running process: timers of the loop. Owned by Stream.
class LoopScheduler final : public Scheduler {
 public:
  explicit LoopScheduler(daemon::EventLoop& loop) : loop_(loop) {}

  std::unique_ptr<Timer> after(Duration delay, Task task) override {
    struct LoopTimer final : Timer {
      explicit LoopTimer(daemon::EventLoop::Registration given) : registration(std::move(given)) {}
      daemon::EventLoop::Registration registration;
    };
    return std::make_unique<LoopTimer>(loop_.after(delay, std::move(task)));
  }

 private:
  daemon::EventLoop& loop_;
};

}  // namespace rollcall::component::stream
