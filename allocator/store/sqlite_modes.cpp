// The directory of modes in its two tables.
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <map>
#include <string>
#include <utility>

#include "allocator/store/spelling.h"
#include "allocator/store/sqlite_rows.h"

namespace rollcall::store {
namespace {

using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;

void write_entry(Session& session, const model::SaveModes& write, std::size_t index) {
  const model::ModeEntry& entry = write.modes.entries[index];
  std::string person = write.person.text(), source(spelling_of(write.source)), mode(model::to_text(entry.mode));
  std::string address = entry.address, label = entry.label;
  int place = static_cast<int>(index), from = -1, until = -1, offset = no_clock;
  bool ring = entry.ring;
  if (entry.hours) {
    from = static_cast<int>(entry.hours->from.count());
    until = static_cast<int>(entry.hours->until.count());
    if (entry.hours->offset) offset = static_cast<int>(entry.hours->offset->count());
  }
  session << "INSERT INTO mode (person, source, place, mode, address, label, hours_from, hours_until, hours_offset, "
             "ring) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      use(person), use(source), use(place), use(mode), use(address), use(label), use(from), use(until), use(offset),
      use(ring), now;
}

model::ModeEntry entry_of(RecordSet& row) {
  const auto minutes = [&](const char* column) { return std::chrono::minutes(row[column].convert<int>()); };
  model::ModeEntry entry{.mode = mode_from(row["mode"].convert<std::string>()),
                         .address = row["address"].convert<std::string>(),
                         .label = row["label"].convert<std::string>(),
                         .ring = row["ring"].convert<int>() != 0};
  if (minutes("hours_from").count() < 0) return entry;
  entry.hours = model::DailyHours{minutes("hours_from"), minutes("hours_until")};
  if (minutes("hours_offset").count() != no_clock) entry.hours->offset = minutes("hours_offset");
  return entry;
}

/// Calls `take` with each row of `query`.
template <class Take>
void each_row(Session& session, const char* query, Take take) {
  Statement statement = (session << query);
  statement.execute();
  RecordSet rows(statement);
  for (bool more = rows.moveFirst(); more; more = rows.moveNext()) take(rows);
}

}  // namespace

void write_modes(Session& session, const model::SaveModes& write) {
  std::string person = write.person.text(), source(spelling_of(write.source));
  bool at_once = write.modes.at_once;
  session << "DELETE FROM modes WHERE person = ? AND source = ?", use(person), use(source), now;
  if (write.modes.entries.empty()) return;
  session << "INSERT INTO modes (person, source, at_once) VALUES (?, ?, ?)", use(person), use(source), use(at_once),
      now;
  for (std::size_t i = 0; i < write.modes.entries.size(); ++i) write_entry(session, write, i);
}

std::vector<model::SaveModes> read_modes(Session& session) {
  std::map<std::pair<std::string, std::string>, model::SaveModes> all;
  each_row(session, "SELECT person, source, at_once FROM modes", [&](RecordSet& row) {
    const auto person = row["person"].convert<std::string>();
    const auto source = row["source"].convert<std::string>();
    all[{person, source}] = {.person = model::Address::parse(person).value_or(model::Address{}),
                             .source = source_from(source),
                             .modes = {.at_once = row["at_once"].convert<int>() != 0}};
  });
  each_row(session, "SELECT * FROM mode ORDER BY person, source, place", [&](RecordSet& row) {
    const std::pair key{row["person"].convert<std::string>(), row["source"].convert<std::string>()};
    all.at(key).modes.entries.push_back(entry_of(row));
  });
  std::vector<model::SaveModes> list;
  for (auto& [key, modes] : all) list.push_back(std::move(modes));
  return list;
}

}  // namespace rollcall::store
