#include <doctest/doctest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "allocator/store/sqlite.h"
#include "allocator/store/store.h"

using namespace rollcall;
using namespace std::chrono_literals;
using model::Address;
using model::ConferenceId;
using model::LegId;

namespace {

/// A database file of the test's own, gone at its end.
struct Scratch {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("rollcall-store-" + std::to_string(::getpid()));
  Scratch() { std::filesystem::create_directories(folder); }
  ~Scratch() { std::filesystem::remove_all(folder); }
  [[nodiscard]] std::string file() const { return folder / "test.db"; }
};

const Address romeo("romeo", "example.org");
const Address juliet("juliet", "example.org");

model::Conference team() {
  return {.id = ConferenceId("team"),
          .title = "Team",
          .creator = romeo,
          .owner = juliet,
          .created = model::Time(1000ms),
          .last_used = model::Time(2000ms),
          .mcu = model::PeerId("mcu-1"),
          .kept = true,
          .members_only = true,
          .locked = true,
          .chat = false,
          .recording = true,
          .pin = "4711",
          .number = "100",
          .layout = model::PictureLayout::presentation,
          .spotlight = LegId("l1"),
          .group = {Address("team", "rooms.example.org"), "sesame", true, "m1"}};
}

model::Participant leg() {
  return {.leg = LegId("l1"),
          .conference = ConferenceId("team"),
          .door = model::Door::web,
          .door_peer = model::PeerId("web"),
          .address = juliet.with_resource("b"),
          .name = "juliet",
          .endpoint = {model::CommunicationMode::computer, "juliet@example.org/b"},
          .state = model::LegState::connected,
          .mcu = model::PeerId("mcu-1"),
          .muted_by_moderator = true,
          .since = model::Time(3000ms),
          .signalling = "sid=1"};
}

}  // namespace

TEST_CASE("what was written is there after a restart") {
  const Scratch scratch;
  const model::Invitation invitation{
      ConferenceId("team"), romeo, juliet, {model::CommunicationMode::isdn, "123"}, model::Time(5ms)};
  {
    store::Sqlite database(scratch.file());
    database.write({model::SaveConference{team()}, model::SaveInvitation{invitation},
                    model::SaveHolder{ConferenceId("team"), romeo}, model::SaveHolder{ConferenceId("team"), juliet},
                    model::SaveLeg{leg()}});
  }
  const model::Records records = store::Sqlite(scratch.file()).load();
  REQUIRE(records.conferences.size() == 1);
  model::Conference expected = team();
  expected.invitations[juliet] = invitation;
  expected.holders = {juliet, romeo};
  CHECK(records.conferences.front() == expected);
  REQUIRE(records.legs.size() == 1);
  CHECK(records.legs.front() == leg());
}

TEST_CASE("roles come back, and a guest is struck out") {
  store::Sqlite database(":memory:");
  database.write({model::SaveConference{team()}, model::SaveRole{ConferenceId("team"), romeo, model::Role::moderator},
                  model::SaveRole{ConferenceId("team"), juliet, model::Role::member}});
  const std::map<Address, model::Role> both{{juliet, model::Role::member}, {romeo, model::Role::moderator}};
  CHECK(database.load().conferences.front().roles == both);
  database.write({model::SaveRole{ConferenceId("team"), juliet, model::Role::guest}});
  CHECK(database.load().conferences.front().roles == std::map<Address, model::Role>{{romeo, model::Role::moderator}});
}

TEST_CASE("who was put out of a call is still out after a restart, until he may come in again") {
  store::Sqlite database(":memory:");
  database.write({model::SaveConference{team()}, model::SaveRemoval{ConferenceId("team"), romeo},
                  model::SaveRemoval{ConferenceId("team"), romeo}, model::SaveRemoval{ConferenceId("team"), juliet}});
  CHECK(database.load().conferences.front().removed == std::set<Address>{juliet, romeo});
  database.write({model::SaveRemoval{ConferenceId("team"), juliet, false}});
  CHECK(database.load().conferences.front().removed == std::set<Address>{romeo});
  database.write({model::DeleteConference{ConferenceId("team")}, model::SaveConference{team()}});
  CHECK(database.load().conferences.front().removed.empty());
}

TEST_CASE("people come back with their language, nick and quiet hours") {
  store::Sqlite database(":memory:");
  const model::Person plain{.address = romeo, .language = "de", .nick = "Róméo"};
  model::Person quiet{.address = juliet, .quiet = model::QuietHours{22h, 7h}};
  database.write({model::SavePerson{plain}, model::SavePerson{quiet}});
  CHECK(database.load().people == std::vector{plain, quiet});
  quiet.quiet = model::QuietHours{0min, 0min, -90min};
  database.write({model::SavePerson{quiet}});
  CHECK(database.load().people == std::vector{plain, quiet});
  quiet.quiet.reset();
  database.write({model::SavePerson{quiet}});
  CHECK(database.load().people == std::vector{plain, quiet});
}

