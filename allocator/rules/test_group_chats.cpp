// Conferences of group chats.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"
#include "allocator/rules/rights.h"

using namespace rollcall;
using namespace rollcall::rules;
using namespace rollcall::rules::test;
using model::Reason;

namespace {

const Address band{"band", "rooms.example.org"};
const Address far_band{"band", "rooms.evil.example"};
const Address hidden{"band", "rooms.example.org", "juliet"};
const ConferenceId band_call{"band"};

struct GroupScene : TeamScene {
  Decision invites(const Address& inviter, const Address& group = band, bool is_hearsay = false) {
    return happens(GroupInvited{
        .group = group, .title = "The Band", .inviter = inviter, .is_hearsay = is_hearsay, .fresh_word = "k7qd"});
  }
  const model::Conference& conference(const ConferenceId& id = band_call) { return *allocator.conference(id); }
};

Reason why_declined(const Decision& decision) {
  return only<DeclineGroup>(decision.effects).refusal.reason;
}

}  // namespace

TEST_CASE(
    "an invitation into a group chat makes a conference that is named after it, belongs to the inviter, and goes "
    "there") {
  GroupScene scene;
  const Decision decision = scene.invites(romeo);
  CHECK(only<EnterGroup>(decision.promises).conference == band_call);
  CHECK(only<Introduce>(decision.promises).person == romeo.bare());
  CHECK(decision.backed == band_call);
  const model::Conference& conference = scene.conference();
  CHECK(conference.title == "The Band");
  CHECK(conference.owner == romeo.bare());
  CHECK(conference.group.address == band);
  CHECK(conference.group.attended);
  CHECK(only<SaveConference>(decision.writes).conference == conference);
}

TEST_CASE("only who may start conferences gets one for a group chat") {
  GroupScene scene;
  CHECK(why_declined(scene.invites(stranger)) == Reason::not_allowed);
  CHECK(scene.allocator.conference(band_call) == nullptr);
}

TEST_CASE("a group chat of somewhere else is not believed who invites; who says so himself is") {
  GroupScene scene;
  CHECK(why_declined(scene.invites(romeo, far_band, true)) == Reason::not_allowed);
  CHECK(all_of<DeclineGroup>(scene.invites(romeo, band, true).effects).empty());
  CHECK(all_of<EnterGroup>(scene.invites(romeo, far_band, false).promises).size() == 1);
}

TEST_CASE("a domain that only ends like ours is not ours") {
  const Settings settings = state_of_a_fresh_start().settings;
  CHECK(may_speak_for(settings, Address("band", "rooms.example.org"), tybalt));
  CHECK(may_speak_for(settings, Address("band", "example.org"), tybalt));
  CHECK_FALSE(may_speak_for(settings, Address("band", "roomsexample.org"), tybalt));
  CHECK_FALSE(may_speak_for(settings, Address("band", "example.org.evil.example"), tybalt));
}

TEST_CASE("a second invitation into the same group chat makes no second conference") {
  GroupScene scene;
  scene.invites(romeo);
  const auto conferences = scene.allocator.state().conferences.size();
  CHECK(only<EnterGroup>(scene.invites(juliet).promises).conference == band_call);
  CHECK(scene.allocator.state().conferences.size() == conferences);
  CHECK(scene.conference().owner == romeo.bare());
}

TEST_CASE("a conference that has the group chat's name already keeps it") {
  GroupScene scene;
  const Decision decision = scene.invites(romeo, Address("team", "rooms.example.org"));
  CHECK(only<EnterGroup>(decision.promises).conference == ConferenceId("team-k7qd"));
}

TEST_CASE("a conference that is invited itself goes there, if a moderator of it invites") {
  GroupScene scene;
  GroupInvited event{.conference = team, .group = band, .inviter = tybalt};
  CHECK(why_declined(scene.happens(event)) == Reason::moderators_only);
  event.inviter = romeo;
  CHECK(only<EnterGroup>(scene.happens(event).promises).conference == team);
  event.group = Address("other", "rooms.example.org");
  CHECK(why_declined(scene.happens(event)) == Reason::name_taken);
}

TEST_CASE("the conference of a group chat does not vanish while we are in it, and later does") {
  GroupScene scene;
  scene.invites(romeo);
  scene.passes(std::chrono::hours(48));
  REQUIRE(scene.allocator.conference(band_call) != nullptr);
  scene.happens(GroupLost{band_call});
  CHECK_FALSE(scene.conference().group.attended);
  scene.passes(std::chrono::hours(1));
  CHECK(scene.allocator.conference(band_call) != nullptr);
  scene.passes(std::chrono::hours(24));
  CHECK(scene.allocator.conference(band_call) == nullptr);
}

