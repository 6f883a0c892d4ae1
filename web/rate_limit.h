#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace rollcall::web {

using TimePoint = std::chrono::steady_clock::time_point;

/// A bucket of tokens per source address. One instance per kind of request; loop thread. Holds at most `most_sources`
/// addresses; when that many are busy at once, new ones share a bucket.
class RateLimit {
 public:
  struct Settings {
    double burst = 20;       ///< requests at once
    double per_second = 10;  ///< refill
    std::size_t most_sources = 10'000;
  };

  explicit RateLimit(Settings settings) : settings_(settings) {}

  /// None: go on. Else how long to wait.
  [[nodiscard]] std::optional<std::chrono::seconds> take(const std::string& source, TimePoint now);

 private:
  struct Bucket {
    double tokens = 0;
    TimePoint at = {};
  };
  Bucket& bucket_of(const std::string& source, TimePoint now);
  void forget_full_ones(TimePoint now);
  [[nodiscard]] double tokens_at(const Bucket& bucket, TimePoint now) const;

  Settings settings_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace rollcall::web
