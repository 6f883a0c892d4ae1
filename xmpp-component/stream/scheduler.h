#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace rollcall::component::stream {

/// Where Stream gets its timers from, so that a test can step time. One per Stream; must outlive it. Loop thread.
class Scheduler {
 public:
  using Duration = std::chrono::milliseconds;
  using Task = std::function<void()>;

  /// A timer that has not fired yet; destroying it cancels it.
  class Timer {
   public:
    virtual ~Timer() = default;
  };

  virtual ~Scheduler() = default;

  /// Calls `task` once, never before this call has returned, after at least `delay`.
  [[nodiscard]] virtual std::unique_ptr<Timer> after(Duration delay, Task task) = 0;
};

}  // namespace rollcall::component::stream
