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

  explicit Floods(int most_at_once = at_once, std::chrono::seconds another_every = one_more_every)
      : most_at_once_(most_at_once), another_every_(another_every) {}

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
    double left;
    model::Time counted = {};
    bool is_told = false;
  };

  void tidy(model::Time now);

  [[nodiscard]] double earned(model::Time since, model::Time now) const;

  int most_at_once_;
  std::chrono::seconds another_every_;
  std::map<model::Address, Account> people_;
  model::Time tidied_ = {};
};

}  // namespace rollcall::component::commands
