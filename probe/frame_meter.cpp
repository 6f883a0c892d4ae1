#include "probe/frame_meter.h"

#include <algorithm>
#include <numeric>

namespace rollcall::probe {
namespace {

constexpr Milliseconds gap{200};
constexpr std::size_t remembered = 30;

}  // namespace

void FrameMeter::arrived(int width, int height, Milliseconds now) {
  if (width != width_ || height != height_) ++sizes_;
  width_ = width;
  height_ = height;
  ++frames_;
  if (last_) judge(now - *last_);
  if (!first_) first_ = now;
  last_ = now;
}

void FrameMeter::judge(Milliseconds interval) {
  longest_ = std::max(longest_, interval);
  if (interval > gap) ++gaps_;
  if (!intervals_.empty()) {
    const auto sum = std::accumulate(intervals_.begin(), intervals_.end(), Milliseconds{0});
    const auto mean = sum / static_cast<int>(intervals_.size());
    if (interval >= std::max(3 * mean, mean + Milliseconds{150})) {
      ++freezes_;
      frozen_ += interval;
    }
  }
  intervals_.push_back(interval);
  if (intervals_.size() > remembered) intervals_.pop_front();
}

double FrameMeter::rate() const {
  if (!first_ || *last_ == *first_) return 0;
  return static_cast<double>(frames_ - 1) * 1000.0 / static_cast<double>((*last_ - *first_).count());
}

}  // namespace rollcall::probe
