#include "allocator/rules/pin_ledger.h"

#include <algorithm>

namespace rollcall::rules {
namespace {

template <class Key>
std::size_t lately(const std::map<Key, std::vector<model::Time>>& times, const Key& key, model::Time now) {
  const auto found = times.find(key);
  if (found == times.end()) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(found->second, [&](model::Time time) { return now - time < PinLedger::window; }));
}

template <class Key>
void tidy_one(std::map<Key, std::vector<model::Time>>& times, model::Time now) {
  for (auto& [key, list] : times)
    std::erase_if(list, [&](model::Time time) { return now - time >= PinLedger::window; });
  std::erase_if(times, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace

bool PinLedger::may_try(const std::string& caller, const model::ConferenceId& conference, model::Time now) const {
  return lately(by_caller_, caller, now) < most_by_one && lately(by_conference_, conference, now) < most_for_one;
}

void PinLedger::was_wrong(const std::string& caller, const model::ConferenceId& conference, model::Time now) {
  by_caller_[caller].push_back(now);
  by_conference_[conference].push_back(now);
}

void PinLedger::tidy(model::Time now) {
  tidy_one(by_caller_, now);
  tidy_one(by_conference_, now);
}

}  // namespace rollcall::rules
