#include "xmpp-component/stream/testing/stepped_scheduler.h"

#include <utility>

namespace rollcall::component::stream {

struct SteppedScheduler::State {
  using Key = std::pair<Duration, std::size_t>;  // when, and which of those of the same time
  Duration now{0};
  std::size_t made = 0;
  std::map<Key, Task> timers;
};

namespace {

template <class State>
struct SteppedTimer final : Scheduler::Timer {
  SteppedTimer(std::shared_ptr<State> given, typename State::Key given_key) : state(std::move(given)), key(given_key) {}
  ~SteppedTimer() override { state->timers.erase(key); }
  std::shared_ptr<State> state;
  typename State::Key key;
};

}  // namespace

SteppedScheduler::SteppedScheduler() : state_(std::make_shared<State>()) {}

SteppedScheduler::~SteppedScheduler() = default;

std::unique_ptr<Scheduler::Timer> SteppedScheduler::after(Duration delay, Task task) {
  const State::Key key{state_->now + delay, state_->made++};
  state_->timers.emplace(key, std::move(task));
  return std::make_unique<SteppedTimer<State>>(state_, key);
}

void SteppedScheduler::step(Duration span) {
  const std::shared_ptr<State> state = state_;
  const Duration until = state->now + span;
  while (!state->timers.empty() && state->timers.begin()->first.first <= until) {
    auto due = state->timers.extract(state->timers.begin());
    state->now = due.key().first;
    due.mapped()();
  }
  state->now = until;
}

std::size_t SteppedScheduler::pending() const {
  return state_->timers.size();
}

Scheduler::Duration SteppedScheduler::until_next() const {
  return state_->timers.empty() ? Duration(0) : state_->timers.begin()->first.first - state_->now;
}

}  // namespace rollcall::component::stream
