// Calls that leave by a gateway: who may have them dialled, how many and how long, and by which way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// How an endpoint is dialled.
struct WayOut {
  model::PeerId door = {};
  std::vector<std::string> gateways = {};  ///< of that door, whose profiles are alike
  model::LegProfile profile = {};
  std::string address = {};  ///< as gateways dial it: with its country, without a scheme
};

/// By the gateways that are up, whoever pays; `door`: by that one alone. None: no gateway may call this address by this
/// mode.
[[nodiscard]] std::optional<WayOut> gateways_for(const State& state, const model::Endpoint& endpoint,
                                                 const model::PeerId& door = {});

/// Refuses not_dialled (the payer has no right, or no gateway that is up may call this address by this mode) and
/// dialled_enough. The subject is the address or the limit.
[[nodiscard]] model::Expected<WayOut> way_out(const State& state, const Address& payer, const model::Endpoint& endpoint,
                                              model::Time now);

/// On whose account this leg was dialled, it has cost so much.
void charge(State& state, const model::Participant& participant, model::Time now, Decision& decision);

/// Calls whose payers have used up their minutes end.
void end_what_nobody_pays(State& state, model::Time now, Decision& decision);

}  // namespace rollcall::rules
