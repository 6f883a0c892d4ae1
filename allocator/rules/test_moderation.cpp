// What is done with one participant, and how he is found by what somebody typed.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::PersonAct;
using rollcall::model::Phrase;
using rollcall::model::PictureLayout;
using rollcall::model::Reason;
using rollcall::model::Switch;
using namespace std::chrono_literals;

namespace {

/// Romeo, Juliet “Jülïet Capulet”, a guest Ann Smith and a guest Ann Jones are in the call.
struct FullScene : TeamScene {
  FullScene() {
    happens(PersonSeen{juliet.bare(), "de", "Jülïet Capulet"});
    joins(romeo, "r");
    joins(juliet, "j");
    for (const auto& [leg, name] : {std::pair{"g1", "Ann Smith"}, {"g2", "Ann Jones"}}) {
      happens(Offered{.leg = LegId(leg), .conference = team, .door = rollcall::model::Door::web, .name = name});
      happens(McuAnswered{LegId(leg), {}});
      happens(LegConnected{LegId(leg)});
    }
  }
};

}  // namespace

TEST_CASE("people are understood as they are typed: shown name, nick, address, its first part, beginnings, any case") {
  for (const char* typed :
       {"Jülïet Capulet", "JULIET CAPULET", "juliet", "Juliet@Example.org", "jul", "capu", " Capulet "}) {
    CAPTURE(typed);
    FullScene scene;
    CHECK(only<Order>(scene.acts(romeo, PersonAct::mute, typed).effects).wish == Wish{SilenceWish{{LegId("j")}, true}});
  }
}

TEST_CASE("a name that several have is asked back with all of them; a shown name in full is only one") {
  FullScene scene;
  const Decision decision = scene.acts(romeo, PersonAct::mute, "ann");
  CHECK(only<AskBack>(decision.effects).candidates == std::vector<std::string>{"Ann Smith", "Ann Jones"});
  CHECK(decision.effects.size() == 1);
  CHECK(only<Order>(scene.acts(romeo, PersonAct::mute, "ann jones").effects).wish ==
        Wish{SilenceWish{{LegId("g2")}, true}});
  CHECK(only<Order>(scene.acts(romeo, PersonAct::mute, "smi").effects).wish == Wish{SilenceWish{{LegId("g1")}, true}});
}

TEST_CASE("a name that nobody has changes nothing") {
  FullScene scene;
  for (const char* typed : {"paris", "liet", "", "  ", "annn"}) {
    CAPTURE(typed);
    const Decision decision = scene.acts(romeo, PersonAct::remove, typed);
    CHECK(declined(decision) == Reason::unknown_person);
    CHECK(decision.effects.size() == 1);
  }
}

TEST_CASE("who is muted is told by whom, on all his devices, and it is written down; so is the end of it") {
  FullScene scene;
  scene.joins(juliet.with_resource("phone"), "j2");
  const Decision muted = scene.answered(scene.acts(romeo, PersonAct::mute, "juliet"));
  CHECK(all_of<SaveLeg>(muted.writes).size() == 2);
  CHECK(said(muted) == Phrase::muted);
  CHECK(told(muted, juliet) == std::vector{Phrase::you_were_muted});
  const Decision heard = scene.answered(scene.acts(romeo, PersonAct::unmute, "juliet"));
  CHECK(said(heard) == Phrase::unmuted);
  CHECK(told(heard, juliet) == std::vector{Phrase::you_were_unmuted});
}

TEST_CASE("who is put out is told in words, and cannot come back into this call unless he is invited") {
  FullScene scene;
  const Decision decision = scene.acts(romeo, PersonAct::remove, "juliet");
  CHECK(told(decision, juliet) == std::vector{Phrase::you_were_removed});
  CHECK(only<EndCall>(decision.effects).reason == Reason::removed);
  CHECK(only<DestroyLeg>(decision.effects).leg == LegId("j"));
  CHECK(why_not(scene.dials(juliet.with_resource("phone"), "again")) == Reason::removed);
  scene.now += 2min;
  scene.happens(InviteRequested{1, romeo, team, {juliet.bare()}});
  CHECK(all_of<CreateLeg>(scene.dials(juliet, "invited").effects).size() == 1);
}