TEST_CASE("modes come back in their order, from each source, and what is said again replaces it all") {
  store::Sqlite database(":memory:");
  using enum model::CommunicationMode;
  model::SaveModes node{
      .person = juliet,
      .modes = {{{.mode = computer, .ring = false},
                 {.mode = pstn, .address = "+4930", .label = "desk", .hours = model::DailyHours{8h, 17h}},
                 {.mode = atm, .address = "7", .hours = model::DailyHours{8h, 17h, -60min}}},
                true}};
  const model::SaveModes vcard{juliet, model::ModesSource::vcard, {{{.mode = cellular, .address = "+49170"}}}};
  database.write({node, vcard});
  CHECK(database.load().modes == std::vector{node, vcard});
  node.modes.entries.pop_back();
  database.write({node});
  CHECK(database.load().modes == std::vector{node, vcard});
  database.write({model::SaveModes{juliet}});
  CHECK(database.load().modes == std::vector{vcard});
}

TEST_CASE("a telephone's leg comes back with how it was reached and who pays, and so does what was dialled that day") {
  store::Sqlite database(":memory:");
  model::Participant phone = leg();
  phone.door = model::Door::sip;
  phone.endpoint = {model::CommunicationMode::pstn, "+4930"};
  phone.called = true;
  phone.charged_to = romeo;
  const model::Dialled dialled{romeo, 20000, 3, 61s};
  database.write({model::SaveConference{team()}, model::SaveLeg{phone}, model::SaveDialled{dialled}});
  const model::Records records = database.load();
  CHECK(records.legs == std::vector{phone});
  CHECK(records.dialled == std::vector{dialled});
}

TEST_CASE("a deleted conference takes everything with it") {
  store::Sqlite database(":memory:");
  database.write(
      {model::SaveConference{team()}, model::SaveHolder{ConferenceId("team"), romeo}, model::SaveLeg{leg()}});
  database.write({model::DeleteConference{ConferenceId("team")}});
  const model::Records records = database.load();
  CHECK(records.conferences.empty());
  CHECK(records.legs.empty());
}

TEST_CASE("saving again changes, striking out removes") {
  store::Sqlite database(":memory:");
  model::Conference conference = team();
  database.write({model::SaveConference{conference}, model::SaveHolder{conference.id, romeo}, model::SaveLeg{leg()}});
  conference.title = "Renamed";
  database.write(
      {model::SaveConference{conference}, model::DeleteHolder{conference.id, romeo}, model::DeleteLeg{LegId("l1")}});
  const model::Records records = database.load();
  CHECK(records.conferences.front().title == "Renamed");
  CHECK(records.conferences.front().holders.empty());
  CHECK(records.legs.empty());
}

TEST_CASE("all writes of one batch or none") {
  store::Sqlite database(":memory:");
  CHECK_THROWS_AS(database.write({model::SaveConference{team()}, model::SaveHolder{ConferenceId("unknown"), romeo}}),
                  store::StoreError);
  CHECK(database.load().conferences.empty());
}

TEST_CASE("text of any kind comes back as it was") {
  store::Sqlite database(":memory:");
  model::Conference conference = team();
  conference.title = "Robert'); DROP TABLE conference;-- “ü” 😀";
  database.write({model::SaveConference{conference}});
  CHECK(database.load().conferences.front().title == conference.title);
}

TEST_CASE("a database that cannot be opened, a newer one, and an unknown url are told in words") {
  CHECK_THROWS_WITH_AS(store::Sqlite("/nonexistent/folder/x.db"), doctest::Contains("cannot be opened"),
                       store::StoreError);
  CHECK_THROWS_WITH_AS(store::Store("mysql:x", [](auto) {}), doctest::Contains("is not known"), store::StoreError);
}

TEST_CASE("the worker confirms each batch in order, and failures with their reason") {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> answers;
  store::Store store("sqlite::memory:", [&](const std::function<void()>& task) {
    const std::scoped_lock lock(mutex);
    task();
    changed.notify_all();
  });
  const auto remember = [&](const std::string& error) { answers.push_back(error); };
  store.write({model::SaveConference{team()}}, remember);
  store.write({model::SaveHolder{ConferenceId("unknown"), romeo}}, remember);
  store.write({model::SaveHolder{ConferenceId("team"), romeo}}, remember);
  std::unique_lock lock(mutex);
  REQUIRE(changed.wait_for(lock, 60s, [&] { return answers.size() == 3; }));
  CHECK(answers[0].empty());
  CHECK(answers[1].find("cannot be written to") != std::string::npos);
  CHECK(answers[2].empty());
}
