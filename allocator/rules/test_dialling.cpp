// People are reached on whatever they have: which way first, what next, and who pays for it.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"
#include "allocator/rules/indicator.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using namespace std::chrono_literals;
using rollcall::model::DailyHours;
using rollcall::model::Door;
using rollcall::model::Endpoint;
using rollcall::model::Gateway;
using rollcall::model::LegState;
using rollcall::model::ModeEntry;
using rollcall::model::Modes;
using rollcall::model::Phrase;
using rollcall::model::Reason;
using enum rollcall::model::CommunicationMode;

namespace {

const PeerId sip_door{"sip"};
const Endpoint desk{pstn, "+49301234567"};
const Endpoint pocket{cellular, "+491701234567"};
const LegId desk_leg{"d1"};

State with_right_to_dial() {
  State state = state_of_a_fresh_start();
  state.settings.may_dial = {"romeo@example.org"};
  return state;
}

/// A trunk to telephones and one to mobiles; Juliet has both besides her computer.
struct Phones : Scene {
  explicit Phones(State state = with_right_to_dial()) : Scene(std::move(state)) {
    mcu_comes(mcu_1);
    happens(DoorUp{sip_door, {}, Door::sip});
    happens(GatewaysSeen{sip_door,
                         {Gateway{.name = "trunk", .mode = pstn, .profile = {.video = false}, .allowed = {"+49*"}},
                          Gateway{.name = "spare", .mode = pstn, .profile = {.video = false}, .allowed = {"*"}},
                          Gateway{.name = "mobile", .mode = cellular, .allowed = {"+49*"}},
                          Gateway{.name = "rooms", .mode = video_conferencing_standard, .allowed = {"*@vc.example"}}}});
  }
  void has(std::vector<ModeEntry> entries, bool at_once = false) {
    happens(ModesSeen{juliet.bare(), rollcall::model::ModesSource::node, Modes{std::move(entries), at_once}});
  }
  void is(Computer computer) { happens(DevicesSeen{juliet.bare(), computer}); }
  Decision calls(rollcall::model::Routes routes = {}, std::vector<Address> people = {juliet.bare()}) {
    return happens(CallRequested{7, romeo, "team", std::move(people), "k7qd", std::move(routes)});
  }
  Decision begins(const Reach& reach, const LegId& leg) { return happens(ReachBegun{leg, reach}); }
  /// The MCU has made its offer: what is dialled.
  Decision dialled(const Decision& asked, const LegId& leg) {
    auto reach = all_of<Reach>(asked.promises);
    if (reach.empty()) reach = all_of<Reach>(asked.effects);
    begins(reach.at(0), leg);
    return happens(McuAnswered{leg, {}});
  }
  Decision answers(const LegId& leg) {
    const Decision decision = happens(AnswerCame{leg, sends(false), ""});
    happens(LegConnected{leg});
    return decision;
  }
};

std::vector<Endpoint> endpoints(const std::vector<Effect>& effects) {
  std::vector<Endpoint> found;
  for (const Effect& effect : effects) {
    if (std::holds_alternative<RingPerson>(effect)) found.push_back({computer, ""});
    if (const auto* reach = std::get_if<Reach>(&effect)) found.push_back(reach->endpoint);
  }
  return found;
}

const Endpoint devices{computer, ""};

}  // namespace

TEST_CASE("a capable client that is online rings first; nobody answers, and the next mode rings") {
  Phones scene;
  scene.has({{.mode = cellular, .address = pocket.address}, {.mode = pstn, .address = desk.address}});
  scene.is(Computer::callable);
  CHECK(endpoints(scene.calls().promises) == std::vector{devices});
  CHECK(endpoints(scene.passes(19s).effects).empty());
  const Decision next = scene.passes(2s);
  CHECK(only<StopRinging>(next.effects).person == juliet.bare());
  CHECK(endpoints(next.effects) == std::vector{pocket});
  scene.dialled(next, desk_leg);
  const Decision last = scene.passes(21s);
  CHECK(only<EndCall>(last.effects).call == DoorCall{desk_leg, Door::sip, sip_door});
  CHECK(endpoints(last.effects) == std::vector{desk});
}

