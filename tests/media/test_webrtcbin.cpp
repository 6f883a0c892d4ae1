// Our leg against another implementation, through SDP text: what arrives on both sides is looked at and listened to.
#include <doctest/doctest.h>

#include <atomic>

#include "mcu/leg/test_rig.h"
#include "sdp/sdp.h"
#include "tests/media/webrtc_peer.h"

using namespace rollcall;
using namespace rollcall::mcu::leg::test;
using tests::WebrtcPeer;

namespace {

constexpr double tone_of_peer = 880;
constexpr double tone_of_ours = 660;

struct Meeting {
  explicit Meeting(model::LegProfile profile = {}, WebrtcPeer::Options options = {}, std::function<bool()> drop = {})
      : io({.addresses = {"127.0.0.1"}, .drop = std::move(drop)}),
        blue(Colour::blue, tone_of_ours),
        ours(loop, io, profile, blue),
        peer(options, seen_by_peer) {}

  void answer() {
    const auto text = peer.offer();
    const auto offer = sdp::parse(text);
    REQUIRE(offer.has_value());
    offered = *offer;
    const auto made = ours.leg->answer(*offer);
    REQUIRE(made.has_value());
    answered = *made;
    peer.accept(sdp::write(*made));
  }
  void offer() {
    const auto made = ours.leg->offer();
    REQUIRE(made.has_value());
    const auto answer = sdp::parse(peer.answer(sdp::write(*made)));
    REQUIRE(answer.has_value());
    REQUIRE(ours.leg->accept(*answer).has_value());
  }
  bool both_ways() {
    return loop.run_until([this] {
      return ours.sees(Colour::green) && ours.hears(tone_of_peer) && seen_by_peer.pictures() >= 10 &&
             seen_by_peer.colour() == Colour::blue && seen_by_peer.share_of_tone(tone_of_ours) > 0.7;
    });
  }
  [[nodiscard]] std::string state() const {
    return ours.state() + "\npeer: " + std::to_string(seen_by_peer.pictures()) + " pictures, 660 Hz " +
           std::to_string(seen_by_peer.share_of_tone(tone_of_ours));
  }

  Loop loop;
  mcu::transport::IoContext io;
  Sender blue;
  Party ours;
  Receiver seen_by_peer;
  WebrtcPeer peer;
  model::MediaDescription offered;
  model::MediaDescription answered;
};

}  // namespace

TEST_CASE("we answer a bundled offer of webrtcbin") {
  Meeting meeting;
  meeting.answer();
  CHECK(model::is_bundled(meeting.offered));
  CHECK(model::is_bundled(meeting.answered));
  CHECK_MESSAGE(meeting.both_ways(), meeting.state());
}

TEST_CASE("we answer an offer without bundle, as Dino makes it") {
  Meeting meeting({}, {.bundle_policy = "none"});
  meeting.answer();
  CHECK(meeting.offered.transports.size() == 2);
  CHECK(meeting.answered.transports.size() == 2);
  CHECK_MESSAGE(meeting.both_ways(), meeting.state());
}

TEST_CASE("webrtcbin answers our offer") {
  bool bundle = true;
  SUBCASE("bundled") {}
  SUBCASE("one transport per media") {
    bundle = false;
  }
  Meeting meeting({.bundle = bundle}, {.bundle_policy = bundle ? "max-bundle" : "none"});
  meeting.offer();
  CHECK_MESSAGE(meeting.both_ways(), meeting.state());
}

// No count: webrtcbin reports some losses only with its next regular report.
TEST_CASE("with webrtcbin, three percent of loss do not stop the pictures") {
  std::atomic<int> count = 0;
  Meeting meeting({}, {}, [&count] { return ++count % 33 == 0; });
  meeting.answer();
  const auto goes_on = [&] {
    return meeting.seen_by_peer.pictures() >= 60 && meeting.seen_by_peer.share_of_tone(tone_of_ours) > 0.7;
  };
  CHECK_MESSAGE(meeting.loop.run_until(goes_on, 60s), meeting.state());
}
