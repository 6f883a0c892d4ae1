// Two legs of ours on one machine: what arrives is looked at and listened to.
#include <doctest/doctest.h>

#include "mcu/leg/test_rig.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::leg::test;
using rollcall::model::LegProfile;
using rollcall::model::MediaDescription;
using rollcall::model::Reason;

namespace {

constexpr double tone_of_caller = 440;
constexpr double tone_of_ours = 660;

/// A caller (offers) and our side (answers), with what both send.
struct Call {
  explicit Call(LegProfile profile = {}, transport::IoContext::Options options = loopback())
      : io(std::move(options)),
        red(Colour::red, tone_of_caller),
        blue(Colour::blue, tone_of_ours),
        caller(loop, io, profile, red),
        ours(loop, io, {}, blue) {}

  void connect() {
    const auto offer = caller.leg->offer();
    REQUIRE(offer.has_value());
    const auto answer = ours.leg->answer(*offer);
    REQUIRE(answer.has_value());
    REQUIRE(caller.leg->accept(*answer).has_value());
  }
  std::string state() const { return "caller: " + caller.state() + "\nours: " + ours.state(); }
  bool both_ways() {
    return loop.run_until([this] {
      return ours.sees(Colour::red) && ours.hears(tone_of_caller) && caller.sees(Colour::blue) &&
             caller.hears(tone_of_ours);
    });
  }

  Loop loop;
  transport::IoContext io;
  Sender red;
  Sender blue;
  Party caller;
  Party ours;
};

}  // namespace

TEST_CASE("a bundled call carries pictures and sound both ways") {
  Call call;
  call.connect();
  CHECK_MESSAGE(call.both_ways(), call.state());
  CHECK(call.caller.connected == 1);
  CHECK(call.ours.connected == 1);
  CHECK(call.ours.leg->video_coding() == gst::Coding::vp8);
  CHECK(call.ours.leg->audio_coding() == gst::Coding::opus);
}
