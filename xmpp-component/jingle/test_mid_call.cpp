#include "xmpp-component/jingle/call_play.h"

namespace rollcall::component::jingle::testing {
namespace {

using model::Direction;
using model::Reason;

TEST_CASE("JC-37: candidates that come before our answer wait for it, in their order (stanza.js)") {
  Play play;
  const Offered offered = only<Offered>(play.jingle(phone, "session-initiate", "S1", grouped_offer()));
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='u1'", "4001")).events.empty());
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("1", "ufrag='u1'", "4002")).events.empty());
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("nobody", "ufrag='u1'", "4003")).events.empty());
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='old'", "4004")).events.empty());
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='u1'", "4001")).events.empty());
  const Outcome accepted = play.calls.accept(offered.leg, answer_to(offered.description), play.now);
  REQUIRE(accepted.events.size() == 2);
  CHECK(std::get<Candidate>(accepted.events[0]).candidate.port == 4001);
  CHECK(std::get<Candidate>(accepted.events[1]).mid == "1");
}

TEST_CASE("JC-37: a trickled candidate counts once, and not at all when it is of other credentials") {
  Play play;
  (void)up(play, grouped_offer());
  CHECK(only<Candidate>(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='u1'", "4001")))
            .candidate.ip == "192.0.2.1");
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='u1'", "4001")).events.empty());
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='old'", "4002")).events.empty());
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "", "4003")).events.size() == 1);
  const Outcome complete =
      play.jingle(phone, "transport-info", "S1",
                  "<content name='0'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='u1'>"
                  "<gathering-complete/></transport></content>");
  CHECK(complete.error == nullptr);
  CHECK(complete.events.empty());
}

TEST_CASE("at most 64 candidates of a peer are kept") {
  Play play;
  (void)up(play, grouped_offer());
  std::size_t taken = 0;
  for (int port = 1; port <= 100; ++port) {
    taken += play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='u1'", std::to_string(port)))
                 .events.size();
  }
  CHECK(taken == 64);
}

TEST_CASE("JC-36: our own later candidates go one at a time, with both credentials") {
  Play play;
  const LegId leg = up(play, grouped_offer());
  const Outcome outcome = play.calls.add_candidate(leg, "1", {.foundation = "2", .ip = "203.0.113.5", .port = 7});
  CHECK(says(outcome,
             "action='transport-info' sid='S1'><content creator='initiator' name='1'><transport "
             "xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='ours1' pwd='our-password-of-22-chars1'>"
             "<candidate component='1'"));
}

TEST_CASE("JC-38: Conversations restarts ICE and is answered with our new credentials for all contents") {
  Play play;
  const LegId leg = up(play, grouped_offer());
  const std::string fresh = "ufrag='new' pwd='new-password'";
  const Changed changed = only<Changed>(
      play.jingle(phone, "transport-info", "S1", transport_info("0", fresh) + transport_info("1", fresh)));
  CHECK(changed.description.transports.size() == 1);
  CHECK(changed.description.transports[0].ice->ufrag == "new");
  CHECK(changed.description.transports[0].ice->candidates.empty());
  model::MediaDescription ours = answer_to(changed.description);
  ours.transports[0].ice->ufrag = "renewed";
  const Outcome answered = play.calls.changed(leg, ours);
  CHECK(says(answered, "action='transport-info'"));
  CHECK(says(answered, "name='0'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='renewed'"));
  CHECK(says(answered, "name='1'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='renewed'"));
  CHECK(said(answered).find("<description") == std::string::npos);
  CHECK(play.jingle(phone, "transport-info", "S1", transport_info("0", "ufrag='new'", "4001")).events.size() == 1);
}

TEST_CASE("JC-42: Conversations adds its picture and is answered with a content-accept that groups everything") {
  Play play;
  const LegId leg = up(play, group("0") + content("0", "audio"));
  const Changed changed =
      only<Changed>(play.jingle(phone, "content-add", "S1", group("01") + content("1", "video", "senders='both'")));
  CHECK(changed.description.transports.size() == 1);
  CHECK(changed.description.media.size() == 2);
  const Outcome accepted = play.calls.changed(leg, answer_to(changed.description));
  REQUIRE(accepted.stanzas.size() == 1);
  CHECK(says(accepted,
             "action='content-accept' sid='S1'><group xmlns='urn:xmpp:jingle:apps:grouping:0' "
             "semantics='BUNDLE'><content name='0'/><content name='1'/></group>"
             "<content creator='initiator' name='1' senders='both'>"));
  CHECK(said(accepted).find("<content creator='initiator' name='0'") == std::string::npos);
}

TEST_CASE("JC-42: Dino adds its picture and is answered in two steps") {
  Play play;
  const LegId leg = up(play, content("audio", "audio"));
  const Changed changed =
      only<Changed>(play.jingle(phone, "content-add", "S1", content("video", "video", "senders='initiator'", "u2")));
  CHECK(changed.description.transports.size() == 2);
  CHECK(changed.description.media[1].direction == Direction::sendrecv);
  const Outcome accepted = play.calls.changed(leg, answer_to(changed.description));
  REQUIRE(accepted.stanzas.size() == 2);
  CHECK(says(accepted,
             "action='content-accept' sid='S1'><content creator='initiator' name='video' "
             "senders='initiator'>"));
  CHECK(says(accepted, "action='content-modify' sid='S1'><content creator='initiator' name='video' senders='both'/>"));
}

