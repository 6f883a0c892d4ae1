#pragma once

#include <map>

#include "allocator/model/address.h"
#include "allocator/model/conference.h"

namespace rollcall::component::commands {

/// Against floods of requests: each person (bare) may ask so much at once, and so much a minute. Owned by the
/// component, loop thread.
class Floods {
 public:
  static constexpr int at_once = 40;
  static constexpr std::chrono::seconds one_more_every{1};

  enum class Verdict {
    fine,
    too_many,    ///< for the first time since it was fine: he is to be told
    still_more,  ///< he was told
  };
  /// `person` asks for something now.
  [[nodiscard]] Verdict asks(const model::Address& person, model::Time now);

  [[nodiscard]] std::size_t remembered() const { return people_.size(); }

 private:
  struct Account {
    double left = at_once;
    model::Time counted = {};
    bool is_told = false;
  };

  void tidy(model::Time now);

  std::map<model::Address, Account> people_;
  model::Time tidied_ = {};
};

}  // namespace rollcall::component::commands
