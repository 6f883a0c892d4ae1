// Who asks too much from outside of calls. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "sip/limits/digest.h"

namespace rollcall::sip::limits {

/// Counts strangers' requests by the address that they come from. One per door; loop thread.
class Sources {
 public:
  static constexpr int most_requests = 40;  ///< in `window`
  static constexpr std::chrono::seconds window{4};
  static constexpr std::chrono::seconds shut_for{60};
  static constexpr std::size_t most_sources = 1000;  ///< counted, and shut out; beyond that the oldest are forgotten

  /// True: this was one too many, and from now on he is shut out.
  [[nodiscard]] bool request(const std::string& ip, Time now);
  /// True: somebody's time is over.
  [[nodiscard]] bool tick(Time now);
  [[nodiscard]] std::vector<std::string> shut_out() const;

 private:
  struct Count {
    int requests = 0;
    Time since = {};
  };
  std::map<std::string, Count> counts_;
  std::map<std::string, Time> shut_until_;
};

}  // namespace rollcall::sip::limits
