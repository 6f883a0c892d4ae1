#include "allocator/rules/invitation_ledger.h"

#include <algorithm>

namespace rollcall::rules {
namespace {

std::size_t lately(const std::map<model::Address, std::vector<model::Time>>& times, const model::Address& person,
                   model::Time now) {
  const auto found = times.find(person);
  if (found == times.end()) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(found->second, [&](model::Time time) { return now - time < InvitationLedger::window; }));
}

}  // namespace

bool InvitationLedger::may_send(const model::Address& inviter, std::size_t count, model::Time now) const {
  return lately(by_, inviter, now) + count <= most_by_one;
}

bool InvitationLedger::may_receive(const model::Address& invitee, model::Time now) const {
  return lately(to_, invitee, now) < most_to_one;
}

bool InvitationLedger::is_reachable(const model::Address& invitee, model::Time now) const {
  const auto found = unreachable_.find(invitee);
  return found == unreachable_.end() || found->second <= now;
}

void InvitationLedger::sent(const model::Address& inviter, const model::Address& invitee, model::Time now) {
  by_[inviter].push_back(now);
  to_[invitee].push_back(now);
}

bool InvitationLedger::returned(const model::Address& invitee, model::Time now) {
  const bool is_news = is_reachable(invitee, now);
  unreachable_[invitee] = now + silence;
  return is_news;
}

void InvitationLedger::tidy(model::Time now) {
  for (Times* times : {&by_, &to_}) {
    for (auto& [person, list] : *times) std::erase_if(list, [&](model::Time time) { return now - time >= window; });
    std::erase_if(*times, [](const auto& entry) { return entry.second.empty(); });
  }
  std::erase_if(unreachable_, [&](const auto& entry) { return entry.second <= now; });
}

}  // namespace rollcall::rules
