// The one clock of the probe: milliseconds since it was started.
#pragma once

#include <chrono>

namespace rollcall::probe {

using Milliseconds = std::chrono::milliseconds;

[[nodiscard]] inline Milliseconds now() {
  static const auto start = std::chrono::steady_clock::now();
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace rollcall::probe
