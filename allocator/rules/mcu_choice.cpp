#include "allocator/rules/mcu_choice.h"

#include <algorithm>
#include <optional>
#include <set>

#include "allocator/model/units.h"

namespace rollcall::rules {

using model::Reason;
using model::refuse;
namespace units = model::units;

namespace {

/// Whether anybody's media of this conference is at an MCU already; a mere proposal is not.
bool is_carried(const State& state, const model::Conference& conference) {
  return std::ranges::any_of(participants_of(state, conference.id),
                             [](const model::Participant* participant) { return !participant->mcu.empty(); });
}

}  // namespace

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
  if (!is_up && !is_carried(state, conference)) return choose_mcu(state, 1);
  if (!is_up) return refuse(Reason::no_media_server);
  const double cost = units::video_leg + (is_carried(state, conference) ? 0 : units::conference);
  if (found->second.capacity_units - used_units(state, found->first) < cost) return refuse(Reason::full);
  return found->first;
}

bool is_mcu_expected(const State& state) {
  return std::ranges::any_of(state.mcus, [](const auto& entry) { return !entry.second.up; });
}

}  // namespace rollcall::rules
