#include "xmpp-component/jingle/call_play.h"

namespace rollcall::component::jingle::testing {
namespace {

using model::Reason;

TEST_CASE("JC-46: a call is ended with session-terminate and, if it was announced, with finish") {
  Play play;
  const LegId leg = only<Proposed>(play.propose(phone, "S1")).leg;
  (void)play.calls.admit(leg, play.now);
  (void)up(play, grouped_offer());
  const Outcome ended = play.calls.end(leg, Reason::hung_up, play.now);
  CHECK(ended.events.empty());
  REQUIRE(ended.stanzas.size() == 2);
  CHECK(says(ended, "action='session-terminate' sid='S1'><reason><success/><text>hung-up</text></reason></jingle>"));
  CHECK(says(ended, "<finish xmlns='urn:xmpp:jingle-message:0' id='S1'><reason xmlns='urn:xmpp:jingle:1'><success/>"));

  const LegId direct = up(play, grouped_offer(), tablet, "S2");
  CHECK(play.calls.end(direct, Reason::gone, play.now).stanzas.size() == 1);
}

TEST_CASE("JC-46: the first goodbye of the peer ends the call, the second is no error") {
  for (const bool finish_first : {false, true}) {
    Play play;
    const LegId leg = up(play, grouped_offer());
    const std::string busy = "<reason xmlns='urn:xmpp:jingle:1'><busy/></reason>";
    const Outcome first =
        finish_first ? play.jmi(phone, "finish", "S1", busy) : play.jingle(phone, "session-terminate", "S1", busy);
    CHECK(only<Ended>(first) == Ended{leg, Reason::busy});
    CHECK(first.stanzas.empty());
    const Outcome second = play.jingle(phone, "session-terminate", "S1", busy);
    CHECK(second.error == nullptr);
    CHECK(second.events.empty());
    CHECK(play.jmi(phone, "finish", "S1").events.empty());
  }
}

TEST_CASE("commands for a call that is gone do nothing") {
  Play play;
  const LegId gone("gone");
  CHECK(play.calls.admit(gone, play.now).stanzas.empty());
  CHECK(play.calls.accept(gone, our_offer(true), play.now).stanzas.empty());
  CHECK(play.calls.refuse(gone, {Reason::full}, play.now).stanzas.empty());
  CHECK(play.calls.changed(gone, our_offer(true)).stanzas.empty());
  CHECK(play.calls.refuse_change(gone, {Reason::full}).stanzas.empty());
  CHECK(play.calls.add_candidate(gone, "audio", {}).stanzas.empty());
  CHECK(play.calls.signalling(gone).empty());
}

}  // namespace
}  // namespace rollcall::component::jingle::testing
