#include "mcu/conference/class_choice.h"

#include <algorithm>
#include <utility>

namespace rollcall::mcu::conference {

void KeyFrameAsks::ask(Time now) {
  if (asks_.empty() || now - asks_.back() >= one_ask) asks_.push_back(now);
}

std::size_t KeyFrameAsks::count(Time now) {
  while (!asks_.empty() && now - asks_.front() > window) asks_.pop_front();
  return asks_.size();
}

ClassChoice::ClassChoice(std::vector<int> kbit, int ceiling_kbit, Time now)
    : kbit_(std::move(kbit)), began_(now), well_since_(now) {
  set_ceiling(ceiling_kbit);
  place_ = best_;
}

void ClassChoice::set_ceiling(int kbit) {
  const bool at_best = place_ == best_;
  best_ = static_cast<std::size_t>(std::find_if(kbit_.begin(), kbit_.end(), [kbit](int one) { return one <= kbit; }) -
                                   kbit_.begin());
  place_ = at_best ? best_ : std::max(place_, best_);
}

std::size_t ClassChoice::carried_by(int kbit) const {
  const auto at = std::find_if(kbit_.begin(), kbit_.end(), [kbit](int one) { return one + sound_kbit <= kbit; });
  return static_cast<std::size_t>(at - kbit_.begin());
}

std::size_t ClassChoice::look(const Path& path, Time now) {
  if (const std::size_t lower = descent(path, now); lower > place_) {
    descend(lower, now);
  } else if (place_ > best_ && may_ascend(path, now)) {
    --place_;
    ascended_ = well_since_ = now;
  }
  if (ascended_ && now - *ascended_ >= proof) {
    ascended_.reset();
    hold_ = first_hold;
  }
  return place_;
}

std::size_t ClassChoice::descent(const Path& path, Time now) {
  lossy_ = path.loss > heavy_loss ? lossy_ + 1 : 0;
  if (none()) return place_;
  std::size_t lower = place_;
  const bool news = path.estimate_kbit < first_estimate_kbit || now - began_ >= settling;
  if (path.estimate_kbit > 0 && news) lower = std::max(lower, carried_by(path.estimate_kbit));
  // A receiver that only loses or asks keeps a picture, were it the smallest.
  const bool last = place_ + 1 == kbit_.size();
  if (lower == place_ && !last && (lossy_ >= 2 || path.asks > most_asks)) ++lower;
  return lower;
}

void ClassChoice::descend(std::size_t place, Time now) {
  if (ascended_) hold_ = std::min(hold_ * 2, longest_hold);
  ascended_.reset();
  place_ = place;
  well_since_ = now;
  lossy_ = 0;
}

/// A path that carries little is never seen to carry more: what is not contradicted is tried.
bool ClassChoice::may_ascend(const Path& path, Time now) {
  const bool contradicted = path.estimate_kbit > 0 && carried_by(path.estimate_kbit) > place_ - 1;
  const bool troubled = path.loss > light_loss || path.asks > most_asks / 2 || contradicted;
  // Of a picture that is not sent nothing is heard: what took it away would speak against it for ever.
  if (troubled && !none()) well_since_ = now;
  return now - well_since_ >= hold_;
}

}  // namespace rollcall::mcu::conference
