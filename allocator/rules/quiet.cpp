#include "allocator/rules/quiet.h"

#include <cstdlib>

#include "allocator/rules/asking.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Phrase;
using model::QuietHours;
using model::Sentence;
using std::chrono::minutes;

constexpr minutes day = std::chrono::hours(24);

std::string two_digits(minutes::rep number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

Sentence in_words(const State& state, const std::optional<QuietHours>& quiet, model::Time now) {
  if (!quiet) return {Phrase::quiet_none};
  const std::string from = clock_text(quiet->from);
  const std::string until = clock_text(quiet->until);
  if (!quiet->offset) {
    return {Phrase::quiet_here, {from, until, clock_text(on_the_wall(now, state.settings.clock(now)))}};
  }
  const minutes offset(std::abs(quiet->offset->count()));
  return {Phrase::quiet_there, {from, until, (quiet->offset->count() < 0 ? "-" : "+") + clock_text(offset)}};
}

}  // namespace

std::string clock_text(minutes time) {
  return two_digits(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

minutes on_the_wall(model::Time now, minutes offset) {
  const minutes since = std::chrono::floor<minutes>(now.time_since_epoch()) + offset;
  return ((since % day) + day) % day;
}

bool is_within(const QuietHours& quiet, minutes local) {
  if (quiet.from < quiet.until) return local >= quiet.from && local < quiet.until;
  return local >= quiet.from || local < quiet.until;
}

bool may_ring(const State& state, const model::Address& person, model::Time now) {
  const model::Person* known = find_person(state, person);
  if (known == nullptr || !known->quiet) return true;
  return !is_within(*known->quiet, on_the_wall(now, known->quiet->offset.value_or(state.settings.clock(now))));
}

Decision on(const QuietRequested& event, State& state, model::Time now) {
  if (!may_ask(state.settings, event.asker)) {
    return decline(event.request, {model::Reason::not_allowed, event.asker.domain()});
  }
  const model::Person* known = find_person(state, event.asker);
  if (!event.change) {
    return reply(event, in_words(state, known == nullptr ? std::nullopt : known->quiet, now));
  }
  model::Person& person = state.people[event.asker.bare()];
  person.address = event.asker.bare();
  person.quiet = event.quiet;
  Decision decision;
  decision.writes.emplace_back(SavePerson{person});
  decision.promises.emplace_back(Reply{event.request, event.conference, in_words(state, person.quiet, now)});
  decision.apologies.emplace_back(Decline{event.request, {model::Reason::not_stored, person.address.text()}});
  return decision;
}

}  // namespace rollcall::rules
