#include "allocator/rules/mcu_choice.h"

#include <optional>
#include <set>

#include "allocator/model/units.h"

namespace rollcall::rules {

using model::Reason;
using model::refuse;
namespace units = model::units;

double used_units(const State& state, const model::PeerId& mcu) {
  std::set<model::ConferenceId> running;
  std::size_t legs = 0;
  for (const auto& [leg, participant] : state.participants) {
    if (participant.mcu != mcu) continue;
    running.insert(participant.conference);
    ++legs;
  }
  return static_cast<double>(running.size()) * units::conference + static_cast<double>(legs) * units::video_leg;
}

model::Expected<model::PeerId> choose_mcu(const State& state, std::size_t legs) {
  const double needed = units::conference + static_cast<double>(legs) * units::video_leg;
  std::optional<model::PeerId> best;
  double most_free = 0;
  bool any_up = false;
  for (const auto& [name, mcu] : state.mcus) {
    if (!mcu.up) continue;
    any_up = true;
    const double free = mcu.capacity_units - used_units(state, name);
    if (free >= needed && (!best || free > most_free)) {
      best = name;
      most_free = free;
    }
  }
  if (best) return *best;
  return refuse(any_up ? Reason::full : Reason::no_media_server);
}

model::Expected<model::PeerId> place_leg(const State& state, const model::Conference& conference) {
  const auto found = conference.mcu ? state.mcus.find(*conference.mcu) : state.mcus.end();
  const bool is_up = found != state.mcus.end() && found->second.up;
  // People who are in it wait for their MCU; a conference without people has nothing to lose by a move.
  if (!is_up && participants_of(state, conference.id).empty()) return choose_mcu(state, 1);
  if (!is_up) return refuse(Reason::no_media_server);
  const double cost = units::video_leg + (participants_of(state, conference.id).empty() ? units::conference : 0);
  if (found->second.capacity_units - used_units(state, found->first) < cost) return refuse(Reason::full);
  return found->first;
}

}  // namespace rollcall::rules
