#pragma once

#include <functional>
#include <map>

#include "allocator/control/codec.h"
#include "allocator/rules/allocator.h"

namespace rollcall::component {

/// What the operator sees at his desk, and may do. Remembers what the rules need not know: each leg's health and each
/// MCU's load as they were said last. Owned by Peers; loop thread.
class Desk {
 public:
  struct Outside {
    std::function<void(const rules::Event&)> happens;
    std::function<model::Time()> now;
  };

  Desk(const rules::Allocator& allocator, Outside outside) : allocator_(allocator), outside_(std::move(outside)) {}

  void hear(const control::LegHealth& health);
  void hear(const model::PeerId& mcu, const control::McuLoad& load) { loads_[mcu] = load; }
  void forget(const model::PeerId& mcu) { loads_.erase(mcu); }

  [[nodiscard]] control::DeskOverview::Result overview() const;

  /// A message of an operator's, other than desk.status. Refuses unknown_conference, unknown_leg, no_media_server, and
  /// unknown_method for what is not an operator's business.
  void take(const control::Message& message, control::Responder responder);

 private:
  [[nodiscard]] control::DeskLeg leg_of(const model::Participant& participant) const;
  [[nodiscard]] control::DeskConference conference_of(const model::Conference& conference) const;
  [[nodiscard]] control::DeskMcu mcu_of(const model::PeerId& id, const rules::Mcu& mcu) const;

  const rules::Allocator& allocator_;
  Outside outside_;
  std::map<model::LegId, control::LegHealth> health_;
  std::map<model::PeerId, control::McuLoad> loads_;
};

}  // namespace rollcall::component
