#pragma once

#include <map>
#include <string>
#include <vector>

#include "allocator/model/conference.h"

namespace rollcall::rules {

/// Who keyed in wrong PINs lately: against guessing, by who calls and by what is called. Part of the allocator's state.
class PinLedger {
 public:
  static constexpr std::chrono::minutes window{15};
  static constexpr std::size_t most_by_one = 5;    ///< wrong ones in a window; then he is locked out for the rest of it
  static constexpr std::size_t most_for_one = 20;  ///< of one conference, from all callers

  [[nodiscard]] bool may_try(const std::string& caller, const model::ConferenceId& conference, model::Time now) const;
  void was_wrong(const std::string& caller, const model::ConferenceId& conference, model::Time now);
  /// Forgets what is over.
  void tidy(model::Time now);

 private:
  std::map<std::string, std::vector<model::Time>> by_caller_;
  std::map<model::ConferenceId, std::vector<model::Time>> by_conference_;
};

}  // namespace rollcall::rules
