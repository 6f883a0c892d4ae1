// What people say to one another and are told about their calls, and when they want to be left alone.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"
#include "allocator/rules/quiet.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::LegHealth;
using rollcall::model::PersonAct;
using rollcall::model::Phrase;
using rollcall::model::QuietHours;
using rollcall::model::Reason;
using rollcall::model::Sentence;
using rollcall::model::Switch;
using namespace std::chrono_literals;

namespace {

std::vector<Phrase> phrases(const std::vector<Sentence>& sentences) {
  std::vector<Phrase> found;
  for (const Sentence& sentence : sentences) found.push_back(sentence.phrase);
  return found;
}

}  // namespace

TEST_CASE("what a participant says reaches every other person in the call once, with his name") {
  TeamScene scene;
  scene.joins(romeo, "r");
  scene.joins(juliet, "j");
  scene.joins(juliet.with_resource("phone"), "j2");
  scene.joins(mercutio, "m");
  scene.dials(benvolio, "b");  // still on his way
  const Decision decision = scene.says(romeo, "Hello?");
  const auto relayed = all_of<Relay>(decision.effects);
  REQUIRE(relayed.size() == 2);
  CHECK(relayed[0] == Relay{juliet.bare(), team, "romeo", "Hello?"});
  CHECK(answer(decision).shows_by_itself);
}

TEST_CASE("only who is in the call can talk to it, only while its chat is on, and not at any length") {
  TeamScene scene;
  scene.joins(romeo, "r");
  CHECK(said(scene.says(romeo, "alone?")) == Phrase::chat_nobody_else);
  scene.joins(juliet, "j");
  CHECK(declined(scene.says(mercutio, "let me in")) == Reason::not_allowed);
  CHECK(said(scene.says(romeo, std::string(20001, 'x'))) == Phrase::chat_too_long);
  scene.turns(romeo, Switch::chat, false);
  const Decision decision = scene.says(juliet, "hello");
  CHECK(said(decision) == Phrase::chat_off);
  CHECK(all_of<Relay>(decision.effects).empty());
}

TEST_CASE("why: what is known of the own leg, or how the last one ended") {
  TeamScene scene;
  CHECK(said(scene.happens(WhyRequested{{1, juliet, team}, ""})) == Phrase::why_not_in_call);
  scene.joins(juliet, "j");
  const auto findings = [&] { return phrases(answer(scene.happens(WhyRequested{{1, juliet, team}, ""})).remarks); };
  CHECK(findings() == std::vector{Phrase::why_no_news});
  scene.happens(LegReported{LegId("j"), {.audio = true, .video = true}});
  CHECK(findings() == std::vector{Phrase::why_good});
  scene.happens(LegReported{LegId("j"), {.loss = 0.051, .round_trip_ms = 420}});
  CHECK(findings() == std::vector{Phrase::why_no_sound, Phrase::why_no_picture, Phrase::why_loss, Phrase::why_slow});
  scene.happens(LegReported{LegId("j"), {.stalled = true}});
  CHECK(findings() == std::vector{Phrase::why_stalled});
  scene.happens(LegReported{LegId("j"), {.audio = true}, 2s});
  scene.now += 10s;
  const Reply frozen = answer(scene.happens(WhyRequested{{1, juliet, team}, ""}));
  CHECK(frozen.remarks == std::vector{Sentence{Phrase::why_frozen, {"12"}}});
  scene.happens(LegReported{LegId("j"), {.audio = true, .video = true}});
  CHECK(findings() == std::vector{Phrase::why_good});

  scene.happens(LegEnded{LegId("j"), Reason::connectivity});
  scene.now += 3min;
  const Reply ended = answer(scene.happens(WhyRequested{{1, juliet, team}, ""}));
  CHECK(ended.sentence == Sentence{Phrase::why_last_ended, {"team", "3"}});
  CHECK(ended.because->reason == Reason::connectivity);
}

TEST_CASE("moderators may ask why about anybody, others about themselves") {
  TeamScene scene;
  scene.joins(romeo, "r");
  scene.joins(juliet, "j");
  CHECK(said(scene.happens(WhyRequested{{1, romeo, team}, "juliet"})) == Phrase::why_in_call);
  CHECK(said(scene.happens(WhyRequested{{1, juliet, team}, "juliet"})) == Phrase::why_in_call);
  CHECK(declined(scene.happens(WhyRequested{{1, juliet, team}, "romeo"})) == Reason::moderators_only);
}

TEST_CASE("quiet hours go over midnight, by the service's clock or his own") {
  CHECK(is_within({22h, 7h}, 23h));
  CHECK(is_within({22h, 7h}, 6h + 59min));
  CHECK_FALSE(is_within({22h, 7h}, 7h));
  CHECK(is_within({9h, 17h}, 9h));
  CHECK_FALSE(is_within({9h, 17h}, 8h));
  CHECK(is_within({9h, 9h}, 3h));
  const rollcall::model::Time eight_in_london{8h};
  CHECK(on_the_wall(eight_in_london, -9h) == 23h);
  CHECK(on_the_wall(eight_in_london, 90min) == 9h + 30min);
}

TEST_CASE("who does not want to be rung at this hour gets the message without a ring, and the inviter knows") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.now = rollcall::model::Time{23h};
  scene.happens(QuietRequested{{1, juliet, {}}, true, QuietHours{22h, 7h, 0min}});
  const Decision decision = scene.calls_for(romeo, {juliet.bare(), mercutio.bare()});
  CHECK(only<RingPerson>(decision.promises).person == mercutio.bare());
  CHECK(told(decision, juliet) == std::vector{Phrase::invitation});
  CHECK(answer(decision).remarks == std::vector{Sentence{Phrase::in_quiet_hours, {"juliet@example.org"}}});
}

