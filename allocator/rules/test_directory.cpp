// The directory of modes: what counts, who sees it, and where it comes from.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"
#include "allocator/rules/directory.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::ModeEntry;
using rollcall::model::Modes;
using rollcall::model::ModesSource;
using rollcall::model::Phrase;
using rollcall::model::Reason;
using enum rollcall::model::CommunicationMode;

namespace {

const Modes desk{{ModeEntry{.mode = pstn, .address = "+49301234567", .label = "desk"}}};
const Modes pocket{{ModeEntry{.mode = cellular, .address = "+491701234567"}}};

struct Directory : TeamScene {
  Decision seen(const Modes& modes, ModesSource source = ModesSource::node, const Address& person = juliet) {
    return happens(ModesSeen{person, source, modes});
  }
  Decision asks(const Address& person, std::optional<Modes> wanted = {}) {
    return happens(ModesRequested{{1, person, {}}, std::move(wanted)});
  }
  [[nodiscard]] const Modes* known(const Address& person = juliet) const { return modes_of(allocator.state(), person); }
};

}  // namespace

TEST_CASE("the node counts before what the person told us, and that before his vCard") {
  Directory scene;
  scene.seen(pocket, ModesSource::vcard);
  CHECK(*scene.known() == pocket);
  const Decision decision = scene.seen(desk);
  CHECK(only<SaveModes>(decision.writes) == SaveModes{juliet.bare(), ModesSource::node, desk});
  CHECK(*scene.known() == desk);
  CHECK(scene.seen(desk).writes.empty());
}

TEST_CASE("a node that is taken back is gone, here and in the database") {
  Directory scene;
  scene.seen(desk);
  CHECK(only<SaveModes>(scene.seen({}).writes) == SaveModes{juliet.bare(), ModesSource::node, {}});
  CHECK(scene.known() == nullptr);
  CHECK(scene.seen({}).writes.empty());
}

TEST_CASE("strangers leave no modes behind") {
  Directory scene;
  CHECK(scene.seen(desk, ModesSource::node, stranger).writes.empty());
  CHECK(scene.known(stranger) == nullptr);
  CHECK(declined(scene.asks(stranger)) == Reason::not_allowed);
}

TEST_CASE("everybody sees his own modes and nobody else's") {
  Directory scene;
  scene.seen(desk);
  const auto hers = only<Reply>(scene.asks(juliet).effects);
  CHECK(hers.sentence.phrase == Phrase::modes_from_server);
  CHECK(hers.remarks.front().values.front() == " +49301234567 desk");
  const auto his = only<Reply>(scene.asks(romeo).effects);
  CHECK(his.sentence.phrase == Phrase::modes_none);
  CHECK(his.remarks.empty());
}

TEST_CASE("what somebody writes down goes to his own server, which says it back") {
  Directory scene;
  const Decision asked = scene.asks(juliet, desk);
  CHECK(asked.writes.empty());
  const auto publish = only<PublishModes>(asked.effects);
  CHECK(publish.modes == desk);
  const Decision done = scene.happens(ModesPublished{publish.question, publish.modes, true});
  CHECK(only<SaveModes>(done.writes).source == ModesSource::node);
  CHECK(only<Reply>(done.promises).sentence.phrase == Phrase::modes_from_server);
}

TEST_CASE("where his server takes nothing from us we keep it as told by him, and say so") {
  Directory scene;
  const auto publish = only<PublishModes>(scene.asks(juliet, desk).effects);
  const Decision done = scene.happens(ModesPublished{publish.question, publish.modes, false});
  CHECK(only<SaveModes>(done.writes).source == ModesSource::person);
  CHECK(only<Reply>(done.promises).remarks.back().phrase == Phrase::modes_kept_here);
  const Decision published = scene.seen(pocket);
  CHECK(all_of<SaveModes>(published.writes).size() == 2);
  CHECK(*scene.known() == pocket);
  scene.seen({});
  CHECK(scene.known() == nullptr);
}

TEST_CASE("we do not contradict a server that holds his modes") {
  Directory scene;
  scene.seen(desk);
  const auto publish = only<PublishModes>(scene.asks(juliet, pocket).effects);
  CHECK(declined(scene.happens(ModesPublished{publish.question, publish.modes, false})) == Reason::modes_at_server);
  CHECK(*scene.known() == desk);
}

TEST_CASE("nonsense is refused before it reaches anybody's server") {
  Directory scene;
  CHECK(declined(scene.asks(juliet, Modes{{ModeEntry{.mode = pstn, .address = "call me"}}})) == Reason::bad_address);
}

TEST_CASE("a number leads to the one person who has it, however it is written") {
  State state = state_of_a_fresh_start();
  state.settings.country = "49";
  state.modes[juliet.bare()][ModesSource::node] = {{{.mode = pstn, .address = "0301234567"}}};
  CHECK(person_with(state, {pstn, "+49301234567"}) == juliet.bare());
  CHECK(person_with(state, {cellular, "0049301234567"}) == juliet.bare());
  state.modes[romeo.bare()][ModesSource::vcard] = desk;
  CHECK(person_with(state, {pstn, "+49301234567"}).empty());
  CHECK(person_with(state, {pstn, "+1"}).empty());
}
