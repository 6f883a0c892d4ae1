#include "allocator/rules/mcu_choice.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace rollcall::rules {

using model::PeerId;
using model::Reason;
using model::refuse;
namespace units = model::units;

namespace {

/// Who of this conference has media at an MCU already; a mere proposal has not.
units::Legs carried_legs(const State& state, const model::ConferenceId& conference) {
  units::Legs legs;
  for (const auto& [leg, participant] : state.participants) {
    if (participant.conference != conference || participant.mcu.empty()) continue;
    ++(participant.video ? legs.video : legs.audio);
  }
  return legs;
}

bool is_carried(const units::Legs& legs) {
  return legs.video + legs.audio > 0;
}

std::size_t conferences_at(const State& state, const PeerId& mcu) {
  return static_cast<std::size_t>(
      std::ranges::count_if(state.conferences, [&](const auto& entry) { return entry.second.mcu == mcu; }));
}

}  // namespace

double used_units(const State& state, const PeerId& mcu) {
  std::map<model::ConferenceId, units::Legs> running;
  for (const auto& [leg, participant] : state.participants) {
    if (participant.mcu != mcu) continue;
    auto& legs = running[participant.conference];
    ++(participant.video ? legs.video : legs.audio);
  }
  const auto known = state.mcus.find(mcu);
  const units::Costs costs = known == state.mcus.end() ? units::Costs{} : known->second.costs;
  double used = 0;
  for (const auto& [id, legs] : running) used += units::cost_of(costs, legs);
  return used;
}

double free_units(const State& state, const PeerId& mcu) {
  const Mcu& asked = state.mcus.at(mcu);
  double used = 0;
  for (const auto& [name, other] : state.mcus) {
    const bool shares = name == mcu || (!asked.host.empty() && other.host == asked.host);
    if (shares && other.up) used += used_units(state, name) + other.further_units;
  }
  return asked.capacity_units - used;
}

model::Expected<PeerId> choose_mcu(const State& state, const units::Legs& legs) {
  // Better is larger: not shedding, most left, least carried, fewest conferences that wait there for their people.
  using Merit = std::tuple<bool, double, double, long>;
  std::optional<std::pair<Merit, PeerId>> best;
  bool any_up = false;
  for (const auto& [name, mcu] : state.mcus) {
    if (!mcu.up) continue;
    any_up = true;
    if (mcu.draining) continue;
    const double free = free_units(state, name);
    if (free < units::cost_of(mcu.costs, legs)) continue;
    const Merit merit{!mcu.is_shedding, free, -used_units(state, name),
                      -static_cast<long>(conferences_at(state, name))};
    if (!best || merit > best->first) best = {merit, name};
  }
  if (best) return best->second;
  return refuse(any_up ? Reason::full : Reason::no_media_server);
}

model::Expected<PeerId> place_leg(const State& state, const model::Conference& conference, bool video) {
  const auto found = conference.mcu ? state.mcus.find(*conference.mcu) : state.mcus.end();
  const bool is_up = found != state.mcus.end() && found->second.up;
  const units::Legs legs = carried_legs(state, conference.id);
  const units::Legs alone{.video = video ? 1U : 0U, .audio = video ? 0U : 1U};
  // People who are in it wait for their MCU; a conference without people has nothing to lose by a move.
  if (found != state.mcus.end() && found->second.draining && !is_carried(legs)) return choose_mcu(state, alone);
  if (!is_up) return is_carried(legs) ? refuse(Reason::no_media_server) : choose_mcu(state, alone);
  if (free_units(state, found->first) >= units::cost_of_one_more(found->second.costs, legs, video)) return found->first;
  return is_carried(legs) ? refuse(Reason::full) : choose_mcu(state, alone);
}

bool is_mcu_expected(const State& state) {
  return std::ranges::any_of(state.mcus, [](const auto& entry) { return !entry.second.up; });
}

}  // namespace rollcall::rules
