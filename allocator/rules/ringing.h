#pragma once

#include <optional>

#include "allocator/model/sentence.h"
#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Begins to ring a person, by one turn of his modes after the other, unless he is in the call, rings already, or did
/// not answer within the last minute. `inviter` (bare) is told how it ends, and pays; empty: nobody. `wanted`: by that
/// mode alone. False: there is no way to ring him like that.
bool ring(State& state, const model::Conference& conference, const Address& person, const Address& inviter,
          std::optional<model::CommunicationMode> wanted, model::Time now, std::vector<Effect>& effects);

/// His devices, or one of his telephones (`leg`), ring no more, and he is not in the call: what comes next rings, or
/// the inviter is told how it ended.
void end_ring(State& state, const ConferenceId& conference, const Address& person, const LegId& leg,
              model::Reason reason, model::Time now, Decision& decision);
/// The same for an endpoint that was asked for by Reach; `leg` is empty where it had none yet.
void endpoint_is_over(State& state, const Reach& reach, const LegId& leg, model::Reason reason, model::Time now,
                      Decision& decision);

/// He is there, by `winner` (empty: by a call of his own): everything else stops ringing.
void answered(State& state, const ConferenceId& conference, const Address& person, const LegId& winner, model::Time now,
              Decision& decision);

[[nodiscard]] bool is_awaited(const State& state, const Reach& reach);
/// The endpoint rings as `leg`.
void has_begun(State& state, const Reach& reach, const LegId& leg);

/// Whose turn is over, and whose rings were forgotten. Once in a while.
void advance_rings(State& state, model::Time now, Decision& decision);

/// Nobody rings for this conference any more.
void stop_ringing(State& state, const ConferenceId& conference, model::Time now, Decision& decision);

/// What the inviter is told; nothing where he sees it for himself or where it was not the person's doing.
[[nodiscard]] std::optional<model::Phrase> news_of(model::Reason reason);

}  // namespace rollcall::rules