TEST_CASE("JC-42: Movim adds its picture and is answered with a whole session-accept") {
  Play play;
  const LegId leg = up(play, group("0") + content("0", "audio"));
  play.calls.set_upgrade_answer(leg, UpgradeAnswer::session_accept);
  const Changed changed = only<Changed>(play.jingle(phone, "content-add", "S1", content("1", "video")));
  const Outcome accepted = play.calls.changed(leg, answer_to(changed.description));
  CHECK(says(accepted, "action='session-accept'"));
  CHECK(says(accepted, "<content creator='initiator' name='0' senders='both'>"));
  CHECK(says(accepted, "<content creator='initiator' name='1' senders='both'>"));
}

TEST_CASE("JC-42: a second picture or a name twice is rejected, and the call goes on") {
  Play play;
  (void)up(play, grouped_offer());
  for (const char* name : {"2", "0"}) {
    const Outcome outcome = play.jingle(phone, "content-add", "S1", content(name, "video"));
    CHECK(outcome.error == nullptr);
    CHECK(outcome.events.empty());
    CHECK(says(outcome, "action='content-reject' sid='S1'><content creator='initiator' name='" + std::string(name) +
                            "'/><reason><failed-application/>"));
  }
}

TEST_CASE("JC-42: Dino is never told no: its second picture stays unseen") {
  Play play;
  (void)up(play, dino_offer());
  const Outcome outcome = play.jingle(phone, "content-add", "S1", content("v2", "video", "senders='initiator'"));
  CHECK(outcome.stanzas.empty());
  CHECK(outcome.events.empty());
}

TEST_CASE("a picture that the MCU cannot take is rejected, and may be offered again") {
  Play play;
  const LegId leg = up(play, group("0") + content("0", "audio"));
  (void)play.jingle(phone, "content-add", "S1", content("1", "video"));
  const Outcome refused = play.calls.refuse_change(leg, {Reason::full});
  CHECK(says(refused, "action='content-reject'"));
  CHECK(says(refused, "<busy/>"));
  CHECK(only<Changed>(play.jingle(phone, "content-add", "S1", content("2", "video"))).description.media.size() == 2);
}

TEST_CASE("JC-44: Conversations withdraws a picture that it has just added") {
  Play play;
  const LegId leg = up(play, group("0") + content("0", "audio"));
  const Changed added = only<Changed>(play.jingle(phone, "content-add", "S1", content("1", "video")));
  const Changed removed =
      only<Changed>(play.jingle(phone, "content-remove", "S1", "<content creator='initiator' name='1'/>"));
  CHECK(removed.description.media.at(1).direction == Direction::inactive);
  CHECK(play.calls.changed(leg, answer_to(added.description)).stanzas.empty());
  CHECK(play.calls.changed(leg, answer_to(removed.description)).stanzas.empty());
}

TEST_CASE("JC-44: removing the last media is the end of the call") {
  Play play;
  const LegId leg = up(play, group("0") + content("0", "audio"));
  const Outcome outcome = play.jingle(phone, "content-remove", "S1", "<content creator='initiator' name='0'/>");
  CHECK(says(outcome, "session-terminate"));
  CHECK(only<Ended>(outcome) == Ended{leg, Reason::hung_up});
}

TEST_CASE("JC-43: a changed direction is a changed description, and the same again is nothing") {
  Play play;
  const LegId leg = up(play, grouped_offer());
  const std::string one_way = "<content creator='initiator' name='0' senders='responder'/>";
  const Changed changed = only<Changed>(play.jingle(phone, "content-modify", "S1", one_way));
  CHECK(changed.description.media[0].direction == Direction::recvonly);
  CHECK(play.calls.changed(leg, answer_to(changed.description)).stanzas.empty());
  CHECK(play.jingle(phone, "content-modify", "S1", one_way).events.empty());
}

TEST_CASE("JC-43: a direction that changed before our answer follows it") {
  Play play;
  const Offered offered = only<Offered>(play.jingle(phone, "session-initiate", "S1", dino_offer()));
  CHECK(play.jingle(phone, "content-modify", "S1", "<content name='video' senders='responder'/>").events.empty());
  const Outcome accepted = play.calls.accept(offered.leg, answer_to(offered.description), play.now);
  CHECK(only<Changed>(accepted).description.media[1].direction == Direction::recvonly);
}

TEST_CASE("changes are answered in their order") {
  Play play;
  const LegId leg = up(play, group("0") + content("0", "audio"));
  const Changed added = only<Changed>(play.jingle(phone, "content-add", "S1", content("1", "video")));
  const std::string fresh = "ufrag='new' pwd='new-password'";
  const Changed restarted = only<Changed>(play.jingle(phone, "transport-info", "S1", transport_info("0", fresh)));
  CHECK(says(play.calls.changed(leg, answer_to(added.description)), "content-accept"));
  CHECK(says(play.calls.changed(leg, answer_to(restarted.description)), "transport-info"));
}

