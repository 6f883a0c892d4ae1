// Who gets in, who may change that, and conferences that last.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::PersonAct;
using rollcall::model::Phrase;
using rollcall::model::PinWish;
using rollcall::model::Reason;
using rollcall::model::Role;
using rollcall::model::Switch;
using namespace std::chrono_literals;

TEST_CASE("a locked call lets nobody new in, but another device of who is in it, and who moderates it") {
  TeamScene scene;
  scene.joins(romeo, "l1");
  scene.joins(juliet, "l2");
  CHECK(said(scene.turns(romeo, Switch::lock, true)) == Phrase::locked_now);
  CHECK(why_not(scene.dials(mercutio, "l3")) == Reason::locked);
  CHECK(why_not(scene.dials(Address{}, "guest")) == Reason::locked);
  CHECK(only<CreateLeg>(scene.dials(juliet.with_resource("phone"), "l4").effects).leg == LegId("l4"));
  scene.happens(HungUp{LegId("l1")});
  CHECK(only<CreateLeg>(scene.dials(romeo, "l5").effects).leg == LegId("l5"));
  CHECK(said(scene.turns(romeo, Switch::lock, false)) == Phrase::unlocked_now);
  CHECK(all_of<CreateLeg>(scene.dials(mercutio, "l6").effects).size() == 1);
}

TEST_CASE("the lock ends with the call") {
  TeamScene scene;
  scene.joins(romeo, "l1");
  scene.turns(romeo, Switch::lock, true);
  const Decision decision = scene.happens(HungUp{LegId("l1")});
  CHECK_FALSE(only<SaveConference>(decision.writes).conference.locked);
  CHECK(all_of<CreateLeg>(scene.dials(juliet, "l2").effects).size() == 1);
}

TEST_CASE("only members get into a conference for members; who was invited, has it or is in it has become one") {
  TeamScene scene;
  scene.joins(mercutio, "l1");
  scene.happens(HolderAdded{team, tybalt.bare()});
  const Decision decision = scene.turns(romeo, Switch::members_only, true);
  CHECK(said(decision) == Phrase::members_only_now);
  CHECK(all_of<SaveRole>(decision.writes).size() == 3);
  for (const Address& person : {juliet, mercutio, tybalt, romeo}) {
    CHECK(all_of<CreateLeg>(scene.dials(person.with_resource("x"), person.node()).effects).size() == 1);
  }
  CHECK(why_not(scene.dials(benvolio, "b")) == Reason::members_only);
  CHECK(why_not(scene.dials(Address{}, "guest")) == Reason::members_only);
  CHECK(declined(scene.happens(WhoRequested{1, benvolio, team})) == Reason::members_only);
  CHECK(said(scene.happens(LinkRequested{1, romeo, team})) == Phrase::link_useless);
}

TEST_CASE("into a conference for members moderators invite, and who is invited comes as a member") {
  TeamScene scene;
  scene.turns(romeo, Switch::members_only, true);
  CHECK(declined(scene.happens(InviteRequested{1, juliet, team, {benvolio.bare()}})) == Reason::moderators_only);
  const Decision decision = scene.happens(InviteRequested{1, romeo, team, {benvolio.bare()}});
  CHECK(only<SaveRole>(decision.writes).person == benvolio.bare());
  CHECK(all_of<CreateLeg>(scene.dials(benvolio, "b").effects).size() == 1);
  scene.turns(romeo, Switch::members_only, false);
  CHECK(all_of<CreateLeg>(scene.dials(Address{}, "guest").effects).size() == 1);
}

TEST_CASE("what a moderator or the owner may do is declined to others, with whom to ask") {
  TeamScene scene;
  const auto asked = [](const Address& person) { return Asked{1, person, team}; };
  const std::vector<Event> for_moderators{SwitchRequested{asked(juliet), Switch::lock, true},
                                          SwitchRequested{asked(juliet), Switch::chat, false},
                                          SwitchRequested{asked(juliet), Switch::recording, true},
                                          PersonRequested{asked(juliet), PersonAct::mute, "romeo"},
                                          PersonRequested{asked(juliet), PersonAct::remove, "romeo"},
                                          PersonRequested{asked(juliet), PersonAct::make_member, "romeo"},
                                          LayoutRequested{asked(juliet)},
                                          RenameRequested{asked(juliet), "x"},
                                          EndRequested{1, juliet, team}};
  for (const Event& event : for_moderators) {
    const auto refusal = only<Decline>(scene.happens(event).effects).refusal;
    CHECK(refusal == rollcall::model::Refusal{Reason::moderators_only, "romeo@example.org"});
  }
  scene.acts(romeo, PersonAct::make_moderator, "juliet@example.org");
  const std::vector<Event> for_the_owner{
      KeepRequested{asked(juliet), ""}, DeleteRequested{asked(juliet)},
      SwitchRequested{asked(juliet), Switch::members_only, true},
      PersonRequested{asked(juliet), PersonAct::make_moderator, "mercutio@example.org"},
      PersonRequested{asked(juliet), PersonAct::make_owner, "juliet@example.org"}};
  for (const Event& event : for_the_owner) CHECK(declined(scene.happens(event)) == Reason::owner_only);
  CHECK(said(scene.turns(juliet, Switch::lock, true)) == Phrase::locked_now);
}

