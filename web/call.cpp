#include "web/call.h"

#include <utility>

#include "web/answers.h"

namespace rollcall::web {

namespace {

constexpr std::size_t most_events = 100;  // a page that does not ask any more is soon forsaken

}  // namespace

void Call::poll(TimePoint now, TimePoint until, bool connected, Respond respond) {
  release(connected);
  parked_ = std::move(respond);
  parked_until_ = until;
  if (!events_.empty() || until <= now) release(connected);
}

void Call::add_event(std::string event, bool connected) {
  if (events_.size() < most_events) events_.push_back(std::move(event));
  release(connected);
}

void Call::tick(TimePoint now, bool connected) {
  if (parked_ && now >= parked_until_) release(connected);
}

void Call::release(bool connected) {
  if (!parked_) return;
  std::exchange(parked_, nullptr)(events_answer(std::exchange(events_, {}), connected));
}

void Call::end(model::Reason reason, bool connected) {
  over_ = true;
  add_event(ended_event(reason), connected);
}

bool Call::begin_offer() {
  return !std::exchange(offering_, true);
}

}  // namespace rollcall::web
