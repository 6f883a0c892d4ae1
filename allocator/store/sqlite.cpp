#include "allocator/store/sqlite.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>

#include "allocator/store/sqlite_rows.h"
#include "allocator/store/sqlite_schema_1.h"
#include "allocator/store/sqlite_schema_2.h"
#include "allocator/store/sqlite_schema_3.h"
#include "allocator/store/sqlite_schema_4.h"
#include "allocator/store/sqlite_schema_5.h"
#include "allocator/store/store.h"

namespace rollcall::store {
namespace {

/// What makes tables of version n + 1 from those of version n; the first, from nothing.
constexpr std::array steps{sqlite_schema_1, sqlite_schema_2, sqlite_schema_3, sqlite_schema_4, sqlite_schema_5};
constexpr int newest_schema = steps.size();
// Poco tries again and again to open what cannot be opened, a minute long unless told otherwise.
constexpr std::size_t open_timeout_s = 1;

void register_connector() {
  static std::once_flag once;
  std::call_once(once, [] { Poco::Data::SQLite::Connector::registerConnector(); });
}

std::string without_comments(std::string_view script) {
  std::string text;
  while (!script.empty()) {
    const auto end = std::min(script.find('\n'), script.size() - 1) + 1;
    if (!script.starts_with("--")) text += script.substr(0, end);
    script.remove_prefix(end);
  }
  return text;
}

/// SQLite runs one statement at a time through this interface.
void execute_script(Poco::Data::Session& session, std::string_view script) {
  const std::string statements = without_comments(script);
  std::size_t start = 0;
  for (auto end = statements.find(';'); end != std::string::npos; end = statements.find(';', start)) {
    session << statements.substr(start, end - start), Poco::Data::Keywords::now;
    start = end + 1;
  }
}

void bring_up_to_date(Poco::Data::Session& session, const std::string& path) {
  int version = 0;
  session << "PRAGMA user_version", Poco::Data::Keywords::into(version), Poco::Data::Keywords::now;
  if (version > newest_schema) {
    throw StoreError("The database " + path + " was made by a newer Rollcall (tables of version " +
                     std::to_string(version) + "). Install that version again, or restore a backup.");
  }
  if (version == newest_schema) return;
  Poco::Data::Transaction transaction(session);
  for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step) execute_script(session, steps[step]);
  session << "PRAGMA user_version = " + std::to_string(newest_schema), Poco::Data::Keywords::now;
  transaction.commit();
}

StoreError cannot(const std::string& what, const std::string& path, const Poco::Exception& why) {
  return StoreError("The database " + path + " cannot be " + what + " (" + why.displayText() +
                    "). Check that the directory exists, has room, and that the service may write there.");
}

}  // namespace

struct Sqlite::Session {
  std::string path;
  Poco::Data::Session session;
};

Sqlite::Sqlite(const std::string& path) {
  register_connector();
  try {
    session_ = std::make_unique<Session>(Session{path, Poco::Data::Session("SQLite", path, open_timeout_s)});
    auto& session = session_->session;
    session << "PRAGMA journal_mode = WAL", Poco::Data::Keywords::now;
    session << "PRAGMA synchronous = FULL", Poco::Data::Keywords::now;  // a promise is made after the write
    session << "PRAGMA foreign_keys = ON", Poco::Data::Keywords::now;
    session << "PRAGMA busy_timeout = 5000", Poco::Data::Keywords::now;
    bring_up_to_date(session, path);
  } catch (const Poco::Exception& error) {
    throw cannot("opened", path, error);
  }
}

Sqlite::~Sqlite() = default;

void Sqlite::write(const std::vector<model::Write>& writes) {
  try {
    Poco::Data::Transaction transaction(session_->session);
    for (const model::Write& one : writes) write_row(session_->session, one);
    transaction.commit();
  } catch (const Poco::Exception& error) {
    throw cannot("written to", session_->path, error);
  }
}

model::Records Sqlite::load() {
  try {
    return read_rows(session_->session);
  } catch (const Poco::Exception& error) {
    throw cannot("read", session_->path, error);
  }
}

}  // namespace rollcall::store
