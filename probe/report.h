// What the probe says: one JSON object per line, so that a test or a person with jq can follow.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::probe {

class Measurements;

/// Writes to a stream that outlives it, each line at once. Main thread.
class Report {
 public:
  using Value = std::variant<bool, std::int64_t, double, std::string>;
  using Fields = std::initializer_list<std::pair<const char*, Value>>;

  explicit Report(std::ostream& out) : out_(out) {}

  /// `{"event":"proceed","ms":812,…}`; ms is the time since the probe was started.
  void event(const std::string& name, Fields fields = {});

  /// `{"event":"figures",…}`: what has come of the picture so far.
  void figures(const Measurements& measurements);

  /// The last line: all figures, `ok`, and a sentence per unmet expectation.
  void final_report(const Measurements& measurements, const std::vector<std::string>& unmet);

 private:
  std::ostream& out_;
};

}  // namespace rollcall::probe
