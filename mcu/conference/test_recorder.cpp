// A conference that is recorded: what its people send is in the file.
#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <string>

#include "mcu/conference/conference.h"
#include "mcu/gst/media_clock.h"
#include "mcu/leg/test_rig.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/record/test_play.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::conference;
using rollcall::model::LegId;
using rollcall::model::Reason;
using std::chrono::system_clock;

namespace {

struct Fixture {
  Fixture() {
    gst::initialise();
    Participant::Settings settings;
    settings.recording.directory = folder.path;
    settings.recording.least_free_megabytes = 0;
    conference = std::make_unique<Conference>(
        "Team", settings, io, loop.post(),
        Conference::Callbacks{[](const LegId&) {}, [](const LegId&, Reason) {}, [](const LegId&, const leg::Health&) {},
                              [](const auto&) {}, [](const std::string& text) { FAIL(text); },
                              [this](const std::string&, const std::string& why) { reason = why; }});
    client =
        std::make_unique<leg::Leg>(LegId("client"), rollcall::model::LegProfile{}, io, loop.post(),
                                   leg::Leg::Sinks{[this](gst::SamplePtr) { ++pictures; },
                                                   [](const gst::SoundPacket&) {}, [this] { sender.want_key_frame(); }},
                                   leg::Leg::Callbacks{[] {}, [](Reason) {}, [](const leg::Health&) {}});
    const auto offer = client->offer();
    REQUIRE(offer.has_value());
    const auto answer = conference->add(ada, "Ada", {}, *offer);
    REQUIRE(answer.has_value());
    REQUIRE(client->accept(*answer).has_value());
    sender.add(*client);
    REQUIRE(loop.run_until([this] { return pictures > 10; }));
  }
  ~Fixture() { sender.remove(*client); }

  const record::Folder folder;
  leg::test::Loop loop;
  transport::IoContext io{leg::test::loopback()};
  std::atomic<int> pictures = 0;
  std::string reason = {};
  const LegId ada{"ada"};
  std::unique_ptr<Conference> conference;
  leg::test::Sender sender{leg::test::Colour::red, 440};
  std::unique_ptr<leg::Leg> client;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what people say and show is in the file, by the encoder that is there anyhow") {
  const auto file = conference->start_recording("team", system_clock::now());
  REQUIRE(file.has_value());
  CHECK(conference->figures().encoders == 1);
  CHECK(conference->start_recording("team", system_clock::now()).error().reason == Reason::busy);
  // The file begins at a key frame, which the encoder may hold back for up to two seconds after its last one.
  const int until = pictures + 180;
  REQUIRE(loop.run_until([&] { return pictures >= until; }));
  conference->stop_recording();
  CHECK_FALSE(conference->recording());
  CHECK(reason.empty());
  const auto played = record::play(*file);
  CHECK(played.to_the_end);
  CHECK(played.pictures > 90);
  CHECK(std::abs(played.picture_s - played.sound_s) < 0.5);
  REQUIRE(played.samples.size() > 2 * 48000);
  CHECK(mixer::amplitude_of(440, std::span(played.samples).last(48000)) > 1000);
}

TEST_CASE_FIXTURE(Fixture, "when everybody has left the recording ends by itself and says so") {
  const auto file = conference->start_recording("team", system_clock::now());
  REQUIRE(file.has_value());
  const int until = pictures + 30;
  REQUIRE(loop.run_until([&] { return pictures >= until; }));
  REQUIRE(conference->remove(ada).has_value());
  REQUIRE(loop.run_until([&] { return !reason.empty(); }));
  CHECK(reason == "everybody has left");
  CHECK_FALSE(conference->recording());
  CHECK(record::play(*file).to_the_end);
}

TEST_CASE_FIXTURE(Fixture, "where the settings name no folder nothing is recorded") {
  Conference other("Other", {}, io, loop.post(), {});
  CHECK(other.start_recording("other", system_clock::now()).error().reason == Reason::not_allowed);
}
