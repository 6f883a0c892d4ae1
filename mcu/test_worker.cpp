// The worker as the allocator meets it: control messages in, answers and news out, and real legs at the other end.
#include <doctest/doctest.h>

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mcu/gst/media_clock.h"
#include "mcu/leg/leg.h"
#include "mcu/transport/io_context.h"
#include "mcu/worker.h"

using namespace rollcall;
using namespace rollcall::mcu;
using namespace std::chrono_literals;
using model::ConferenceId;
using model::LegId;
using model::Reason;

namespace {

const ConferenceId team("team");

struct Fixture {
  Fixture() : Fixture(Worker::Settings{.name = "mcu-1", .conference = {}, .capacity_units = 400}) {}
  explicit Fixture(Worker::Settings settings) : settings(std::move(settings)) { gst::initialise(); }
  Worker::Settings settings;
  daemon::EventLoop loop;
  transport::IoContext io{{.addresses = {"127.0.0.1"}}};
  std::vector<Worker::News> news;
  Worker worker{loop, io, settings, [this](const Worker::News& one) { news.push_back(one); }};

  /// What the worker answers to a request: its result's JSON or a refusal.
  template <class Request>
  model::Expected<typename Request::Result> ask(const Request& request) {
    std::string text;
    worker.take({7, request}, control::Responder(7, [&text](std::string answer) { text = std::move(answer); }));
    const auto decoded = control::decode(text);
    const auto* answer = std::get_if<control::Answer>(&decoded);
    REQUIRE(answer != nullptr);
    CHECK(answer->id == 7);
    if (!answer->result) return tl::unexpected(answer->result.error());
    return control::decode_result<Request>(*answer->result);
  }
  /// None: it was granted.
  template <class Request>
  std::optional<Reason> refusal(const Request& request) {
    const auto result = ask(request);
    return result ? std::nullopt : std::optional(result.error().reason);
  }
  template <class News>
  [[nodiscard]] const News* last() const {
    const News* found = nullptr;
    for (const auto& one : news)
      if (const auto* wanted = std::get_if<News>(&one)) found = wanted;
    return found;
  }
  bool eventually(const std::function<bool()>& holds) {
    bool held = false, late = false;
    const auto deadline = loop.after(60s, [&] {
      late = true;
      loop.quit();
    });
    const auto poll = loop.every(5ms, [&] {
      held = holds();
      if (held) loop.quit();
    });
    loop.run();
    return held && !late;
  }
};

/// A participant's own end of a call.
struct Caller {
  explicit Caller(Fixture& fixture)
      : leg(LegId("caller"), {}, fixture.io,
            [&fixture](std::function<void()> task) { fixture.loop.post(std::move(task)); },
            {[this](gst::SamplePtr) { ++pictures; }, [](const gst::SoundPacket&) {}, [] {}},
            {[] {}, [this](Reason reason) { ended = reason; }, [](const leg::Health&) {}}) {}
  std::atomic<int> pictures = 0;
  std::optional<Reason> ended;
  leg::Leg leg;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "an MCU says what it is, what it can carry and what it holds") {
  CHECK(worker.hello().role == control::Role::mcu);
  CHECK(worker.hello().name == "mcu-1");
  CHECK(worker.hello().capacity_units == 400);
  CHECK(worker.hello().conferences.empty());
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  REQUIRE(ask(control::LegCreate{team, LegId("a"), "Ada"}).has_value());
  CHECK(worker.hello().conferences == std::vector<control::HeldConference>{{team, {LegId("a")}}});
}

TEST_CASE_FIXTURE(Fixture, "a caller is answered, connected, shown, and gone when he hangs up") {
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  auto caller = std::make_unique<Caller>(*this);
  const auto offer = caller->leg.offer();
  REQUIRE(offer.has_value());
  const auto answer = ask(control::LegCreate{team, LegId("a"), "Ada", {}, *offer});
  REQUIRE(answer.has_value());
  REQUIRE(caller->leg.accept(answer->description).has_value());
  CHECK(eventually([&] { return caller->pictures > 10; }));
  REQUIRE(last<control::LegConnected>() != nullptr);
  CHECK(last<control::LegConnected>()->leg == LegId("a"));
  caller.reset();
  CHECK(eventually([&] { return last<control::LegEnded>() != nullptr; }));
  CHECK(*last<control::LegEnded>() == control::LegEnded{LegId("a"), Reason::hung_up});
  CHECK(worker.hello().conferences == std::vector<control::HeldConference>{{team, {}}});
}

TEST_CASE_FIXTURE(Fixture, "a conference takes every layout, and ids of people who are not there") {
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  for (const auto layout :
       {control::LayoutChoice::grid, control::LayoutChoice::speaker, control::LayoutChoice::spotlight,
        control::LayoutChoice::presentation, control::LayoutChoice::automatic})
    CHECK(ask(control::ConferenceUpdate{team, "A title", layout, LegId("nobody"), LegId("")}).has_value());
}

TEST_CASE_FIXTURE(Fixture, "nothing is recorded where the settings name no folder, and stopping is no mistake") {
  CHECK(refusal(control::RecordingStart{team}) == Reason::unknown_conference);
  CHECK(refusal(control::RecordingStop{team}) == Reason::unknown_conference);
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  CHECK(refusal(control::RecordingStart{team}) == Reason::not_allowed);
  CHECK(ask(control::RecordingStop{team}).has_value());
  CHECK(last<control::RecordingChanged>() == nullptr);
}

TEST_CASE("a recording is told to the allocator when it begins, and its file is there when it was stopped") {
  const std::string pattern = (std::filesystem::temp_directory_path() / "recordings-XXXXXX").string();
  std::string name = pattern;
  const std::filesystem::path folder = mkdtemp(name.data());
  Worker::Settings settings{.name = "mcu-1", .conference = {}, .capacity_units = 400};
  settings.conference.recording.directory = folder;
  settings.conference.recording.least_free_megabytes = 0;
  Fixture fixture(settings);
  REQUIRE(fixture.ask(control::ConferenceCreate{team, "Team"}).has_value());
  const auto begun = fixture.ask(control::RecordingStart{team});
  REQUIRE(begun.has_value());
  REQUIRE(fixture.last<control::RecordingChanged>() != nullptr);
  CHECK(*fixture.last<control::RecordingChanged>() == control::RecordingChanged{team, true, begun->file, ""});
  CHECK(fixture.refusal(control::RecordingStart{team}) == Reason::busy);
  REQUIRE(fixture.ask(control::RecordingStop{team}).has_value());
  CHECK(std::filesystem::exists(begun->file));
  CHECK(std::filesystem::path(begun->file).parent_path() == folder);
  std::filesystem::remove_all(folder);
}

TEST_CASE_FIXTURE(Fixture, "ending the conference ends its legs, and the callers see a goodbye") {
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  Caller caller(*this);
  const auto answer = ask(control::LegCreate{team, LegId("a"), "Ada", {}, *caller.leg.offer()});
  REQUIRE(answer.has_value());
  REQUIRE(caller.leg.accept(answer->description).has_value());
  REQUIRE(eventually([&] { return caller.pictures > 10; }));
  REQUIRE(ask(control::ConferenceDestroy{team}).has_value());
  CHECK(eventually([&] { return caller.ended == Reason::hung_up; }));
  CHECK(worker.hello().conferences.empty());
  CHECK(worker.used_units() == 0);
}

TEST_CASE_FIXTURE(Fixture, "what does not fit is refused as full, and fits when somebody has gone") {
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  for (const char* leg : {"a", "b", "c"}) REQUIRE(ask(control::LegCreate{team, LegId(leg), leg}).has_value());
  CHECK(refusal(control::LegCreate{team, LegId("d"), "d"}) == Reason::full);
  REQUIRE(ask(control::ConferenceCreate{ConferenceId("other"), "Other"}).has_value());
  CHECK(refusal(control::LegCreate{ConferenceId("other"), LegId("e"), "e"}) == Reason::full);
  REQUIRE(ask(control::LegDestroy{LegId("b")}).has_value());
  CHECK(ask(control::LegCreate{team, LegId("d"), "d"}).has_value());
}

TEST_CASE_FIXTURE(Fixture, "creating a conference again is no mistake, a leg's id is used once") {
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  REQUIRE(ask(control::LegCreate{team, LegId("a"), "Ada"}).has_value());
  CHECK(ask(control::ConferenceCreate{team, "Team"}).has_value());
  CHECK(worker.hello().conferences.front().legs.size() == 1);
  CHECK(refusal(control::LegCreate{team, LegId("a"), "Ada"}) == Reason::bad_request);
}

TEST_CASE_FIXTURE(Fixture, "what is not here is refused by name") {
  CHECK(refusal(control::ConferenceDestroy{team}) == Reason::unknown_conference);
  CHECK(refusal(control::ConferenceUpdate{team}) == Reason::unknown_conference);
  CHECK(refusal(control::LegCreate{team, LegId("a"), "Ada"}) == Reason::unknown_conference);
  CHECK(refusal(control::LegAnswer{LegId("a"), {}}) == Reason::unknown_leg);
  CHECK(refusal(control::LegChange{LegId("a"), {}}) == Reason::unknown_leg);
  CHECK(refusal(control::LegUpdate{LegId("a")}) == Reason::unknown_leg);
  CHECK(refusal(control::LegDestroy{LegId("a")}) == Reason::unknown_leg);
  CHECK(refusal(control::LinkResolve{"link"}) == Reason::unknown_method);
  worker.take({{}, control::LegCandidate{LegId("a"), "0", {}}}, {});
}

TEST_CASE_FIXTURE(Fixture, "the load is told at once when it changes much, and on greeting") {
  worker.greet();
  REQUIRE(last<control::McuLoad>() != nullptr);
  CHECK(last<control::McuLoad>()->used_units == 0);
  CHECK(last<control::McuLoad>()->capacity_units == 400);
  CHECK(last<control::McuLoad>()->cores == 1);
  CHECK(last<control::McuLoad>()->shedding == 0);
  REQUIRE(ask(control::ConferenceCreate{team, "Team"}).has_value());
  CHECK(last<control::McuLoad>()->used_units == 0);
  REQUIRE(ask(control::LegCreate{team, LegId("a"), "Ada"}).has_value());
  CHECK(last<control::McuLoad>()->used_units == 265);
}
