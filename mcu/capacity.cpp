#include "mcu/capacity.h"

#include <algorithm>
#include <cmath>

#include "allocator/model/units.h"

namespace rollcall::mcu {

namespace units = model::units;

double capacity_of_cores(unsigned cores) {
  return 0.8 * units::core * std::max(cores, 1U);
}

bool load_differs(double before, double now, double capacity) {
  return std::abs(now - before) > capacity / 10;
}

}  // namespace rollcall::mcu
