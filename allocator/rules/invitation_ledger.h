#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/conference.h"

namespace rollcall::rules {

/// Who invited whom lately, and from whom invitations come back: against floods, and against knocking where nobody
/// opens. Part of the allocator's state; by bare addresses.
class InvitationLedger {
 public:
  static constexpr std::chrono::minutes window{1};
  static constexpr std::size_t most_by_one = 150;  ///< in a window; three of the largest calls
  static constexpr std::size_t most_to_one = 5;    ///< in a window, from all inviters
  static constexpr std::chrono::hours silence{1};  ///< towards whom an invitation came back from

  /// Whether `inviter` may still send that many now.
  [[nodiscard]] bool may_send(const model::Address& inviter, std::size_t count, model::Time now) const;
  [[nodiscard]] bool may_receive(const model::Address& invitee, model::Time now) const;
  [[nodiscard]] bool is_reachable(const model::Address& invitee, model::Time now) const;

  void sent(const model::Address& inviter, const model::Address& invitee, model::Time now);
  /// True: this is news.
  bool returned(const model::Address& invitee, model::Time now);
  /// He wrote to us, so he can be reached.
  void seen(const model::Address& person) { unreachable_.erase(person); }
  /// Forgets what is over.
  void tidy(model::Time now);

 private:
  using Times = std::map<model::Address, std::vector<model::Time>>;

  Times by_;
  Times to_;
  std::map<model::Address, model::Time> unreachable_;  ///< until when
};

}  // namespace rollcall::rules
