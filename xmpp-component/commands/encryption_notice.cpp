#include "xmpp-component/commands/encryption_notice.h"

#include <algorithm>

namespace rollcall::component::commands {

bool EncryptionNotices::due(const model::Address& person, Time now) {
  constexpr std::chrono::hours silence{24};
  constexpr std::size_t most = 4096;
  std::erase_if(told_, [&](const auto& entry) { return now - entry.second >= silence; });
  if (told_.size() >= most) return false;
  return told_.emplace(person.bare(), now).second;
}

}  // namespace rollcall::component::commands
