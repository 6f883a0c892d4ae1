#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "mcu/record/file_name.h"

using namespace rollcall;
using namespace rollcall::mcu::record;

namespace {

const std::chrono::system_clock::time_point evening{std::chrono::seconds(1795383900)};

struct Folder {
  Folder() : path(mkdtemp(pattern.data())) {}
  ~Folder() { std::filesystem::remove_all(path); }
  std::string pattern = (std::filesystem::temp_directory_path() / "recordings-XXXXXX").string();
  std::filesystem::path path;
};

}  // namespace

TEST_CASE("a file is named after its conference and its time") {
  CHECK(file_name("team", evening) == "team-20261122-214500.mkv");
  CHECK(file_name("q4-planning", evening) == "q4-planning-20261122-214500.mkv");
}

TEST_CASE("no name leads out of the folder") {
  CHECK(file_name("../../etc/passwd", evening) == "etc-passwd-20261122-214500.mkv");
  CHECK(file_name("a/b\\c\n\x01 .d", evening) == "a-b-c-d-20261122-214500.mkv");
  CHECK(file_name("..", evening) == "conference-20261122-214500.mkv");
  CHECK(file_name("", evening) == "conference-20261122-214500.mkv");
  CHECK(file_name(std::string(5000, 'x'), evening).size() == 40 + 20);
}

TEST_CASE("a file is for its owner and his group, and two of one second are two files") {
  const Folder folder;
  Settings settings;
  settings.directory = folder.path;
  settings.least_free_megabytes = 0;
  const auto first = create_file(settings, "team", evening);
  const auto second = create_file(settings, "team", evening);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second->filename() == "team-20261122-214500-2.mkv");
  struct stat status {};
  REQUIRE(stat(first->c_str(), &status) == 0);
  CHECK((status.st_mode & 0137) == 0);
}

TEST_CASE("without a folder, with one that is missing, or on a full disk nothing is recorded, and it is said why") {
  Settings settings;
  CHECK(create_file(settings, "team", evening).error().reason == model::Reason::not_allowed);
  settings.directory = "/nowhere/at/all";
  CHECK(create_file(settings, "team", evening).error().subject.find("/nowhere/at/all") == 0);
  const Folder folder;
  settings.directory = folder.path;
  settings.least_free_megabytes = 1'000'000'000'000;
  CHECK(create_file(settings, "team", evening).error().reason == model::Reason::full);
}
