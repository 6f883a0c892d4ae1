#include "sip/limits/sources.h"

#include <algorithm>

namespace rollcall::sip::limits {

bool Sources::request(const std::string& ip, Time now) {
  if (ip.empty() || shut_until_.contains(ip)) return false;
  if (!counts_.contains(ip) && counts_.size() >= most_sources)
    counts_.erase(std::ranges::min_element(counts_, {}, [](const auto& entry) { return entry.second.since; }));
  auto& count = counts_[ip];
  if (now - count.since >= window) count = {.since = now};
  if (++count.requests <= most_requests) return false;
  counts_.erase(ip);
  if (shut_until_.size() >= most_sources)
    shut_until_.erase(std::ranges::min_element(shut_until_, {}, [](const auto& entry) { return entry.second; }));
  shut_until_[ip] = now + shut_for;
  return true;
}

bool Sources::tick(Time now) {
  std::erase_if(counts_, [now](const auto& entry) { return now - entry.second.since >= window; });
  return std::erase_if(shut_until_, [now](const auto& entry) { return now >= entry.second; }) > 0;
}

std::vector<std::string> Sources::shut_out() const {
  std::vector<std::string> all;
  for (const auto& [ip, until] : shut_until_) all.push_back(ip);
  return all;
}

}  // namespace rollcall::sip::limits
