// Telephones and room systems that call in: which conference they mean, and whether they may enter.
#include <algorithm>
#include <string>
#include <string_view>

#include "allocator/rules/arriving.h"
#include "allocator/rules/asking.h"
#include "allocator/rules/directory.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::CommunicationMode;
using model::Conference;
using model::Reason;
using model::Refusal;

constexpr int first_number = 1001;

/// `team*2468` → team and 2468.
struct Called {
  std::string conference;
  std::string pin;
};

Called split(const std::string& called) {
  const auto star = called.find('*');
  if (star == std::string::npos) return {called, {}};
  std::string pin = called.substr(star + 1);
  while (!pin.empty() && (pin.back() == '#' || pin.back() == '*')) pin.pop_back();
  return {called.substr(0, star), pin};
}

Conference* conference_called(State& state, const std::string& called) {
  for (auto& [id, conference] : state.conferences) {
    if (!conference.number.empty() && conference.number == called) return &conference;
  }
  return find_conference(state, ConferenceId(called));
}

/// Who shows no number is, for counting, whoever comes by the same way.
std::string source_of(const Arrived& event) {
  if (!event.account.empty()) return "account " + event.account;
  return event.caller.empty() ? "withheld " + event.gateway : event.caller;
}

bool is_same(std::string_view pin, std::string_view keyed) {
  return pin.size() == keyed.size() && std::ranges::equal(pin, keyed);
}

/// A conference without a PIN is open to those whose password the door has checked, and to nobody from the street.
std::optional<Refusal> refusal_by_pin(State& state, const Conference& conference, const Arrived& event,
                                      const std::string& keyed, model::Time now) {
  if (conference.pin.empty()) {
    if (event.account.empty()) return Refusal{Reason::not_allowed, conference.title};
    return std::nullopt;
  }
  const std::string source = source_of(event);
  if (!state.pins.may_try(source, conference.id, now)) return Refusal{Reason::too_fast, conference.title};
  if (is_same(conference.pin, keyed)) return std::nullopt;
  state.pins.was_wrong(source, conference.id, now);
  return Refusal{Reason::wrong_pin, conference.title};
}

CommunicationMode mode_of(const State& state, const Arrived& event) {
  const auto door = state.gateways.find(event.door_peer);
  if (door == state.gateways.end()) return CommunicationMode::video_conferencing_standard;
  const auto gateway = std::ranges::find(door->second, event.gateway, &model::Gateway::name);
  return gateway == door->second.end() ? CommunicationMode::video_conferencing_standard : gateway->mode;
}

/// From the directory; never his number.
std::string name_for(const State& state, const Arrived& event, const model::Endpoint& endpoint) {
  const Address person = event.caller.empty() ? Address{} : person_with(state, endpoint);
  if (!person.empty()) return name_of(state, {}, person);
  const bool is_number = std::ranges::all_of(event.name, [](char c) {
    return (c >= '0' && c <= '9') || std::string_view("+ -()/.").find(c) != std::string_view::npos;
  });
  if (!event.name.empty() && !is_number) return event.name.substr(0, 64);
  return std::string(model::mark_of(endpoint.mode));
}

}  // namespace

void give_number(const State& state, Conference& conference) {
  for (int number = first_number; conference.number.empty(); ++number) {
    const std::string text = std::to_string(number);
    const bool is_free = std::ranges::none_of(state.conferences, [&](const auto& entry) {
      return entry.second.number == text || entry.first.text() == text;
    });
    if (is_free) conference.number = text;
  }
}

Decision on(const Arrived& event, State& state, model::Time now) {
  const Called called = split(event.called);
  const DoorCall call{event.leg, model::Door::sip, event.door_peer};
  const auto refused = [&](Refusal refusal) {
    Decision decision;
    decision.effects.emplace_back(RefuseCall{call, std::move(refusal)});
    return decision;
  };
  const Conference* conference = conference_called(state, called.conference);
  if (conference == nullptr) return refused({Reason::unknown_conference, called.conference.substr(0, 64)});
  if (auto refusal = refusal_by_pin(state, *conference, event, called.pin, now)) return refused(*refusal);
  const model::Endpoint endpoint{mode_of(state, event), event.caller.empty() ? "withheld" : event.caller};
  const Offered offered{.leg = event.leg,
                        .conference = conference->id,
                        .door = model::Door::sip,
                        .door_peer = event.door_peer,
                        .name = name_for(state, event, endpoint),
                        .profile = event.profile,
                        .offer = event.offer.value_or(model::MediaDescription{}),
                        .endpoint = endpoint,
                        .delayed = !event.offer};
  return on(offered, state, now);
}

}  // namespace rollcall::rules