TEST_CASE("who was put out stays out over a restart, because it is written down") {
  FullScene scene;
  const Decision decision = scene.acts(romeo, PersonAct::remove, "juliet");
  CHECK(only<SaveRemoval>(decision.writes) == SaveRemoval{team, juliet.bare(), true});
  Scene restarted(scene.allocator.state());
  CHECK(why_not(restarted.dials(juliet, "again")) == Reason::removed);
  scene.now += 2min;
  const Decision invited = scene.happens(InviteRequested{1, romeo, team, {juliet.bare()}});
  CHECK(only<SaveRemoval>(invited.writes) == SaveRemoval{team, juliet.bare(), false});
}

TEST_CASE("who was put out may come to the next call") {
  FullScene scene;
  scene.acts(romeo, PersonAct::remove, "juliet");
  CHECK(only<SaveRemoval>(scene.happens(EndRequested{1, romeo, team}).writes).removed == false);
  CHECK(all_of<CreateLeg>(scene.dials(juliet, "later").effects).size() == 1);
}

TEST_CASE("a moderator puts out neither the owner nor does anybody else") {
  FullScene scene;
  scene.acts(romeo, PersonAct::make_moderator, "juliet");
  CHECK(declined(scene.acts(juliet, PersonAct::remove, "romeo")) == Reason::owner_only);
  CHECK(only<EndCall>(scene.acts(juliet, PersonAct::remove, "Ann Jones").effects).call.leg == LegId("g2"));
}

TEST_CASE("spotlight and layout go to the media server and are kept; the spotlight ends with who stood in it") {
  FullScene scene;
  const Decision asked = scene.acts(romeo, PersonAct::spotlight, "juliet");
  CHECK(only<Order>(asked.effects).wish == Wish{SpotlightWish{LegId("j")}});
  CHECK(only<SaveConference>(scene.answered(asked).writes).conference.spotlight == LegId("j"));
  CHECK(said(scene.answered(scene.acts(romeo, PersonAct::spotlight, ""))) == Phrase::spotlight_off);
  scene.answered(scene.acts(romeo, PersonAct::spotlight, "juliet"));
  scene.happens(HungUp{LegId("j")});
  CHECK(scene.allocator.conference(team)->spotlight.empty());

  const Decision grid = scene.happens(LayoutRequested{{1, romeo, team}, PictureLayout::grid});
  CHECK(only<Order>(grid.effects).wish == Wish{PictureLayout::grid});
  CHECK(said(scene.answered(grid)) == Phrase::layout_grid);
}

TEST_CASE("what the media server refuses is told to who asked, and is not so") {
  FullScene scene;
  const rollcall::model::Refusal refusal{Reason::gone, "j"};
  const Decision muted = scene.answered(scene.acts(romeo, PersonAct::mute, "juliet"), refusal);
  CHECK(declined(muted) == Reason::gone);
  CHECK(told(muted, juliet).empty());
  CHECK_FALSE(scene.allocator.participant(LegId("j"))->muted_by_moderator);
  CHECK(declined(scene.answered(scene.acts(romeo, PersonAct::spotlight, "juliet"), refusal)) == Reason::gone);
  CHECK(scene.allocator.conference(team)->spotlight.empty());
  const Decision grid = scene.happens(LayoutRequested{{1, romeo, team}, PictureLayout::grid});
  CHECK(declined(scene.answered(grid, refusal)) == Reason::gone);
  CHECK(scene.allocator.conference(team)->layout == PictureLayout::automatic);
}