TEST_CASE("JC-45: what a person switches off is told, and switched on again too") {
  Play play;
  const LegId leg = up(play, dino_offer());
  const auto info = [&](const std::string& element) { return play.jingle(phone, "session-info", "S1", element); };
  const std::string ns = " xmlns='urn:xmpp:jingle:apps:rtp:info:1' ";
  CHECK(only<Muted>(info("<mute" + ns + "creator='initiator' name='video'/>")) == Muted{leg, false, true});
  CHECK(info("<mute" + ns + "creator='initiator' name='video'/>").events.empty());
  CHECK(only<Muted>(info("<hold" + ns + "/>")) == Muted{leg, true, true});
  CHECK(only<Muted>(info("<unhold" + ns + "/>")) == Muted{leg, false, true});
  CHECK(only<Muted>(info("<unmute" + ns + "creator='initiator' name='video'/>")) == Muted{leg, false, false});
  CHECK(only<Muted>(info("<mute" + ns + "/>")) == Muted{leg, true, true});
}

TEST_CASE("JC-41: in no call do we add, remove, describe or replace anything of our own accord") {
  Play play;
  std::string everything;
  for (const auto& [sid, offer] : {std::pair{"S1", grouped_offer()}, std::pair{"S2", dino_offer()}}) {
    const LegId leg = up(play, offer, phone, sid);
    everything += said(play.jingle(phone, "session-info", sid, "<mute xmlns='urn:xmpp:jingle:apps:rtp:info:1'/>"));
    everything += said(play.jingle(phone, "content-modify", sid, "<content name='video' senders='responder'/>"));
    everything += said(play.calls.add_candidate(leg, "1", {.foundation = "2", .ip = "203.0.113.5", .port = 7}));
    everything += said(play.wait(seconds(60)));
    everything += said(play.calls.end(leg, Reason::hung_up, play.now));
  }
  CHECK(everything.find("session-terminate") != std::string::npos);
  for (const char* never : {"content-add", "content-remove", "content-modify", "description-info", "transport-replace",
                            "conference-info", "session-info"}) {
    CAPTURE(never);
    CHECK(everything.find(never) == std::string::npos);
  }
}

TEST_CASE("JC-16: what is merely unknown is no error") {
  Play play;
  (void)up(play, grouped_offer());
  for (const char* inside : {"", "<dance xmlns='urn:example:dance'/>"}) {
    CHECK(play.jingle(phone, "session-info", "S1", inside).error == nullptr);
  }
  for (const char* action : {"description-info", "security-info", "transport-replace", "content-accept",
                             "session-accept", "session-initiate", "transport-info"}) {
    const Outcome outcome = play.jingle(phone, action, "S1");
    CHECK(outcome.error == nullptr);
    CHECK(outcome.events.empty());
    CHECK(outcome.stanzas.empty());
  }
}

TEST_CASE("JC-10: a restarted process carries its calls on by their sid") {
  std::string kept;
  {
    Play before;
    const Outcome offered = before.jingle(phone, "session-initiate", "S1", dino_offer());
    kept = only<Offered>(offered).signalling;
    CHECK(!kept.empty());
  }
  Play after;
  const LegId leg("leg-9");
  REQUIRE(after.calls.restore(leg, ConferenceId("team"), kept));
  CHECK(after.calls.signalling(leg) == kept);
  CHECK(only<Muted>(
            after.jingle(phone, "session-info", "S1", "<mute xmlns='urn:xmpp:jingle:apps:rtp:info:1' name='video'/>"))
            .video);
  CHECK(after.jingle("eve@example.org/x", "session-terminate", "S1").error != nullptr);
  const Changed changed =
      only<Changed>(after.jingle(phone, "transport-info", "S1", transport_info("video", "ufrag='n' pwd='m'")));
  CHECK(changed.description.transports[1].ice->ufrag == "n");
  CHECK(changed.description.transports[0].ice->ufrag == "u1");
  CHECK(says(after.calls.end(leg, Reason::gone, after.now), "sid='S1'><reason><gone/>"));
}

TEST_CASE("JC-10: an announced call is ended with finish after a restart too") {
  Play before;
  (void)before.calls.admit(only<Proposed>(before.propose(phone, "S1")).leg, before.now);
  const LegId leg = up(before, grouped_offer());
  Play after;
  REQUIRE(after.calls.restore(leg, ConferenceId("team"), before.calls.signalling(leg)));
  CHECK(says(after.calls.end(leg, Reason::gone, after.now), "<finish"));
}

TEST_CASE("what is not kept signalling is refused") {
  Play play;
  for (const char* text : {"", "nonsense", "<call/>", "<a><b>", "<call xmlns='urn:rollcall:signalling:0'/>"}) {
    CAPTURE(text);
    CHECK(!play.calls.restore(LegId("l"), ConferenceId("team"), text));
  }
}

}  // namespace
}  // namespace rollcall::component::jingle::testing
