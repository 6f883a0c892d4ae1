#include <doctest/doctest.h>

#include "allocator/rules/scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::Phrase;
using rollcall::model::Reason;

TEST_CASE("a request makes a conference on an MCU, saves it, and only then tells anybody") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  const Decision decision = scene.calls_for(romeo, {juliet.bare(), mercutio.bare()});

  CHECK(only<CreateConference>(decision.effects) == CreateConference{mcu_1, team, "team"});
  CHECK(decision.effects.size() == 1);
  const auto saved = only<SaveConference>(decision.writes).conference;
  CHECK(saved.creator == romeo.bare());
  CHECK(saved.mcu == mcu_1);
  CHECK(all_of<SaveInvitation>(decision.writes).size() == 2);

  const auto reply = only<Reply>(decision.promises);
  CHECK(reply.request == 7);
  CHECK(reply.sentence.values == std::vector<std::string>{"team", "team@call.example.org", "https://meet/j/team",
                                                          "juliet@example.org, mercutio@example.org"});
  const auto told = all_of<Tell>(decision.promises);
  REQUIRE(told.size() == 2);
  CHECK(told[0].person == juliet.bare());
  CHECK(told[0].sentence.phrase == Phrase::invitation);
  CHECK(told[0].sentence.values[0] == "romeo@example.org");
  CHECK(all_of<Introduce>(decision.promises).size() == 3);  // the creator gets the contact as well
}

TEST_CASE("conference information holds who, each one's endpoint, and which MCU") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet.bare()});
  const auto* conference = scene.allocator.conference(team);
  REQUIRE(conference != nullptr);
  CHECK(conference->mcu == mcu_1);
  const auto& invitation = conference->invitations.at(juliet.bare());
  CHECK(invitation.endpoint ==
        rollcall::model::Endpoint{rollcall::model::CommunicationMode::computer, "juliet@example.org"});
  CHECK(invitation.inviter == romeo.bare());
}

TEST_CASE("a conference without a name is called after its people") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet.bare()}, std::nullopt);
  const auto* conference = scene.allocator.conference(ConferenceId("call-k7qd"));
  REQUIRE(conference != nullptr);
  CHECK(conference->title == "romeo, juliet");
}

TEST_CASE("someone from elsewhere gets a sentence and rings nobody") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  const Decision decision = scene.calls_for(stranger, {juliet.bare()});
  CHECK(only<Decline>(decision.effects).refusal.reason == Reason::not_allowed);
  CHECK(decision.effects.size() == 1);
  CHECK(decision.promises.empty());
  CHECK(decision.writes.empty());
}

TEST_CASE("one's own address and our own contacts are refused") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  CHECK(only<Decline>(scene.calls_for(romeo, {romeo.bare()}).effects).refusal.reason == Reason::own_address);
  CHECK(only<Decline>(scene.calls_for(romeo, {Address("rollcall", "call.example.org")}).effects).refusal.reason ==
        Reason::own_address);
}

TEST_CASE("someone named more than once is invited once, and the asker is told") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  const Decision decision = scene.calls_for(romeo, {juliet.bare(), juliet, juliet.bare(), mercutio.bare()});
  CHECK(all_of<Tell>(decision.promises).size() == 2);
  CHECK(only<Reply>(decision.promises).remarks ==
        std::vector{rollcall::model::Sentence{Phrase::named_twice, {"juliet@example.org"}}});
}

TEST_CASE("a name that is taken or reserved is refused, and the first conference is untouched") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet.bare()});
  CHECK(only<Decline>(scene.calls_for(mercutio, {juliet.bare()}, "Team").effects).refusal.reason == Reason::name_taken);
  CHECK(only<Decline>(scene.calls_for(mercutio, {}, "Rollcall").effects).refusal.reason == Reason::name_taken);
  CHECK(scene.allocator.conference(team)->creator == romeo.bare());
}

TEST_CASE("a name of signs only is refused") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  CHECK(only<Decline>(scene.calls_for(romeo, {}, "!!").effects).refusal.reason == Reason::bad_request);
}

TEST_CASE("without an MCU, or with a full one, nobody is invited") {
  Scene scene;
  CHECK(only<Decline>(scene.calls_for(romeo, {juliet.bare()}).effects).refusal.reason == Reason::no_media_server);
  scene.mcu_comes(mcu_1, 100);
  const Decision decision = scene.calls_for(romeo, {juliet.bare()});
  CHECK(only<Decline>(decision.effects).refusal.reason == Reason::full);
  CHECK(decision.promises.empty());
}

TEST_CASE("what could not be stored is apologised for, and forgotten") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  const Decision decision = scene.calls_for(romeo, {juliet.bare()});
  CHECK(only<Decline>(decision.apologies).refusal.reason == Reason::not_stored);
  REQUIRE(decision.backed == team);
  const Decision afterwards = scene.happens(ConferenceNotStored{team});
  CHECK(only<DestroyConference>(afterwards.effects).conference == team);
  CHECK(scene.allocator.conference(team) == nullptr);
}

TEST_CASE("more people can be invited later, by anybody of the domain") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  const Decision decision = scene.happens(InviteRequested{8, juliet, team, {mercutio.bare()}});
  CHECK(only<Tell>(decision.promises).person == mercutio.bare());
  CHECK(only<Reply>(decision.promises).sentence.phrase == Phrase::invited);
}

TEST_CASE("an invitation opens the conference to someone from elsewhere, but not the right to invite") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {stranger.bare()});
  CHECK(all_of<CreateLeg>(scene.dials(stranger, "l1").effects).size() == 1);
  CHECK(only<Decline>(scene.happens(InviteRequested{8, stranger, team, {juliet.bare()}}).effects).refusal.reason ==
        Reason::not_allowed);
}

TEST_CASE("who tells the names of those in the call, and nothing to strangers") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  CHECK(only<Reply>(scene.happens(WhoRequested{1, juliet, team}).effects).sentence.phrase == Phrase::nobody_in_call);
  scene.joins(juliet, "l1");
  CHECK(only<Reply>(scene.happens(WhoRequested{1, romeo, team}).effects).sentence.list.at(0).values.at(0) == "juliet");
  CHECK(only<Decline>(scene.happens(WhoRequested{1, stranger, team}).effects).refusal.reason == Reason::not_allowed);
  CHECK(only<Decline>(scene.happens(WhoRequested{1, romeo, ConferenceId("none")}).effects).refusal.reason ==
        Reason::unknown_conference);
}

TEST_CASE("whoever started the call ends it for everybody; nobody else does") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet.bare()});
  scene.joins(romeo, "l1");
  scene.joins(juliet, "l2");
  CHECK(only<Decline>(scene.happens(EndRequested{1, juliet, team}).effects).refusal.reason == Reason::moderators_only);

  const Decision decision = scene.happens(EndRequested{2, romeo, team});
  CHECK(all_of<EndCall>(decision.effects).size() == 2);
  CHECK(all_of<DestroyLeg>(decision.effects).size() == 2);
  CHECK(only<DestroyConference>(decision.effects).mcu == mcu_1);
  CHECK(only<Tell>(decision.effects).person == juliet);
  CHECK_FALSE(all_of<Indicate>(decision.effects).back().indicator.running);
}
