#include "allocator/store/sqlite_rows.h"

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <algorithm>
#include <map>
#include <string>

#include "allocator/store/spelling.h"

namespace rollcall::store {
namespace {

using model::Address;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;

Poco::Int64 to_number(model::Time time) {
  return time.time_since_epoch().count();
}
model::Time to_time(Poco::Int64 number) {
  return model::Time(std::chrono::milliseconds(number));
}

/// What we wrote ourselves is an address.
Address address_of(const std::string& text) {
  return Address::parse(text).value_or(Address{});
}

void write_one(Session& session, const model::SaveConference& write) {
  const model::Conference& conference = write.conference;
  std::string id = conference.id.text(), title = conference.title, creator = conference.creator.text();
  std::string mcu = conference.mcu ? conference.mcu->text() : "";
  Poco::Int64 created = to_number(conference.created), last_used = to_number(conference.last_used);
  session << "INSERT INTO conference (id, title, creator, created, last_used, mcu) VALUES (?, ?, ?, ?, ?, ?) "
             "ON CONFLICT (id) DO UPDATE SET title = excluded.title, creator = excluded.creator, "
             "last_used = excluded.last_used, mcu = excluded.mcu",
      use(id), use(title), use(creator), use(created), use(last_used), use(mcu), now;
}

void write_one(Session& session, const model::DeleteConference& write) {
  std::string id = write.conference.text();
  session << "DELETE FROM conference WHERE id = ?", use(id), now;
}

void write_one(Session& session, const model::SaveInvitation& write) {
  const model::Invitation& invitation = write.invitation;
  std::string conference = invitation.conference.text(), invitee = invitation.invitee.text();
  std::string inviter = invitation.inviter.text(), mode(spelling_of(invitation.endpoint.mode));
  std::string address = invitation.endpoint.address;
  Poco::Int64 sent = to_number(invitation.sent);
  session << "INSERT OR REPLACE INTO invitation (conference, invitee, inviter, mode, address, sent) "
             "VALUES (?, ?, ?, ?, ?, ?)",
      use(conference), use(invitee), use(inviter), use(mode), use(address), use(sent), now;
}

void write_one(Session& session, const model::SaveHolder& write) {
  std::string conference = write.conference.text(), person = write.holder.text();
  session << "INSERT OR IGNORE INTO holder (conference, person) VALUES (?, ?)", use(conference), use(person), now;
}

void write_one(Session& session, const model::DeleteHolder& write) {
  std::string conference = write.conference.text(), person = write.holder.text();
  session << "DELETE FROM holder WHERE conference = ? AND person = ?", use(conference), use(person), now;
}

void write_one(Session& session, const model::SaveLeg& write) {
  const model::Participant& leg = write.participant;
  std::string id = leg.leg.text(), conference = leg.conference.text(), door(spelling_of(leg.door));
  std::string door_peer = leg.door_peer.text(), address = leg.address.text(), name = leg.name, mcu = leg.mcu.text();
  std::string signalling = leg.signalling;
  Poco::Int64 since = to_number(leg.since);
  session << "INSERT OR REPLACE INTO leg (id, conference, door, door_peer, address, name, mcu, since, signalling) "
             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      use(id), use(conference), use(door), use(door_peer), use(address), use(name), use(mcu), use(since),
      use(signalling), now;
}

void write_one(Session& session, const model::DeleteLeg& write) {
  std::string id = write.leg.text();
  session << "DELETE FROM leg WHERE id = ?", use(id), now;
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

using ConferencesById = std::map<std::string, model::Conference>;

ConferencesById read_conferences(Session& session) {
  ConferencesById conferences;
  each_row(session, "SELECT id, title, creator, created, last_used, mcu FROM conference", [&](RecordSet& row) {
    model::Conference conference{.id = model::ConferenceId(text(row, "id")),
                                 .title = text(row, "title"),
                                 .creator = address_of(text(row, "creator")),
                                 .created = time(row, "created"),
                                 .last_used = time(row, "last_used")};
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

std::vector<model::Participant> read_legs(Session& session) {
  std::vector<model::Participant> legs;
  each_row(session, "SELECT id, conference, door, door_peer, address, name, mcu, since, signalling FROM leg",
           [&](RecordSet& row) {
             model::Participant leg{.leg = model::LegId(text(row, "id")),
                                    .conference = model::ConferenceId(text(row, "conference")),
                                    .door = door_from(text(row, "door")),
                                    .door_peer = model::PeerId(text(row, "door_peer")),
                                    .name = text(row, "name"),
                                    .state = model::LegState::connected,
                                    .mcu = model::PeerId(text(row, "mcu")),
                                    .since = time(row, "since"),
                                    .signalling = text(row, "signalling")};
             if (const std::string address = text(row, "address"); !address.empty()) leg.address = address_of(address);
             leg.endpoint = {model::CommunicationMode::computer, leg.address.text()};
             legs.push_back(std::move(leg));
           });
  return legs;
}

}  // namespace

void write_row(Session& session, const model::Write& write) {
  std::visit([&](const auto& one) { write_one(session, one); }, write);
}

model::Records read_rows(Session& session) {
  ConferencesById conferences = read_conferences(session);
  read_invitations(session, conferences);
  read_holders(session, conferences);
  model::Records records{.legs = read_legs(session)};
  for (auto& [id, conference] : conferences) records.conferences.push_back(std::move(conference));
  return records;
}

}  // namespace rollcall::store
