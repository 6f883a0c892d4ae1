#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace rollcall::mcu::mixer {

/// A thread that calls `tick(n)` at start + n × period: absolute deadlines, so nothing drifts and no sleep adds up.
/// Owned by a mixer; start() and stop() on the loop thread. Does nothing while stopped.
class Ticker {
 public:
  using Clock = std::chrono::steady_clock;
  using Tick = std::function<void(std::uint64_t number)>;

  /// A tick that could not be held in time is made up for as long as no more than `made_up` of them are missing;
  /// beyond that they are left out, and `number` jumps. Pictures: 0. Sound: a few, or the listeners hear holes.
  Ticker(Clock::duration period, std::uint64_t made_up, Tick tick);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  /// The first tick, number 0, comes at once. No effect while running.
  void start();
  /// When this returns, no tick is running and none will come.
  void stop();
  [[nodiscard]] bool running() const { return thread_.joinable(); }

  /// Which tick follows number `done`, when `elapsed` has passed since the start. Pure.
  [[nodiscard]] static std::uint64_t next_tick(std::uint64_t done, Clock::duration elapsed, Clock::duration period,
                                               std::uint64_t made_up);

 private:
  void run();

  Clock::duration period_;
  std::uint64_t made_up_;
  Tick tick_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace rollcall::mcu::mixer
