#include <doctest/doctest.h>
#include <gst/gst.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <string>

#include "mcu/record/test_play.h"
#include "mcu/record/test_recorded.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::record;
using encode::eventually;
using std::chrono::milliseconds;

TEST_CASE("what was recorded plays from the first picture to the last, and says how long it is") {
  const Folder folder;
  const auto path = folder.path / "whole.mkv";
  {
    Recorded conference(path);
    for (int i = 0; i < 50; ++i) conference.step();
    conference.subscription = {};
    CHECK(conference.recording.finish());
    CHECK(conference.reason.empty());
  }
  const Played played = play(path);
  CHECK(played.to_the_end);
  CHECK(played.pictures == 150);
  CHECK(played.picture_s > 4.9);
  CHECK(played.sound_s > 4.8);
  CHECK(std::abs(played.length_ms - 5000) < 100);
}

TEST_CASE("what a killed process leaves behind plays to within a second of its end") {
  const Folder folder;
  const auto path = (folder.path / "killed.mkv").string();
  std::string program = RUN_RECORDING, place = path, seconds = "60";
  std::array<char*, 4> arguments{program.data(), place.data(), seconds.data(), nullptr};
  std::array<int, 2> says{};
  REQUIRE(pipe(says.data()) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, says[1], 1);
  pid_t child = 0;
  REQUIRE(posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
  close(says[1]);
  int pictures = 0;
  char one = 0;
  while (pictures < 100 && read(says[0], &one, 1) == 1) ++pictures;
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(says[0], &one, 1) == 1) ++pictures;
  close(says[0]);
  REQUIRE(pictures >= 100);
  const Played played = play(path);
  CHECK(played.pictures > pictures - 30);
  CHECK(played.sound_s > pictures / 30.0 - 1);
}

TEST_CASE("a recording that is over its time or its size says so and goes no further") {
  const Folder folder;
  for (const Recording::Limits limits :
       {Recording::Limits{.longest = milliseconds(1000)}, Recording::Limits{.most_bytes = 4000}}) {
    const auto path = folder.path / "limited.mkv";
    {
      Recorded conference(path, limits);
      for (int i = 0; i < 20; ++i) conference.step();
      conference.run_posted();
      CHECK(conference.reason.find("it has reached the l") == 0);
      conference.subscription = {};
      CHECK(conference.recording.finish());
    }
    const Played played = play(path);
    CHECK(played.to_the_end);
    CHECK(played.pictures >= 3);
    CHECK(played.picture_s < 1.9);
  }
}

TEST_CASE("on a full disk the recording ends with a reason, and whoever feeds it goes on") {
  Recorded conference("/dev/full");
  CHECK(eventually([&] {
    conference.step();
    conference.run_posted();
    return !conference.reason.empty();
  }));
  for (int i = 0; i < 5; ++i) conference.step();
  conference.subscription = {};
  CHECK_FALSE(conference.recording.finish());
}

TEST_CASE("pictures that become smaller in the middle do not end the file") {
  const Folder folder;
  const auto path = folder.path / "smaller.mkv";
  {
    Recorded conference(path);
    for (int i = 0; i < 10; ++i) conference.step();
    conference.encoders.set_effort({.height = 90});
    for (int i = 0; i < 10; ++i) conference.step();
    conference.run_posted();
    CHECK(conference.reason.empty());
    conference.subscription = {};
    CHECK(conference.recording.finish());
  }
  const Played played = play(path);
  CHECK(played.to_the_end);
  CHECK(played.pictures == 60);
}

TEST_CASE("a recording that nothing came to can be finished, and one can be thrown away") {
  const Folder folder;
  { Recorded conference(folder.path / "thrown-away.mkv"); }
  Recorded conference(folder.path / "empty.mkv");
  conference.subscription = {};
  (void)conference.recording.finish();
  CHECK(conference.reason.empty());
}