TEST_CASE("who has left before the media server has answered is not said to be muted") {
  FullScene scene;
  const Decision asked = scene.acts(romeo, PersonAct::mute, "juliet");
  const Decision lit = scene.acts(romeo, PersonAct::spotlight, "juliet");
  scene.happens(HungUp{LegId("j")});
  CHECK(declined(scene.answered(asked)) == Reason::gone);
  CHECK(declined(scene.answered(lit)) == Reason::gone);
  CHECK(scene.allocator.conference(team)->spotlight.empty());
}

TEST_CASE("a layout chosen before the call is kept for it, and nobody is asked") {
  TeamScene scene;
  CHECK(said(scene.happens(LayoutRequested{{1, romeo, team}, PictureLayout::grid})) == Phrase::layout_grid);
  scene.happens(McuDown{mcu_1});
  scene.passes(6s);
  scene.mcu_comes(mcu_2);
  CHECK(only<UpdateConference>(scene.dials(romeo, "r").effects).layout == PictureLayout::grid);
}

TEST_CASE("the chosen layout holds for the next call as well") {
  TeamScene scene;
  scene.joins(romeo, "r");
  scene.answered(scene.happens(LayoutRequested{{1, romeo, team}, PictureLayout::speaker}));
  scene.happens(HungUp{LegId("r")});
  CHECK(only<UpdateConference>(scene.dials(romeo, "r2").effects).layout == PictureLayout::speaker);
}

TEST_CASE("a recording is told to everybody in the call, and to who comes later") {
  FullScene scene;
  CHECK(only<Record>(scene.turns(romeo, Switch::recording, true).effects).on);
  const Asked question{1, romeo, team};
  const Decision begun = scene.happens(RecordingAnswered{question, true, std::string("/var/x.webm")});
  CHECK(said(begun) == Phrase::recording_starts);
  CHECK(answer(begun).remarks.front().values.front() == "/var/x.webm");
  CHECK(told(begun, juliet) == std::vector{Phrase::recording_starts});
  CHECK(told(scene.joins(mercutio, "m"), mercutio) == std::vector{Phrase::is_recorded});
  const Decision ended = scene.happens(RecordingEnded{team});
  CHECK(told(ended, romeo) == std::vector{Phrase::recording_ended});
  CHECK(scene.happens(RecordingEnded{team}).effects.empty());
}

TEST_CASE("a recording that cannot be is declined with the media server's reason; without a call there is none") {
  TeamScene scene;
  CHECK(said(scene.turns(romeo, Switch::recording, true)) == Phrase::recording_needs_a_call);
  scene.joins(romeo, "r");
  scene.turns(romeo, Switch::recording, true);
  const Decision decision =
      scene.happens(RecordingAnswered{{1, romeo, team}, true, rollcall::model::refuse(Reason::full, "disk")});
  CHECK(declined(decision) == Reason::full);
  CHECK_FALSE(scene.allocator.conference(team)->recording);
}

TEST_CASE("the members are listed by what they are") {
  TeamScene scene;
  scene.acts(romeo, PersonAct::make_moderator, "juliet");
  scene.acts(romeo, PersonAct::make_member, "mercutio@example.org");
  CHECK(answer(scene.happens(MembersRequested{{1, juliet, team}})).sentence.values ==
        std::vector<std::string>{"team", "romeo@example.org", "juliet@example.org", "mercutio@example.org"});
}

TEST_CASE("who is a member no more loses the contact, and who never was one keeps what he took himself") {
  FullScene scene;
  scene.happens(HolderAdded{team, juliet.bare()});
  scene.happens(HolderAdded{team, tybalt.bare()});
  scene.acts(romeo, PersonAct::make_member, "juliet");
  const Decision decision = scene.acts(romeo, PersonAct::make_guest, "juliet");
  CHECK(only<Dismiss>(decision.promises) == Dismiss{team, juliet.bare()});
  CHECK(only<DeleteHolder>(decision.writes).holder == juliet.bare());
  CHECK(all_of<Dismiss>(scene.acts(romeo, PersonAct::make_guest, "tybalt").promises).empty());
  CHECK(scene.allocator.conference(team)->holders == std::vector{tybalt.bare()});
}
