#include "xmpp-component/commands/floods.h"

#include <algorithm>
#include <utility>

namespace rollcall::component::commands {
namespace {

constexpr std::chrono::minutes between_tidyings{1};

}  // namespace

double Floods::earned(model::Time since, model::Time now) const {
  return std::chrono::duration<double>(now - since) / another_every_;
}

Floods::Verdict Floods::asks(const model::Address& person, model::Time now) {
  if (now - tidied_ >= between_tidyings) tidy(now);
  const auto [entry, is_new] = people_.try_emplace(person.bare(), Account{.left = static_cast<double>(most_at_once_)});
  Account& account = entry->second;
  if (!is_new)
    account.left = std::min<double>(most_at_once_, account.left + std::max(0.0, earned(account.counted, now)));
  account.counted = now;
  if (account.left >= 1) {
    account.left -= 1;
    // One that comes just as something is earned again does not end the flood.
    if (account.left >= most_at_once_ / 4.0) account.is_told = false;
    return Verdict::fine;
  }
  return std::exchange(account.is_told, true) ? Verdict::still_more : Verdict::too_many;
}

/// Who has everything again need not be remembered.
void Floods::tidy(model::Time now) {
  tidied_ = now;
  std::erase_if(people_, [&](const auto& entry) {
    return entry.second.left + earned(entry.second.counted, now) >= most_at_once_;
  });
}

}  // namespace rollcall::component::commands
