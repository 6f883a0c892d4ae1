#pragma once

#include <chrono>
#include <map>

#include "allocator/model/address.h"

namespace rollcall::component::commands {

/// Who was told lately that encrypted messages cannot be read here (JC-52): once a day per person, at most 4096
/// persons remembered. Owned by the component, loop thread.
class EncryptionNotices {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Whether `person` (any resource) is to be told now; he counts as told then.
  [[nodiscard]] bool due(const model::Address& person, Time now);

 private:
  std::map<model::Address, Time> told_;
};

}  // namespace rollcall::component::commands
