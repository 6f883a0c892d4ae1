// Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01): which packets came, and when. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "tests/bench/statistics.h"

namespace rollcall::bench {

/// Fed by one thread at a time.
class ArrivalLog {
 public:
  void note(std::uint16_t sequence, Time arrived);
  /// Appends one feedback packet about everything since the last; nothing where nothing came.
  void append(std::vector<std::uint8_t>& to, std::uint32_t own_ssrc, std::uint32_t media_ssrc);

 private:
  std::int64_t highest_ = -1;  ///< extended
  std::int64_t next_ = -1;     ///< the first that was not spoken of yet
  std::map<std::int64_t, Time> came_;
  std::uint8_t count_ = 0;
  Time zero_ = std::chrono::steady_clock::now();
};

}  // namespace rollcall::bench
