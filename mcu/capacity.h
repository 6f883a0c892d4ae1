// How much this MCU may carry and how much it does, in the allocator's own sums. Pure.
#pragma once

namespace rollcall::mcu {

/// Four fifths of the cores; what is left keeps the tick threads punctual.
[[nodiscard]] double capacity_of_cores(unsigned cores);

/// Whether the difference is worth telling: a tenth of the capacity.
[[nodiscard]] bool load_differs(double before, double now, double capacity);

}  // namespace rollcall::mcu
