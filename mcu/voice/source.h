#pragma once

#include <optional>

#include "mcu/voice/block.h"

namespace rollcall::mcu::voice {

/// What is known of the next 20 ms before they are decoded.
struct Coming {
  /// Root mean square, 0…32768; 0: nothing is there; none: only decode() can tell.
  std::optional<double> loudness = 0;
};

/// Somebody who may be heard, 20 ms at a time. Tick thread.
class Source {
 public:
  virtual ~Source() = default;
  /// The next 20 ms begin. `now` is the time at which this tick is due, not that at which it is run: the one is even.
  [[nodiscard]] virtual Coming advance(Time now) = 0;
  /// Those 20 ms, at most once; who is not asked spends nothing.
  virtual void decode(Block& block) = 0;
};

}  // namespace rollcall::mcu::voice
