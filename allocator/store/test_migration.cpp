// Tables of earlier versions are brought up to date, and nothing in them is lost.
#include <doctest/doctest.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>

#include <filesystem>
#include <string>

#include "allocator/store/sqlite.h"
#include "allocator/store/sqlite_schema_1.h"
#include "allocator/store/store.h"

using namespace rollcall;
using Poco::Data::Keywords::now;

namespace {

/// A database file as version 1 wrote it, gone at the test's end.
struct Old {
  std::string file =
      std::filesystem::temp_directory_path() / ("rollcall-migration-" + std::to_string(::getpid()) + ".db");

  Old() {
    remove();
    Poco::Data::SQLite::Connector::registerConnector();
    Poco::Data::Session session("SQLite", file);
    std::string script(store::sqlite_schema_1);
    for (auto end = script.find(';'); end != std::string::npos; end = script.find(';')) {
      session << script.substr(0, end), now;
      script.erase(0, end + 1);
    }
    for (const char* row : {"INSERT INTO conference VALUES ('team', 'Team', 'romeo@example.org', 1000, 2000, 'mcu-1')",
                            "INSERT INTO invitation VALUES ('team', 'juliet@example.org', 'romeo@example.org', "
                            "'computer', 'juliet@example.org', 5)",
                            "INSERT INTO holder VALUES ('team', 'juliet@example.org')",
                            "INSERT INTO leg VALUES ('l1', 'team', 'jabber', '', 'juliet@example.org/b', 'juliet', "
                            "'mcu-1', 3000, 'sid=1')",
                            "PRAGMA user_version = 1"}) {
      session << row, now;
    }
  }
  ~Old() { remove(); }
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  }
};

}  // namespace

TEST_CASE("tables of version 1 keep their rows; who made a conference owns it, and it stays as open as it was") {
  const Old old;
  for (int start = 0; start < 2; ++start) {  // the second finds them up to date
    const model::Records records = store::Sqlite(old.file).load();
    REQUIRE(records.conferences.size() == 1);
    const model::Conference& team = records.conferences.front();
    CHECK(team.title == "Team");
    CHECK(team.owner == model::Address("romeo", "example.org"));
    CHECK_FALSE(team.kept);
    CHECK_FALSE(team.members_only);
    CHECK_FALSE(team.locked);
    CHECK(team.chat);
    CHECK(team.pin.empty());
    CHECK(team.invitations.size() == 1);
    CHECK(team.holders.size() == 1);
    REQUIRE(records.legs.size() == 1);
    CHECK(records.legs.front().signalling == "sid=1");
    CHECK_FALSE(records.legs.front().muted_by_moderator);
    CHECK(records.people.empty());
  }
}

TEST_CASE("tables of a newer version are left alone, and told in words") {
  const Old old;
  Poco::Data::Session("SQLite", old.file) << "PRAGMA user_version = 99", now;
  CHECK_THROWS_WITH_AS(store::Sqlite(old.file), doctest::Contains("newer Rollcall"), store::StoreError);
}
