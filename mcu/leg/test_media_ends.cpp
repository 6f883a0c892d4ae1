// How a call is refused, and how it ends.
#include <malloc.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "mcu/leg/test_call.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::leg::test;
using rollcall::model::MediaDescription;
using rollcall::model::Reason;

namespace {

using Reasons = std::vector<Reason>;

void forge(MediaDescription& description) {
  for (auto& transport : description.transports) {
    auto& text = transport.dtls->fingerprint;
    text.replace(0, 2, text.starts_with("00") ? "01" : "00");
  }
}

struct Footprint {
  long threads = 0;
  long files = 0;
  long resident_kb = 0;
};

Footprint footprint() {
  malloc_trim(0);
  Footprint now;
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "Threads:") {
      status >> now.threads;
    } else if (word == "VmRSS:") {
      status >> now.resident_kb;
    }
  }
  now.files = std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  return now;
}

}  // namespace

TEST_CASE("an offer without a fingerprint is refused") {
  Call call;
  auto offer = *call.caller.leg->offer();
  offer.transports[0].dtls.reset();
  const auto answer = call.ours.leg->answer(offer);
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().reason == Reason::no_security);
}

TEST_CASE("an offer with nothing in common is refused") {
  Call call;
  auto offer = *call.caller.leg->offer();
  for (auto& media : offer.media) {
    media.codecs = {{.payload_type = 100, .name = "XYZ", .clock_rate = 90000}};
  }
  const auto answer = call.ours.leg->answer(offer);
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().reason == Reason::no_common_codec);
}

TEST_CASE("a media with nothing in common is declined, the other one taken") {
  Call call;
  call.connect([](MediaDescription& offer) { offer.media[1].codecs = {{100, "XYZ", 90000}}; });
  CHECK(call.loop.run_until([&] { return call.ours.hears(tone_of_caller) && call.caller.hears(tone_of_ours); }));
  CHECK_FALSE(call.ours.leg->video_coding().has_value());
}

TEST_CASE("a wrong fingerprint ends the call before any media") {
  Call call;
  const auto offer = call.caller.leg->offer();
  REQUIRE(offer.has_value());
  auto told = *offer;
  SUBCASE("in the offer") {
    forge(told);
  }
  SUBCASE("in the answer") {}
  auto answer = call.ours.leg->answer(told);
  REQUIRE(answer.has_value());
  if (told == *offer) {
    forge(*answer);
  }
  REQUIRE(call.caller.leg->accept(*answer).has_value());
  CHECK(call.loop.run_until([&] { return !call.ours.ended.empty() && !call.caller.ended.empty(); }));
  CHECK(call.ours.ended == Reasons{Reason::no_security});
  CHECK(call.caller.ended == Reasons{Reason::no_security});
  call.loop.run_for(300ms);
  CHECK(call.ours.receiver.pictures() + call.caller.receiver.pictures() == 0);
  CHECK(call.ours.receiver.samples() + call.caller.receiver.samples() == 0);
}

TEST_CASE("a peer that leaves says so, and we see it at once") {
  Call call;
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  call.red.remove(*call.caller.leg);
  const auto begin = std::chrono::steady_clock::now();
  call.caller.leg.reset();
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  MESSAGE("deleting a leg took " << took.count() << " ms");
  CHECK(call.loop.run_until([&] { return !call.ours.ended.empty(); }, 2s));
  CHECK(call.ours.ended == Reasons{Reason::hung_up});
}

TEST_CASE("a call that never connects ends by its deadline") {
  auto options = loopback();
  options.connect_deadline = 2s;
  Call call({}, options);
  const auto offer = call.caller.leg->offer();
  REQUIRE(call.ours.leg->answer(*offer).has_value());
  CHECK(call.loop.run_until([&] { return !call.ours.ended.empty(); }, 60s));
  CHECK(call.ours.ended == Reasons{Reason::connectivity});
  CHECK(call.ours.connected == 0);
}

TEST_CASE("silence ends a call") {
  auto options = loopback();
  options.silence_limit = 3s;
  std::atomic<bool> silent = false;
  options.drop = [&silent] { return silent.load(); };
  Call call({}, options);
  call.connect();
  REQUIRE_MESSAGE(call.both_ways(), call.state());
  call.loop.run_for(4s);
  CHECK(call.ours.ended.empty());
  silent = true;
  CHECK(call.loop.run_until([&] { return !call.ours.ended.empty(); }, 15s));
  CHECK(call.ours.ended == Reasons{Reason::connectivity});
}

TEST_CASE("a peer that does not answer ICE any more is gone") {
  auto options = loopback();
  options.silence_limit = 300s;
  Call call({}, options);
  std::atomic<bool> silent = false;
  auto others = loopback();
  others.drop = [&silent] { return silent.load(); };
  transport::IoContext other(others);
  {
    Party frozen(call.loop, other, {}, call.red);
    const auto answer = call.ours.leg->answer(*frozen.leg->offer());
    REQUIRE(answer.has_value());
    REQUIRE(frozen.leg->accept(*answer).has_value());
    REQUIRE(call.loop.run_until([&] { return call.ours.connected == 1 && frozen.connected == 1; }));
    std::atomic<bool> thaw = false;
    silent = true;  // whose media go on is there
    std::thread freezer([&] {
      other.run([&] {
        while (!thaw) {
          std::this_thread::sleep_for(10ms);
        }
      });
    });
    const auto begin = std::chrono::steady_clock::now();
    CHECK(call.loop.run_until([&] { return !call.ours.ended.empty(); }, 60s));
    MESSAGE("consent ran out after "
            << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count()
            << " ms");
    CHECK(call.ours.ended == Reasons{Reason::connectivity});
    thaw = true;
    freezer.join();
  }
}

TEST_CASE("fifty joins and leaves leave nothing behind") {
  Loop loop;
  transport::IoContext io(loopback());
  Sender red(Colour::red, tone_of_caller);
  const auto join_and_leave = [&](int times) {
    for (int i = 0; i < times; ++i) {
      Party caller(loop, io, {}, red);
      Party ours(loop, io, {}, red);
      const auto answer = ours.leg->answer(*caller.leg->offer());
      REQUIRE(answer.has_value());
      REQUIRE(caller.leg->accept(*answer).has_value());
      REQUIRE(loop.run_until([&] { return ours.sees(Colour::red, 1) && caller.sees(Colour::red, 1); }));
    }
  };
  join_and_leave(15);
  const auto before = footprint();
  join_and_leave(50);
  const auto after = footprint();
  MESSAGE("threads " << before.threads << " -> " << after.threads << ", files " << before.files << " -> " << after.files
                     << ", resident " << before.resident_kb << " -> " << after.resident_kb << " kB");
  CHECK(after.threads <= before.threads);
  CHECK(after.files <= before.files);
  CHECK(after.resident_kb <= before.resident_kb + 2048);
}
