#include "allocator/rules/dialling.h"

#include <algorithm>
#include <set>

#include "allocator/rules/joining.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Gateway;
using model::LegState;
using model::Phrase;
using model::Reason;
using model::refuse;
using model::Sentence;

bool has_right(const Settings& settings, const Address& payer) {
  return std::ranges::any_of(settings.may_dial, [&](const std::string& whose) {
    return !payer.empty() && (whose == payer.bare().text() || whose == payer.domain());
  });
}

std::int64_t day_of(model::Time now) {
  return std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
}

bool is_answered(const model::Participant& participant) {
  return participant.state == LegState::answered || participant.state == LegState::connected;
}

/// Ended calls of today.
model::Dialled account_of(const State& state, const Address& payer, model::Time now) {
  const auto found = state.dialled.find(payer.bare());
  if (found != state.dialled.end() && found->second.day == day_of(now)) return found->second;
  return {.person = payer.bare(), .day = day_of(now)};
}

/// And with those that run.
std::chrono::milliseconds time_used(const State& state, const Address& payer, model::Time now) {
  std::chrono::milliseconds used = account_of(state, payer, now).time;
  for (const auto& [leg, participant] : state.participants) {
    if (participant.charged_to == payer.bare() && is_answered(participant)) used += now - participant.since;
  }
  return used;
}

std::string dialled_form(const State& state, const model::Endpoint& endpoint) {
  if (endpoint.mode != model::CommunicationMode::video_conferencing_standard) {
    return model::international(endpoint.address, state.settings.country);
  }
  const auto colon = endpoint.address.find(':');
  return colon == std::string::npos ? endpoint.address : endpoint.address.substr(colon + 1);
}

/// A telephone has no name of its own: whom we called, else what it is.
std::string name_of_endpoint(const model::Endpoint& endpoint) {
  std::string name(model::mark_of(endpoint.mode));
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') name.front() = static_cast<char>(name.front() - 32);
  return name;
}

void tell_payer(const State& state, const Reach& reach, Reason reason, Decision& decision) {
  const auto conference = state.conferences.find(reach.conference);
  const auto news = news_of(reason);
  if (conference == state.conferences.end() || !news || reach.inviter.empty()) return;
  decision.effects.emplace_back(
      Tell{reach.inviter, reach.conference, Sentence{*news, {reach.endpoint.address, conference->second.title}}});
}

/// It is one of the endpoints by which a person is rung, or the answer is for who typed the number.
void did_not_begin(State& state, const Reach& reach, Reason reason, model::Time now, Decision& decision) {
  if (reach.person.empty()) return tell_payer(state, reach, reason, decision);
  endpoint_is_over(state, reach, {}, reason, now, decision);
}

}  // namespace

std::optional<WayOut> gateways_for(const State& state, const model::Endpoint& endpoint, const model::PeerId& only) {
  WayOut way{.address = dialled_form(state, endpoint)};
  for (const auto& [door, gateways] : state.gateways) {
    if (!only.empty() && door != only) continue;
    for (const Gateway& gateway : gateways) {
      if (!model::can_carry(gateway, endpoint.mode, way.address)) continue;
      if (way.gateways.empty()) {
        way.door = door;
        way.profile = gateway.profile;
      }
      if (way.door == door && way.profile == gateway.profile) way.gateways.push_back(gateway.name);
    }
  }
  return way.gateways.empty() ? std::nullopt : std::optional(std::move(way));
}

model::Expected<WayOut> way_out(const State& state, const Address& payer, const model::Endpoint& endpoint,
                                model::Time now) {
  auto way = gateways_for(state, endpoint);
  if (!has_right(state.settings, payer) || !way) return refuse(Reason::not_dialled, endpoint.address);
  const model::Dialled account = account_of(state, payer, now);
  if (account.calls >= state.settings.calls_a_day) {
    return refuse(Reason::dialled_enough, std::to_string(state.settings.calls_a_day));
  }
  if (time_used(state, payer, now) >= state.settings.minutes_a_day) {
    return refuse(Reason::dialled_enough, std::to_string(state.settings.minutes_a_day.count()) + " min");
  }
  return std::move(*way);
}

void charge(State& state, const model::Participant& participant, model::Time now, Decision& decision) {
  if (participant.charged_to.empty() || !is_answered(participant)) return;
  model::Dialled account = account_of(state, participant.charged_to, now);
  account.time += std::chrono::ceil<std::chrono::seconds>(now - participant.since);
  state.dialled.insert_or_assign(account.person, account);
  decision.writes.emplace_back(SaveDialled{account});
}

void end_what_nobody_pays(State& state, model::Time now, Decision& decision) {
  std::set<LegId> over;
  for (const auto& [leg, participant] : state.participants) {
    const Address& payer = participant.charged_to;
    const bool is_paid = payer.empty() || time_used(state, payer, now) < state.settings.minutes_a_day;
    if (!is_paid && is_answered(participant)) over.insert(leg);
  }
  for (const LegId& leg : over) {
    const model::Participant participant = state.participants.at(leg);
    leave(state, leg, Reason::dialled_enough, Untold::both, now, decision);
    const model::Conference* conference = find_conference(state, participant.conference);
    if (conference == nullptr) continue;
    decision.effects.emplace_back(
        Tell{participant.charged_to, conference->id, Sentence{Phrase::dialled_too_long, {conference->title}}});
  }
}

Decision on(const ReachBegun& event, State& state, model::Time now) {
  Decision decision;
  const Reach& reach = event.reach;
  if (!reach.person.empty() && !is_awaited(state, reach)) return decision;
  const auto way = way_out(state, reach.inviter, reach.endpoint, now);
  if (!way) {
    did_not_begin(state, reach, way.error().reason, now, decision);
    return decision;
  }
  const Offered as_if{.leg = event.leg,
                      .conference = reach.conference,
                      .door = model::Door::sip,
                      .door_peer = way->door,
                      .from = reach.person,
                      .name = reach.person.empty() ? name_of_endpoint(reach.endpoint) : "",
                      .profile = way->profile,
                      .endpoint = reach.endpoint,
                      .charged_to = reach.inviter};
  const auto placed = place_dialled(state, as_if, now, decision);
  if (!placed) {
    did_not_begin(state, reach, placed.error().reason, now, decision);
    return decision;
  }
  has_begun(state, reach, event.leg);
  model::Dialled account = account_of(state, reach.inviter, now);
  ++account.calls;
  state.dialled.insert_or_assign(account.person, account);
  decision.writes.emplace_back(SaveDialled{account});
  return decision;
}

Decision on(const DialFailed& event, State& state, model::Time now) {
  Decision decision;
  const model::Participant* found = find_participant(state, event.leg);
  if (found == nullptr || !found->called || is_answered(*found)) return decision;
  const model::Participant participant = *found;
  leave(state, event.leg, event.reason, Untold::mcu, now, decision);
  const Reach reach{participant.conference, participant.address.bare(), participant.charged_to, participant.endpoint};
  if (participant.address.empty()) {
    tell_payer(state, reach, event.reason, decision);
  } else {
    endpoint_is_over(state, reach, event.leg, event.reason, now, decision);
  }
  return decision;
}

Decision on(const GatewaysSeen& event, State& state, model::Time /*now*/) {
  state.gateways.insert_or_assign(event.door, event.gateways);
  return {};
}

}  // namespace rollcall::rules
