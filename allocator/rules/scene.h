// The stage on which the tests of the rules play: an allocator, people, one or two MCUs, and a clock that is stepped.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "allocator/rules/allocator.h"

namespace rollcall::rules::test {

inline const Address romeo{"romeo", "example.org", "orchard"};
inline const Address juliet{"juliet", "example.org", "balcony"};
inline const Address mercutio{"mercutio", "example.org", "street"};
inline const Address stranger{"eve", "evil.example", "x"};
inline const ConferenceId team{"team"};
inline const PeerId mcu_1{"mcu-1"};
inline const PeerId mcu_2{"mcu-2"};

/// What somebody sends: sound, and a picture if he has a camera.
inline model::MediaDescription sends(bool video) {
  model::MediaDescription description{.transports = {{}}, .media = {{.mid = "a"}}};
  if (video) description.media.push_back({.mid = "v", .kind = model::MediaKind::video});
  return description;
}

inline State state_of_a_fresh_start() {
  return State{.settings = {.component_domain = "call.example.org",
                            .allowed_domains = {"example.org"},
                            .link = [](const ConferenceId& id, model::Time) { return "https://meet/j/" + id.text(); }}};
}

struct Scene {
  Allocator allocator{state_of_a_fresh_start(), model::Time{}};
  model::Time now = model::Time{std::chrono::hours(1)};

  explicit Scene(State state = state_of_a_fresh_start()) : allocator(std::move(state), model::Time{}) {}

  Decision happens(const Event& event) { return allocator.handle(event, now); }
  Decision passes(std::chrono::milliseconds time) {
    now += time;
    return happens(TimePassed{});
  }

  void mcu_comes(const PeerId& mcu, double units = 2000) { happens(McuUp{mcu, units}); }

  Decision calls_for(const Address& asker, std::vector<Address> invitees, std::optional<std::string> name = "team") {
    return happens(CallRequested{7, asker, std::move(name), std::move(invitees), "k7qd"});
  }
  Decision dials(const Address& person, const std::string& leg, const ConferenceId& conference = team,
                 bool video = true) {
    return happens(Offered{.leg = LegId(leg), .conference = conference, .from = person, .offer = sends(video)});
  }
  /// Dials, is answered by the MCU, and packets flow.
  Decision joins(const Address& person, const std::string& leg, const ConferenceId& conference = team) {
    dials(person, leg, conference);
    happens(McuAnswered{LegId(leg), {}});
    return happens(LegConnected{LegId(leg)});
  }
};

template <class T, class Variant>
std::vector<T> all_of(const std::vector<Variant>& list) {
  std::vector<T> found;
  for (const Variant& entry : list) {
    if (const T* match = std::get_if<T>(&entry)) found.push_back(*match);
  }
  return found;
}

/// The one T in the list; a test that finds none or two fails by exception.
template <class T, class Variant>
T only(const std::vector<Variant>& list) {
  const auto found = all_of<T>(list);
  if (found.size() != 1) throw std::logic_error("found " + std::to_string(found.size()) + " where one was expected");
  return found.front();
}

}  // namespace rollcall::rules::test
