// Two legs of ours on one machine: what arrives is looked at and listened to.
#include "mcu/leg/test_call.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::leg::test;
using rollcall::model::Direction;
using rollcall::model::MediaDescription;
using rollcall::model::MediaKind;

namespace {

MediaDescription only_sound(MediaDescription description) {
  std::erase_if(description.media, [](const auto& media) { return media.kind != MediaKind::audio; });
  description.transports.resize(1);
  return description;
}

void set_video(MediaDescription& description, Direction direction) {
  description.media.at(1).direction = direction;
}

}  // namespace

TEST_CASE("a bundled call carries pictures and sound both ways") {
  Call call;
  call.connect();
  CHECK(call.offer.transports.size() == 1);
  CHECK_MESSAGE(call.both_ways(), call.state());
  CHECK(call.caller.connected == 1);
  CHECK(call.ours.connected == 1);
  CHECK(call.ours.receiver.key_frame_wishes() >= 1);
  CHECK(call.ours.leg->video_coding() == gst::Coding::vp8);
  CHECK(call.ours.leg->audio_coding() == gst::Coding::opus);
}

TEST_CASE("who has just connected gets a second key frame soon, for he may have missed the first") {
  Call call;
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  CHECK(call.loop.run_until([&] { return call.ours.receiver.key_frame_wishes() >= 2; }));
  call.loop.run_for(2s);  // seen and heard, nobody asks for more
  CHECK(call.ours.receiver.key_frame_wishes() == 2);
}

TEST_CASE("without bundle each media has its own transport, as Dino wants it") {
  Call call({.bundle = false});
  call.connect();
  CHECK(call.offer.transports.size() == 2);
  CHECK_MESSAGE(call.both_ways(), call.state());
  CHECK(call.caller.connected == 1);
}

TEST_CASE("candidates that come before or after the descriptions are enough") {
  Call call;
  const auto offer = call.caller.leg->offer();
  REQUIRE(offer.has_value());
  auto bare = *offer;
  const auto candidates = std::exchange(bare.transports[0].ice->candidates, {});
  REQUIRE(!candidates.empty());
  bool early = false;
  SUBCASE("before") {
    early = true;
  }
  SUBCASE("after") {}
  if (early) {
    call.ours.leg->add_candidate("audio", candidates[0]);
  }
  auto answer = call.ours.leg->answer(bare);
  REQUIRE(answer.has_value());
  answer->transports[0].ice->candidates.clear();
  REQUIRE(call.caller.leg->accept(*answer).has_value());
  if (!early) {
    call.ours.leg->add_candidate("video", candidates[0]);
  }
  CHECK_MESSAGE(call.both_ways(), call.state());
}

TEST_CASE("an ICE restart in mid-call does not interrupt it") {
  bool bundle = true;
  SUBCASE("bundled") {}
  SUBCASE("one transport per media") {
    bundle = false;
  }
  Call call({.bundle = bundle});
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  for (int i = 0; i < 2; ++i) {
    const auto restart = call.caller.leg->offer();
    REQUIRE(restart.has_value());
    CHECK(restart->transports.back().ice->ufrag != call.offer.transports.back().ice->ufrag);
    CHECK(restart->media[0].sources == call.offer.media[0].sources);
    call.change(*restart);
    CHECK_MESSAGE(call.both_ways(), call.state());
  }
  CHECK(call.caller.connected == 1);
  CHECK(call.ours.ended.empty());
}

TEST_CASE("pictures can be added to a sound call") {
  bool bundle = true;
  SUBCASE("into the bundle") {}
  SUBCASE("on a transport of their own") {
    bundle = false;
  }
  Call call({.bundle = bundle});
  call.connect([](MediaDescription& offer) { offer = only_sound(offer); });
  CHECK(call.loop.run_until(
      [&] { return call.ours.hears(tone_of_caller) && call.caller.hears(tone_of_ours) && call.ours.connected == 1; }));
  CHECK_FALSE(call.ours.leg->video_coding().has_value());
  CHECK(call.ours.receiver.pictures() == 0);
  call.change(call.offer);
  CHECK_MESSAGE(call.both_ways(), call.state());
  CHECK(call.ours.leg->video_coding() == gst::Coding::vp8);
  CHECK(call.ours.connected == 1);
}

TEST_CASE("a direction is obeyed both ways") {
  Call call;
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  auto later = call.offer;

  set_video(later, Direction::recvonly);
  call.change(later);
  call.loop.run_for(500ms);
  call.caller.receiver.forget();
  call.ours.receiver.forget();
  CHECK(call.loop.run_until([&] { return call.caller.sees(Colour::blue, 15) && call.ours.hears(tone_of_caller); }));
  CHECK(call.ours.receiver.pictures() == 0);

  set_video(later, Direction::inactive);
  call.change(later);
  call.loop.run_for(500ms);
  call.caller.receiver.forget();
  CHECK(call.loop.run_until([&] { return call.caller.receiver.samples() > 48000; }));
  CHECK(call.caller.receiver.pictures() == 0);

  set_video(later, Direction::sendrecv);
  call.change(later);
  CHECK_MESSAGE(call.both_ways(), call.state());
}

TEST_CASE("a media that is given up rests, and the call goes on") {
  Call call;
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  auto later = call.offer;
  later.media[1].codecs.clear();
  set_video(later, Direction::inactive);
  call.change(later);
  call.loop.run_for(500ms);
  call.ours.receiver.forget();
  CHECK(call.loop.run_until([&] { return call.ours.hears(tone_of_caller); }));
  CHECK(call.ours.receiver.pictures() == 0);
}

TEST_CASE("three percent of loss cost no picture for long") {
  auto options = loopback();
  std::atomic<int> count = 0;
  options.drop = [&count] { return ++count % 33 == 0; };
  Call call({}, options);
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  call.ours.receiver.forget();
  call.loop.run_for(8s);
  // 15 pictures each second were sent.
  MESSAGE("with 3 % loss: " << call.ours.receiver.pictures() << " of 120 pictures, share of the tone "
                            << call.ours.receiver.share_of_tone(tone_of_caller));
  CHECK(call.ours.receiver.pictures() >= 110);
  CHECK(call.ours.hears(tone_of_caller));
  CHECK(std::any_of(call.ours.health.begin(), call.ours.health.end(), [](const auto& h) { return h.loss > 0; }));
}

TEST_CASE("health tells what arrives") {
  Call call;
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  CHECK(call.loop.run_until(
      [&] { return !call.ours.health.empty() && call.ours.health.back().audio && call.ours.health.back().video; }));
  CHECK_FALSE(call.ours.health.back().stalled);
  CHECK(call.ours.health.back().loss == 0);
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.health.back().round_trip_ms > 0; }, 15s), call.state());
}