TEST_CASE("whose computer is away is called by telephone at once; of whom nothing is known, by computer first") {
  Phones scene;
  scene.has({{.mode = computer}, {.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  CHECK(endpoints(scene.calls().promises) == std::vector{desk});
  Phones other;
  other.has({{.mode = pstn, .address = desk.address}});
  CHECK(endpoints(other.calls().promises) == std::vector{devices});
  other.happens(RingEnded{team, juliet.bare(), Reason::timeout});
}

TEST_CASE("who has nothing but his computer is rung there, even if it is away: it may be asleep") {
  Phones scene;
  scene.is(Computer::away);
  CHECK(endpoints(scene.calls().promises) == std::vector{devices});
}

TEST_CASE("hours and the wish not to be rung leave a mode out; asked for by name it is used all the same") {
  Phones scene;  // it is one o'clock at night
  scene.has({{.mode = computer, .ring = false},
             {.mode = cellular, .address = pocket.address, .hours = DailyHours{8h, 17h}},
             {.mode = pstn, .address = desk.address}});
  CHECK(endpoints(scene.calls().promises) == std::vector{desk});
  Phones asked;
  asked.has({{.mode = pstn, .address = desk.address, .ring = false}});
  CHECK(endpoints(asked.calls({.by = {{juliet.bare(), pstn}}}).promises) == std::vector{desk});
}

TEST_CASE("a mode that cannot be used is remarked on, and the invitation is written all the same") {
  Phones scene;
  const Decision decision = scene.calls({.by = {{juliet.bare(), isdn}}});
  CHECK(endpoints(decision.promises).empty());
  CHECK(only<Reply>(decision.promises).remarks.back().phrase == Phrase::no_such_way);
  CHECK(all_of<Tell>(decision.promises).size() == 1);
}

TEST_CASE("who wants everything at once is rung everywhere, and the first answer stops the rest") {
  Phones scene;
  scene.has({{.mode = cellular, .address = pocket.address}, {.mode = pstn, .address = desk.address}}, true);
  const Decision asked = scene.calls();
  CHECK(endpoints(asked.promises) == std::vector{devices, pocket, desk});
  const auto reach = all_of<Reach>(asked.promises);
  scene.begins(reach[0], LegId("m"));
  scene.begins(reach[1], desk_leg);
  scene.happens(McuAnswered{LegId("m"), {}});
  scene.happens(McuAnswered{desk_leg, {}});
  const Decision first = scene.answers(desk_leg);
  CHECK(only<StopRinging>(first.effects).person == juliet.bare());
  CHECK(only<EndCall>(first.effects).call.leg == LegId("m"));
  CHECK(only<AnswerLeg>(first.effects).leg == desk_leg);
  CHECK(scene.allocator.participant(LegId("m")) == nullptr);
}

TEST_CASE("who joins by his computer stops his telephones") {
  Phones scene;
  scene.has({{.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  scene.dialled(scene.calls(), desk_leg);
  CHECK(only<EndCall>(scene.dials(juliet, "c1").effects).call.leg == desk_leg);
}

TEST_CASE("a telephone is dialled with the gateway's profile, through every gateway that is alike, and shown by name") {
  Phones scene;
  scene.has({{.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  const auto reach = only<Reach>(scene.calls().promises);
  const Decision placed = scene.begins(reach, desk_leg);
  const auto create = only<CreateLeg>(placed.effects);
  CHECK_FALSE(create.offer);
  CHECK_FALSE(create.profile.video);
  CHECK(create.name == "juliet (telephone)");
  const auto dial = only<Dial>(scene.happens(McuAnswered{desk_leg, {}}).effects);
  CHECK(dial.gateways == std::vector<std::string>{"trunk", "spare"});
  CHECK(dial.address == desk.address);
  CHECK(dial.display == "romeo");
  CHECK(dial.kbit == 0);
  const Decision answered = scene.answers(desk_leg);
  CHECK(only<SaveLeg>(answered.writes).participant.endpoint == desk);
  const auto indicator = scene.allocator.indicator(team);
  CHECK(indicator.names == std::vector<std::string>{"juliet"});
  CHECK(people_in(indicator).front().phrase == Phrase::by_pstn);
}

TEST_CASE("a busy or failing telephone passes on to the next one; one that declines speaks for the person") {
  for (const auto& [reason, goes_on] :
       {std::pair{Reason::busy, true}, {Reason::unreachable, true}, {Reason::declined, false}}) {
    Phones scene;
    scene.has({{.mode = pstn, .address = desk.address}, {.mode = cellular, .address = pocket.address}});
    scene.is(Computer::away);
    scene.dialled(scene.calls(), desk_leg);
    const Decision failed = scene.happens(DialFailed{desk_leg, reason});
    CHECK(only<DestroyLeg>(failed.effects).leg == desk_leg);
    CHECK(endpoints(failed.effects).empty() != goes_on);
    CHECK(all_of<Tell>(failed.effects).empty() == goes_on);
  }
}

TEST_CASE("the inviter is told when nobody answered by any mode") {
  Phones scene;
  scene.has({{.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  scene.dialled(scene.calls(), desk_leg);
  const Decision over = scene.passes(61s);
  CHECK(only<EndCall>(over.effects).call.leg == desk_leg);
  CHECK(only<Tell>(over.effects).sentence.phrase == Phrase::ring_unanswered);
}

TEST_CASE("an MCU that can carry no telephone does not leave the person ringing for ever") {
  Phones scene;
  scene.has({{.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  scene.begins(only<Reach>(scene.calls().promises), desk_leg);
  scene.happens(McuRefused{desk_leg, {Reason::no_common_codec, ""}});
  CHECK(only<Tell>(scene.passes(1s).effects).person == romeo.bare());
}

TEST_CASE("numbers and rooms can be called in place of people") {
  Phones scene;
  const Decision decision =
      scene.calls({.endpoints = {desk, {video_conferencing_standard, "sip:room@vc.example"}}}, {});
  CHECK(only<Reply>(decision.promises).remarks.back().phrase == Phrase::is_dialled);
  const auto reach = all_of<Reach>(decision.promises);
  REQUIRE(reach.size() == 2);
  CHECK(only<CreateLeg>(scene.begins(reach[0], desk_leg).effects).name == "Telephone");
  scene.begins(reach[1], LegId("room"));
  CHECK(only<Dial>(scene.happens(McuAnswered{LegId("room"), {}}).effects).address == "room@vc.example");
  scene.happens(McuAnswered{desk_leg, {}});
  const auto told = only<Tell>(scene.happens(DialFailed{desk_leg, Reason::busy}).effects);
  CHECK(told.person == romeo.bare());
  CHECK(told.sentence.values.front() == desk.address);
}

TEST_CASE("nothing is dialled but what a gateway allows, for whom the operator allows it") {
  Phones scene;
  CHECK(declined(scene.calls({.endpoints = {{cellular, "+1555"}}}, {})) == Reason::not_dialled);
  CHECK(declined(scene.calls({.endpoints = {{atm, "4711"}}}, {})) == Reason::not_dialled);
  const CallRequested by_other{7, mercutio, "team", {}, "k7qd", {.endpoints = {desk}}};
  CHECK(declined(scene.happens(by_other)) == Reason::not_dialled);
  scene.has({{.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  const Decision decision = scene.happens(CallRequested{7, mercutio, "team", {juliet.bare()}, "k7qd"});
  CHECK(endpoints(decision.promises) == std::vector{devices});
}

TEST_CASE("a door that is gone takes its gateways with it; one that comes back ends what it has lost") {
  Phones scene;
  scene.has({{.mode = pstn, .address = desk.address}});
  scene.is(Computer::away);
  scene.dialled(scene.calls(), desk_leg);
  scene.answers(desk_leg);
  CHECK(scene.happens(DoorDown{sip_door}).effects.empty());
  CHECK(scene.allocator.participant(desk_leg) != nullptr);
  CHECK(declined(scene.happens(InviteRequested{1, romeo, team, {}, {.endpoints = {desk}}})) == Reason::not_dialled);
  CHECK(scene.happens(DoorUp{sip_door, {desk_leg}, Door::sip}).effects.empty());
  const Decision lost = scene.happens(DoorUp{sip_door, {LegId("stray")}, Door::sip});
  CHECK(only<DestroyLeg>(lost.effects).leg == desk_leg);
  CHECK(only<EndCall>(lost.effects).call == DoorCall{LegId("stray"), Door::sip, sip_door});
}

TEST_CASE("calls a day are counted, and minutes: a call that uses them up ends") {
  State state = with_right_to_dial();
  state.settings.calls_a_day = 1;
  state.settings.minutes_a_day = 10min;
  Phones scene(std::move(state));
  const Decision asked = scene.calls({.endpoints = {desk}}, {});
  const Decision dialled = scene.dialled(asked, desk_leg);
  CHECK(only<Dial>(dialled.effects).gateways.size() == 2);
  scene.answers(desk_leg);
  const InviteRequested more{1, romeo, team, {}, {.endpoints = {desk}}};
  CHECK(declined(scene.happens(more)) == Reason::dialled_enough);
  CHECK(scene.passes(9min).effects.empty());
  const Decision over = scene.passes(61s);
  CHECK(only<EndCall>(over.effects).reason == Reason::dialled_enough);
  CHECK(only<Tell>(over.effects).sentence.phrase == Phrase::dialled_too_long);
  CHECK(only<SaveDialled>(over.writes).dialled.time == 601s);
  scene.passes(24h);
  scene.mcu_comes(mcu_1);
  CHECK(all_of<Reach>(scene.calls({.endpoints = {desk}}, {}).promises).size() == 1);
}

TEST_CASE("hanging up charges what was used, and a call that was never answered costs nothing") {
  Phones scene;
  scene.dialled(scene.calls({.endpoints = {desk}}, {}), desk_leg);
  scene.passes(30s);
  scene.answers(desk_leg);
  scene.passes(90s);
  CHECK(only<SaveDialled>(scene.happens(HungUp{desk_leg}).writes).dialled ==
        rollcall::model::Dialled{romeo.bare(), 0, 1, 90s});
}
