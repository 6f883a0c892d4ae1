#include "tests/bench/player.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace rollcall::bench {
namespace {

constexpr auto longest_wait = std::chrono::milliseconds(5);

}  // namespace

Player::Player() : poll_(epoll_create1(EPOLL_CLOEXEC)), thread_([this] { run(); }) {}

Player::~Player() {
  over_ = true;
  thread_.join();
  close(poll_);
}

void Player::add(Participant& participant) {
  const std::lock_guard lock(mutex_);
  added_.push_back(&participant);
}

void Player::adopt(std::vector<Due>& heap) {
  const std::lock_guard lock(mutex_);
  for (Participant* participant : added_) {
    heap.push_back({participant->due(), participant});
    std::push_heap(heap.begin(), heap.end());
    for (const int descriptor : participant->wire().descriptors()) {
      watched_.push_back(std::make_unique<Watched>(Watched{participant, descriptor}));
      epoll_event event{.events = EPOLLIN, .data = {.ptr = watched_.back().get()}};
      epoll_ctl(poll_, EPOLL_CTL_ADD, descriptor, &event);
    }
  }
  added_.clear();
}

void Player::wait_until(Time when) {
  const auto left = std::clamp<std::chrono::nanoseconds>(when - std::chrono::steady_clock::now(), {}, longest_wait);
  const timespec span{0, static_cast<long>(left.count())};
  std::array<epoll_event, 64> events;
  const int count = epoll_pwait2(poll_, events.data(), events.size(), &span, nullptr);
  for (int index = 0; index < count; ++index) {
    const auto* one = static_cast<const Watched*>(events[static_cast<std::size_t>(index)].data.ptr);
    one->participant->wire().on_readable(one->descriptor);
  }
}

void Player::run() {
  std::vector<Due> heap;
  while (!over_) {
    adopt(heap);
    wait_until(heap.empty() ? Time::max() : heap.front().at);
    const Time now = std::chrono::steady_clock::now();
    while (!heap.empty() && heap.front().at <= now) {
      std::pop_heap(heap.begin(), heap.end());
      Due& due = heap.back();
      worst_delay_ = std::max<long>(worst_delay_, (now - due.at).count());
      if (due.participant->gone()) {
        heap.pop_back();
        continue;
      }
      due.participant->play(now);
      due.at = due.participant->due();
      std::push_heap(heap.begin(), heap.end());
    }
  }
}

}  // namespace rollcall::bench
