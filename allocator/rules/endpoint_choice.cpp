#include "allocator/rules/endpoint_choice.h"

#include <algorithm>

#include "allocator/rules/dialling.h"
#include "allocator/rules/directory.h"
#include "allocator/rules/quiet.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::CommunicationMode;
using model::Endpoint;
using model::ModeEntry;

bool is_computer(const Endpoint& endpoint) {
  return endpoint.mode == CommunicationMode::computer;
}

bool is_open(const State& state, const ModeEntry& entry, model::Time now) {
  if (!entry.hours) return true;
  return is_within(*entry.hours, on_the_wall(now, entry.hours->offset.value_or(state.settings.clock(now))));
}

bool is_wished(const ModeEntry& entry, std::optional<CommunicationMode> wanted) {
  return wanted ? entry.mode == *wanted : entry.ring;
}

/// In the order of the person's choice. All his devices are one endpoint.
std::vector<Endpoint> usable(const State& state, const model::Modes& modes, const Address& person,
                             const Address& inviter, std::optional<CommunicationMode> wanted, model::Time now) {
  const Endpoint devices{CommunicationMode::computer, person.bare().text()};
  const bool names_computer = std::ranges::any_of(
      modes.entries, [](const ModeEntry& entry) { return entry.mode == CommunicationMode::computer; });
  std::vector<Endpoint> found;
  if (!names_computer && (!wanted || *wanted == CommunicationMode::computer)) found.push_back(devices);
  for (const ModeEntry& entry : modes.entries) {
    if (!is_wished(entry, wanted) || !is_open(state, entry, now)) continue;
    const bool is_device = entry.mode == CommunicationMode::computer;
    const Endpoint endpoint = is_device ? devices : Endpoint{entry.mode, entry.address};
    const bool is_there = std::ranges::find(found, endpoint) != found.end();
    if (!is_there && (is_device || way_out(state, inviter, endpoint, now))) found.push_back(endpoint);
  }
  return found;
}

}  // namespace

std::vector<Turn> turns_for(const State& state, const Address& person, const Address& inviter,
                            std::optional<CommunicationMode> wanted, model::Time now) {
  const model::Modes* known = modes_of(state, person);
  const model::Modes modes = known == nullptr ? model::Modes{} : *known;
  auto endpoints = usable(state, modes, person, inviter, wanted, now);
  const auto computer = state.computers.find(person.bare());
  const bool is_away = computer != state.computers.end() && computer->second == Computer::away;
  const bool has_other = std::ranges::any_of(endpoints, [](const Endpoint& one) { return !is_computer(one); });
  if (is_away && has_other) std::erase_if(endpoints, is_computer);
  if (endpoints.empty()) return {};
  if (modes.at_once) return {endpoints};
  std::vector<Turn> turns;
  for (Endpoint& endpoint : endpoints) turns.push_back({std::move(endpoint)});
  return turns;
}

Decision on(const DevicesSeen& event, State& state, model::Time /*now*/) {
  if (event.computer == Computer::unknown) {
    state.computers.erase(event.person.bare());
  } else {
    state.computers.insert_or_assign(event.person.bare(), event.computer);
  }
  return {};
}

Decision on(const DevicesForgotten& /*event*/, State& state, model::Time /*now*/) {
  state.computers.clear();
  return {};
}

}  // namespace rollcall::rules
