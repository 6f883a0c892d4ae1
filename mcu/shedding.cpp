#include "mcu/shedding.h"

#include <algorithm>

namespace rollcall::mcu {
namespace {

constexpr double too_much_cpu = 0.92;
constexpr double too_many_late = 0.10;
constexpr double little_cpu = 0.70;
constexpr double few_late = 0.02;

}  // namespace

int SheddingPolicy::observe(const Pressure& pressure, Time now) {
  const bool trouble = pressure.cpu > too_much_cpu || pressure.late > too_many_late;
  const bool calm = pressure.cpu < little_cpu && pressure.late < few_late;
  if (trouble && !in_trouble_) trouble_since_ = now;
  if (calm && !calm_) calm_since_ = now;
  in_trouble_ = trouble;
  calm_ = calm;
  if (in_trouble_ && now - trouble_since_ >= patience) step_up(now);
  if (calm_ && level_ > 0 && now - calm_since_ >= calm_needed_) step_down(now);
  if (calm_ && level_ == 0 && now - calm_since_ >= longest_calm) calm_needed_ = first_calm;
  return level_;
}

void SheddingPolicy::step_up(Time now) {
  const bool was_too_early = last_down_ != Time{} && now - last_down_ < 2 * calm_needed_;
  if (was_too_early && level_ < most) calm_needed_ = std::min(2 * calm_needed_, longest_calm);
  level_ = std::min(level_ + 1, most);
  trouble_since_ = now;  // what was given up must show its effect first
}

void SheddingPolicy::step_down(Time now) {
  level_ = std::max(level_ - 1, 0);
  last_down_ = now;
  calm_since_ = now;
}

}  // namespace rollcall::mcu