TEST_CASE("who was put out comes back to the same conference when invited again") {
  GroupScene scene;
  scene.invites(romeo);
  scene.happens(GroupStatusSaid{band_call, "m1"});
  CHECK(scene.conference().group.status_line == "m1");
  scene.happens(GroupLost{band_call});
  CHECK(only<EnterGroup>(scene.invites(romeo).promises).conference == band_call);
}

TEST_CASE("nobody collects group chats without end") {
  GroupScene scene;
  for (int i = 0; i < 20; ++i) scene.invites(romeo, Address("g" + std::to_string(i), "rooms.example.org"));
  CHECK(why_declined(scene.invites(romeo)) == Reason::full);
  CHECK(all_of<DeclineGroup>(scene.invites(juliet).effects).empty());
}

TEST_CASE("who asks by a word is answered, and so is who may not") {
  GroupScene scene;
  const Decision decision = scene.happens(GroupRequested{{3, romeo, {}}, band, "k7qd"});
  CHECK(said(decision) == model::Phrase::group_joining);
  CHECK(only<EnterGroup>(decision.promises).conference == band_call);
  CHECK(declined(scene.happens(GroupRequested{{3, stranger, {}}, band, "k7qd"})) == Reason::not_allowed);
  CHECK(declined(scene.happens(GroupRequested{{3, romeo, {}}, Address("x", "call.example.org"), "w"})) ==
        Reason::bad_address);
}

TEST_CASE("whoever speaks in the group chat may ask about its call and send us away, with his address hidden") {
  GroupScene scene;
  CHECK(declined(scene.happens(WhoRequested{1, hidden, team})) == Reason::not_allowed);
  scene.invites(romeo);
  CHECK(said(scene.happens(WhoRequested{1, hidden, band_call})) == model::Phrase::nobody_in_call);
  CHECK(declined(scene.happens(InviteRequested{1, hidden, band_call, {juliet}})) == Reason::not_allowed);
  CHECK(why_not(scene.dials(hidden, "l1", band_call)) == Reason::not_allowed);
  const Decision left = scene.happens(LeaveGroupRequested{{1, hidden, band_call}});
  CHECK(said(left) == model::Phrase::group_left);
  CHECK(only<LeaveGroup>(left.promises).conference == band_call);
  CHECK_FALSE(scene.conference().group.attended);
  CHECK(declined(scene.happens(WhoRequested{1, hidden, band_call})) == Reason::not_allowed);
}

TEST_CASE("leaving a group chat is for conferences that are in one") {
  GroupScene scene;
  CHECK(said(scene.happens(LeaveGroupRequested{{1, romeo, team}})) == model::Phrase::group_none);
}

TEST_CASE("who administers a group chat moderates its conference, for good where his address is known") {
  GroupScene scene;
  scene.invites(romeo);
  const auto locks = [&](const Address& asker) {
    return scene.happens(SwitchRequested{{1, asker, band_call}, model::Switch::lock, true});
  };
  CHECK(declined(locks(juliet)) == Reason::moderators_only);
  const Decision seen = scene.happens(GroupAdminSeen{band_call, hidden, juliet.bare(), true});
  CHECK(only<SaveRole>(seen.writes) == SaveRole{band_call, juliet.bare(), model::Role::moderator});
  CHECK(said(locks(juliet)) == model::Phrase::locked_now);
  scene.happens(GroupAdminSeen{band_call, hidden, {}, false});  // he has gone
  CHECK(said(locks(juliet)) == model::Phrase::locked_now);
}

TEST_CASE("an administrator whose address is hidden moderates from his place, as long as he is there and we are") {
  for (const bool is_gone : {true, false}) {
    CAPTURE(is_gone);
    GroupScene scene;
    scene.invites(romeo);
    const auto locks = [&](const Address& asker) {
      return scene.happens(SwitchRequested{{1, asker, band_call}, model::Switch::lock, true});
    };
    CHECK(declined(locks(hidden)) == Reason::moderators_only);
    CHECK(scene.happens(GroupAdminSeen{band_call, hidden, {}, true}).writes.empty());
    CHECK(said(locks(hidden)) == model::Phrase::locked_now);
    CHECK(declined(locks(band.with_resource("mercutio"))) == Reason::moderators_only);
    if (is_gone) {
      scene.happens(GroupAdminSeen{band_call, hidden, {}, false});
    } else {
      scene.happens(GroupLost{band_call});
      scene.invites(romeo);
    }
    CHECK(declined(locks(hidden)) == Reason::moderators_only);
  }
}

TEST_CASE("another group chat has nothing to say about a conference's moderators") {
  GroupScene scene;
  scene.invites(romeo);
  scene.happens(GroupAdminSeen{band_call, far_band.with_resource("eve"), juliet.bare(), true});
  CHECK(scene.conference().roles.empty());
}