TEST_CASE(
    "who was in the call is rung again in his quiet hours too when its media server is lost: it was we who dropped "
    "him") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.now = rollcall::model::Time{23h};
  scene.happens(QuietRequested{{1, juliet, {}}, true, QuietHours{22h, 7h, 0min}});
  scene.calls_for(romeo, {juliet.bare()});
  scene.joins(juliet, "j");
  scene.mcu_comes(mcu_2);
  scene.happens(McuDown{mcu_1});
  CHECK(only<RingPerson>(scene.passes(6s).effects).person == juliet.bare());
}

TEST_CASE("quiet hours are shown, changed and struck out, and written down before that is said") {
  Scene scene;
  CHECK(said(scene.happens(QuietRequested{{1, juliet, {}}})) == Phrase::quiet_none);
  const Decision set = scene.happens(QuietRequested{{1, juliet, {}}, true, QuietHours{22h, 7h}});
  CHECK(only<SavePerson>(set.writes).person.quiet == QuietHours{22h, 7h});
  CHECK(only<Reply>(set.promises).sentence.values == std::vector<std::string>{"22:00", "07:00", "01:00"});
  const Decision own = scene.happens(QuietRequested{{1, juliet, {}}, true, QuietHours{22h, 7h, -90min}});
  CHECK(only<Reply>(own.promises).sentence == Sentence{Phrase::quiet_there, {"22:00", "07:00", "-01:30"}});
  CHECK(said(scene.happens(QuietRequested{{1, juliet, {}}, true, std::nullopt})) == Phrase::quiet_none);
  CHECK(declined(scene.happens(QuietRequested{{1, stranger, {}}, true, QuietHours{}})) == Reason::not_allowed);
}

TEST_CASE("language and nick are remembered when they change; strangers leave no trace") {
  TeamScene scene;
  CHECK(only<SavePerson>(scene.happens(PersonSeen{juliet.bare(), "de", ""}).writes).person.language == "de");
  CHECK(scene.happens(PersonSeen{juliet.bare(), "de", ""}).writes.empty());
  CHECK(scene.happens(PersonSeen{juliet.bare(), "", ""}).writes.empty());
  const std::string long_nick = std::string(63, 'x') + "üü";
  CHECK(only<SavePerson>(scene.happens(PersonSeen{juliet.bare(), "", long_nick}).writes).person.nick ==
        std::string(63, 'x'));
  CHECK(scene.happens(PersonSeen{stranger.bare(), "de", "Eve"}).writes.empty());
  scene.happens(InviteRequested{1, romeo, team, {stranger.bare()}});
  CHECK(scene.happens(PersonSeen{stranger.bare(), "de", "Eve"}).writes.size() == 1);
}

TEST_CASE("one invitation a minute to one conference, five from all; the inviter is told who got none") {
  TeamScene scene;
  const Decision again = scene.happens(InviteRequested{1, romeo, team, {juliet.bare()}});
  CHECK(said(again) == Phrase::invited_nobody);
  CHECK(answer(again).remarks == std::vector{Sentence{Phrase::invited_lately, {"juliet@example.org"}}});
  CHECK(told(again, juliet).empty());
  for (int n = 0; n < 6; ++n) scene.calls_for(mercutio, {juliet.bare()}, "c" + std::to_string(n));
  CHECK(told(scene.calls_for(mercutio, {juliet.bare()}, "one more"), juliet).empty());
  scene.passes(1min);
  CHECK(told(scene.happens(InviteRequested{1, romeo, team, {juliet.bare()}}), juliet).size() == 1);
}

TEST_CASE("who invites hundreds in a minute is stopped") {
  TeamScene scene;
  std::vector<Address> crowd;
  for (int n = 0; n < 48; ++n) crowd.emplace_back("p" + std::to_string(n), "example.org");
  for (int call = 0; call < 4; ++call) {
    for (Address& person : crowd) person = Address(person.node() + "x", "example.org");
    const Decision decision = scene.happens(InviteRequested{1, romeo, team, crowd});
    if (call < 3) CHECK(said(decision) == Phrase::invited);
    if (call == 3) CHECK(declined(decision) == Reason::too_fast);
  }
}

TEST_CASE("an invitation that comes back is told once, and the person is spared until he writes or an hour is over") {
  TeamScene scene;
  const Decision returned = scene.happens(InvitationReturned{team, juliet.bare()});
  CHECK(told(returned, romeo) == std::vector{Phrase::invitation_returned});
  CHECK(scene.happens(InvitationReturned{team, juliet.bare()}).effects.empty());
  CHECK(scene.happens(InvitationReturned{team, mercutio.bare()}).effects.empty());  // was not invited
  scene.passes(2min);
  const Decision in_vain = scene.happens(InviteRequested{1, romeo, team, {juliet.bare()}});
  CHECK(told(in_vain, juliet).empty());
  CHECK(answer(in_vain).remarks == std::vector{Sentence{Phrase::not_reachable, {"juliet@example.org"}}});
  scene.happens(PersonSeen{juliet.bare(), "", ""});
  CHECK(told(scene.happens(InviteRequested{1, romeo, team, {juliet.bare()}}), juliet).size() == 1);
}
