#include <doctest/doctest.h>

#include "xmpp-component/commands/floods.h"

namespace rollcall::component::commands {
namespace {

using model::Address;
using std::chrono::seconds;
using Verdict = Floods::Verdict;

const Address ann("ann", "example.org", "desk");
const Address bob("bob", "example.org", "desk");

/// How often the person is told, and how often answered, when he asks `times` times at once.
struct Heard {
  int told = 0;
  int answered = 0;
};
Heard floods_with(Floods& floods, const Address& person, int times, model::Time now) {
  Heard heard;
  for (int n = 0; n < times; ++n) {
    const Verdict verdict = floods.asks(person, now);
    heard.answered += verdict == Verdict::fine ? 1 : 0;
    heard.told += verdict == Verdict::too_many ? 1 : 0;
  }
  return heard;
}

TEST_CASE("a flood is answered as far as it is no flood, told once, and then met with silence") {
  Floods floods;
  model::Time now{seconds(1000)};
  Heard heard = floods_with(floods, ann, 500, now);
  CHECK(heard.answered == Floods::at_once);
  CHECK(heard.told == 1);
  // It goes on: one a second is answered, nothing more is told.
  for (int n = 0; n < 9; ++n) {
    heard = floods_with(floods, ann, 50, now += seconds(1));
    CHECK(heard.answered == 1);
    CHECK(heard.told == 0);
  }
}

TEST_CASE("all devices of a person flood together; others are not concerned") {
  Floods floods;
  const model::Time now{seconds(1000)};
  floods_with(floods, ann, 500, now);
  CHECK(floods.asks(ann.with_resource("phone"), now) == Verdict::still_more);
  CHECK(floods.asks(bob, now) == Verdict::fine);
}

TEST_CASE("who was silent for a while is answered again, and told again at the next flood") {
  Floods floods;
  model::Time now{seconds(1000)};
  floods_with(floods, ann, 500, now);
  now += seconds(Floods::at_once);
  const Heard heard = floods_with(floods, ann, 500, now);
  CHECK(heard.answered == Floods::at_once);
  CHECK(heard.told == 1);
}

TEST_CASE("a crowd that asked once is not remembered for long") {
  Floods floods;
  model::Time now{seconds(1000)};
  for (int n = 0; n < 5000; ++n) (void)floods.asks(Address("p" + std::to_string(n), "example.org"), now);
  now += seconds(120);
  (void)floods.asks(ann, now);
  CHECK(floods.remembered() == 1);
}

}  // namespace
}  // namespace rollcall::component::commands
