#include "mcu/mixer/ticker.h"

#include <pthread.h>

#include <utility>

namespace rollcall::mcu::mixer {
namespace {

/// A tick takes a millisecond or two and must not wait behind encoders that take all there is. Where the system does
/// not allow it (LimitRTPRIO of the unit), the thread is an ordinary one.
void be_punctual() {
  const sched_param lowest_real_time{.sched_priority = 1};
  pthread_setschedparam(pthread_self(), SCHED_RR, &lowest_real_time);
}

}  // namespace

Ticker::Ticker(Clock::duration period, std::uint64_t made_up, Tick tick)
    : period_(period), made_up_(made_up), tick_(std::move(tick)) {}

Ticker::~Ticker() {
  stop();
}

void Ticker::start() {
  if (running()) return;
  stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void Ticker::stop() {
  if (!running()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::uint64_t Ticker::next_tick(std::uint64_t done, Clock::duration elapsed, Clock::duration period,
                                std::uint64_t made_up) {
  const auto due = static_cast<std::uint64_t>(elapsed / period);  // the newest tick whose time has come
  const std::uint64_t next = done + 1;
  if (due <= next + made_up) return next;
  return due;
}

void Ticker::run() {
  be_punctual();
  const Clock::time_point begin = Clock::now();
  std::uint64_t number = 0;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    tick_(number);
    lock.lock();
    number = next_tick(number, Clock::now() - begin, period_, made_up_);
    wake_.wait_until(lock, begin + number * period_, [this] { return stopping_; });
  }
}

}  // namespace rollcall::mcu::mixer
