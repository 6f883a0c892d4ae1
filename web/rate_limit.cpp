#include "web/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace rollcall::web {

double RateLimit::tokens_at(const Bucket& bucket, TimePoint now) const {
  const std::chrono::duration<double> passed = now - bucket.at;
  return std::min(settings_.burst, bucket.tokens + std::max(0.0, passed.count()) * settings_.per_second);
}

void RateLimit::forget_full_ones(TimePoint now) {
  std::erase_if(buckets_, [&](const auto& entry) { return tokens_at(entry.second, now) >= settings_.burst; });
}

RateLimit::Bucket& RateLimit::bucket_of(const std::string& source, TimePoint now) {
  if (auto found = buckets_.find(source); found != buckets_.end()) return found->second;
  if (buckets_.size() >= settings_.most_sources) forget_full_ones(now);
  const bool room = buckets_.size() < settings_.most_sources;
  return buckets_.try_emplace(room ? source : std::string(), Bucket{settings_.burst, now}).first->second;
}

std::optional<std::chrono::seconds> RateLimit::take(const std::string& source, TimePoint now) {
  auto& bucket = bucket_of(source, now);
  bucket.tokens = tokens_at(bucket, now);
  bucket.at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  return std::chrono::seconds(static_cast<long>(std::ceil((1 - bucket.tokens) / settings_.per_second)));
}

}  // namespace rollcall::web
