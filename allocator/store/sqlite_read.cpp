#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <algorithm>
#include <map>
#include <string>

#include "allocator/store/spelling.h"
#include "allocator/store/sqlite_rows.h"

namespace rollcall::store {
namespace {

using model::Address;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;

model::Time to_time(Poco::Int64 number) {
  return model::Time(std::chrono::milliseconds(number));
}

/// What we wrote ourselves is an address.
Address address_of(const std::string& text) {
  return Address::parse(text).value_or(Address{});
}

/// Calls `take` with each row of `query`.
template <class Take>
void each_row(Session& session, const char* query, Take take) {
  Statement statement = (session << query);
  statement.execute();
  RecordSet rows(statement);
  for (bool more = rows.moveFirst(); more; more = rows.moveNext()) take(rows);
}

std::string text(RecordSet& row, const char* column) {
  return row[column].convert<std::string>();
}
model::Time time(RecordSet& row, const char* column) {
  return to_time(row[column].convert<Poco::Int64>());
}

bool truth(RecordSet& row, const char* column) {
  return row[column].convert<int>() != 0;
}

model::GroupChat group_in(RecordSet& row) {
  const std::string address = text(row, "group_chat");
  if (address.empty()) return {};
  return {address_of(address), text(row, "group_password"), truth(row, "group_attended"),
          text(row, "group_status_line")};
}

using ConferencesById = std::map<std::string, model::Conference>;

ConferencesById read_conferences(Session& session) {
  ConferencesById conferences;
  each_row(session, "SELECT * FROM conference", [&](RecordSet& row) {
    model::Conference conference{.id = model::ConferenceId(text(row, "id")),
                                 .title = text(row, "title"),
                                 .creator = address_of(text(row, "creator")),
                                 .owner = address_of(text(row, "owner")),
                                 .created = time(row, "created"),
                                 .last_used = time(row, "last_used"),
                                 .kept = truth(row, "kept"),
                                 .members_only = truth(row, "members_only"),
                                 .locked = truth(row, "locked"),
                                 .chat = truth(row, "chat"),
                                 .recording = truth(row, "recording"),
                                 .pin = text(row, "pin"),
                                 .number = text(row, "number"),
                                 .layout = layout_from(text(row, "layout")),
                                 .spotlight = model::LegId(text(row, "spotlight")),
                                 .group = group_in(row)};
    if (const std::string mcu = text(row, "mcu"); !mcu.empty()) conference.mcu = model::PeerId(mcu);
    conferences.emplace(conference.id.text(), std::move(conference));
  });
  return conferences;
}

void read_invitations(Session& session, ConferencesById& conferences) {
  each_row(session, "SELECT conference, invitee, inviter, mode, address, sent FROM invitation", [&](RecordSet& row) {
    model::Conference& conference = conferences.at(text(row, "conference"));
    const model::Endpoint endpoint{mode_from(text(row, "mode")), text(row, "address")};
    const Address invitee = address_of(text(row, "invitee"));
    conference.invitations[invitee] = {conference.id, address_of(text(row, "inviter")), invitee, endpoint,
                                       time(row, "sent")};
  });
}

void read_holders(Session& session, ConferencesById& conferences) {
  each_row(session, "SELECT conference, person FROM holder", [&](RecordSet& row) {
    conferences.at(text(row, "conference")).holders.push_back(address_of(text(row, "person")));
  });
  for (auto& [id, conference] : conferences) std::ranges::sort(conference.holders);
}

void read_roles(Session& session, ConferencesById& conferences) {
  each_row(session, "SELECT conference, person, role FROM role", [&](RecordSet& row) {
    conferences.at(text(row, "conference")).roles[address_of(text(row, "person"))] = role_from(text(row, "role"));
  });
}

void read_removals(Session& session, ConferencesById& conferences) {
  each_row(session, "SELECT conference, person FROM removal", [&](RecordSet& row) {
    conferences.at(text(row, "conference")).removed.insert(address_of(text(row, "person")));
  });
}

std::vector<model::Person> read_people(Session& session) {
  std::vector<model::Person> people;
  each_row(session, "SELECT address, language, nick, quiet_from, quiet_until, quiet_offset FROM person",
           [&](RecordSet& row) {
             const auto minutes = [&](const char* column) { return std::chrono::minutes(row[column].convert<int>()); };
             model::Person person{.address = address_of(text(row, "address")),
                                  .language = text(row, "language"),
                                  .nick = text(row, "nick")};
             if (minutes("quiet_from").count() >= 0) {
               person.quiet = model::QuietHours{minutes("quiet_from"), minutes("quiet_until")};
               if (minutes("quiet_offset").count() != no_clock) person.quiet->offset = minutes("quiet_offset");
             }
             people.push_back(std::move(person));
           });
  return people;
}

std::vector<model::Dialled> read_dialled(Session& session) {
  std::vector<model::Dialled> all;
  each_row(session, "SELECT person, day, calls, seconds FROM dialled", [&](RecordSet& row) {
    all.push_back({.person = address_of(text(row, "person")),
                   .day = row["day"].convert<Poco::Int64>(),
                   .calls = row["calls"].convert<Poco::Int64>(),
                   .time = std::chrono::seconds(row["seconds"].convert<Poco::Int64>())});
  });
  return all;
}

std::vector<model::Participant> read_legs(Session& session) {
  std::vector<model::Participant> legs;
  each_row(session, "SELECT * FROM leg", [&](RecordSet& row) {
    model::Participant leg{.leg = model::LegId(text(row, "id")),
                           .conference = model::ConferenceId(text(row, "conference")),
                           .door = door_from(text(row, "door")),
                           .door_peer = model::PeerId(text(row, "door_peer")),
                           .name = text(row, "name"),
                           .state = model::LegState::connected,
                           .mcu = model::PeerId(text(row, "mcu")),
                           .muted_by_moderator = truth(row, "muted_by_moderator"),
                           .since = time(row, "since"),
                           .signalling = text(row, "signalling")};
    if (const std::string address = text(row, "address"); !address.empty()) leg.address = address_of(address);
    leg.endpoint = {mode_from(text(row, "mode")), text(row, "endpoint")};
    // Tables of version 2 knew no other endpoint than the device.
    if (leg.endpoint.address.empty()) leg.endpoint.address = leg.address.text();
    leg.called = truth(row, "called");
    if (const std::string payer = text(row, "charged_to"); !payer.empty()) leg.charged_to = address_of(payer);
    legs.push_back(std::move(leg));
  });
  return legs;
}

}  // namespace

model::Records read_rows(Session& session) {
  ConferencesById conferences = read_conferences(session);
  read_invitations(session, conferences);
  read_holders(session, conferences);
  read_roles(session, conferences);
  read_removals(session, conferences);
  model::Records records{.legs = read_legs(session),
                         .people = read_people(session),
                         .modes = read_modes(session),
                         .dialled = read_dialled(session)};
  for (auto& [id, conference] : conferences) records.conferences.push_back(std::move(conference));
  return records;
}

}  // namespace rollcall::store