TEST_CASE("ownership goes over as a whole: the former owner moderates, the new one is told and may do everything") {
  TeamScene scene;
  const Decision decision = scene.acts(romeo, PersonAct::make_owner, "juliet@example.org");
  CHECK(said(decision) == Phrase::owner_now);
  CHECK(only<Tell>(decision.promises).sentence.phrase == Phrase::you_are_owner);
  const auto* conference = scene.allocator.conference(team);
  CHECK(conference->owner == juliet.bare());
  CHECK(conference->roles == std::map<Address, Role>{{romeo.bare(), Role::moderator}});
  CHECK(declined(scene.acts(romeo, PersonAct::make_guest, "juliet@example.org")) == Reason::owner_only);
  CHECK(said(scene.acts(juliet, PersonAct::make_guest, "romeo@example.org")) == Phrase::guest_now);
  CHECK(scene.allocator.conference(team)->roles.empty());
}

TEST_CASE("roles are only for people: neither the owner nor one of our own contacts can be given another") {
  TeamScene scene;
  CHECK(declined(scene.acts(romeo, PersonAct::make_member, "romeo@example.org")) == Reason::own_address);
  CHECK(declined(scene.acts(romeo, PersonAct::make_owner, "test@call.example.org")) == Reason::own_address);
  CHECK(declined(scene.acts(romeo, PersonAct::make_member, "nobody at all")) == Reason::unknown_person);
}

TEST_CASE("a kept conference outlives its calls and its linger; an instant one does not") {
  TeamScene scene;
  const Decision decision = scene.happens(KeepRequested{{1, romeo, team}, "Team Verona"});
  CHECK(said(decision) == Phrase::kept);
  CHECK(only<SaveConference>(decision.writes).conference.kept);
  CHECK(only<SaveRole>(decision.writes).person == juliet.bare());
  CHECK(only<Indicate>(decision.effects).indicator.title == "Team Verona");
  CHECK(only<UpdateConference>(decision.effects).title == "Team Verona");
  scene.calls_for(juliet, {romeo.bare()}, "other");
  CHECK(only<Withdraw>(scene.passes(48h).effects).conference == ConferenceId("other"));
  CHECK(scene.allocator.conference(team) != nullptr);
}

TEST_CASE("a deleted conference is gone for everybody who had it, whatever runs") {
  TeamScene scene;
  scene.happens(HolderAdded{team, juliet.bare()});
  scene.happens(KeepRequested{{1, romeo, team}, ""});
  scene.joins(romeo, "l1");
  scene.joins(juliet, "l2");
  const Decision decision = scene.happens(DeleteRequested{{1, romeo, team}});
  CHECK(said(decision) == Phrase::deleted);
  CHECK(all_of<EndCall>(decision.effects).size() == 2);
  CHECK(only<Tell>(decision.effects).sentence.phrase == Phrase::deleted_by);
  CHECK(only<Withdraw>(decision.effects).holders == std::vector{juliet.bare()});
  CHECK(only<DeleteConference>(decision.writes).conference == team);
  CHECK(scene.allocator.conference(team) == nullptr);
}

TEST_CASE("a name is one line that fits a roster") {
  TeamScene scene;
  for (const char* name : {"", "   ", "two\nlines"}) {
    CHECK(declined(scene.happens(RenameRequested{{1, romeo, team}, name})) == Reason::bad_request);
  }
  CHECK(declined(scene.happens(RenameRequested{{1, romeo, team}, std::string(65, 'x')})) == Reason::bad_request);
  CHECK(said(scene.happens(RenameRequested{{1, romeo, team}, "Team Zwei"})) == Phrase::renamed);
  CHECK(scene.allocator.conference(team)->title == "Team Zwei");
}

TEST_CASE("a moderator makes the PIN by asking for it; members see it, guests do not") {
  TeamScene scene;
  const auto asks = [&](const Address& person, PinWish wish) {
    return scene.happens(PinRequested{{1, person, team}, wish, "471199"});
  };
  CHECK(declined(asks(juliet, PinWish::show)) == Reason::members_only);
  scene.acts(romeo, PersonAct::make_member, "juliet@example.org");
  CHECK(said(asks(juliet, PinWish::show)) == Phrase::pin_none);
  CHECK(declined(asks(juliet, PinWish::renew)) == Reason::moderators_only);
  const Decision made = asks(romeo, PinWish::show);
  CHECK(said(made) == Phrase::pin_is);
  CHECK(only<SaveConference>(made.writes).conference.pin == "471199");
  CHECK(only<Reply>(asks(juliet, PinWish::show).effects).sentence.values[1] == "471199");
  CHECK(said(asks(romeo, PinWish::remove)) == Phrase::pin_none);
  CHECK(scene.allocator.conference(team)->pin.empty());
}

TEST_CASE("each sees only the conferences that are his") {
  TeamScene scene;
  scene.calls_for(mercutio, {}, "feast");
  const auto lines = [&](const Address& person) {
    return only<Reply>(scene.happens(ConferencesRequested{{1, person, {}}}).effects).remarks;
  };
  CHECK(lines(romeo).size() == 1);
  CHECK(lines(juliet).front().values[1] == "team@call.example.org");
  CHECK(lines(benvolio).empty());
  scene.joins(romeo, "l1");
  CHECK(lines(romeo).front().phrase == Phrase::conference_running);
}
