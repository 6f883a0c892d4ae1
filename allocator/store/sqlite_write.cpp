#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <string>

#include "allocator/store/spelling.h"
#include "allocator/store/sqlite_rows.h"

namespace rollcall::store {
namespace {

using Poco::Data::Session;
using namespace Poco::Data::Keywords;

Poco::Int64 to_number(model::Time time) {
  return time.time_since_epoch().count();
}

void write_one(Session& session, const model::SaveConference& write) {
  const model::Conference& conference = write.conference;
  std::string id = conference.id.text(), title = conference.title, creator = conference.creator.text();
  std::string mcu = conference.mcu ? conference.mcu->text() : "";
  Poco::Int64 created = to_number(conference.created), last_used = to_number(conference.last_used);
  std::string owner = conference.owner.text(), pin = conference.pin, layout(spelling_of(conference.layout));
  std::string spotlight = conference.spotlight.text();
  bool kept = conference.kept, members_only = conference.members_only, locked = conference.locked;
  bool chat = conference.chat, recording = conference.recording;
  std::string number = conference.number;
  std::string group = conference.group.address.text(), password = conference.group.password;
  std::string status_line = conference.group.status_line;
  bool attended = conference.group.attended;
  session << "INSERT INTO conference (id, title, creator, created, last_used, mcu, owner, kept, members_only, locked, "
             "chat, recording, pin, layout, spotlight, number, group_chat, group_password, group_attended, "
             "group_status_line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
             "ON CONFLICT (id) DO UPDATE SET title = excluded.title, creator = excluded.creator, "
             "last_used = excluded.last_used, mcu = excluded.mcu, owner = excluded.owner, kept = excluded.kept, "
             "members_only = excluded.members_only, locked = excluded.locked, chat = excluded.chat, "
             "recording = excluded.recording, pin = excluded.pin, layout = excluded.layout, "
             "spotlight = excluded.spotlight, number = excluded.number, group_chat = excluded.group_chat, "
             "group_password = excluded.group_password, group_attended = excluded.group_attended, "
             "group_status_line = excluded.group_status_line",
      use(id), use(title), use(creator), use(created), use(last_used), use(mcu), use(owner), use(kept),
      use(members_only), use(locked), use(chat), use(recording), use(pin), use(layout), use(spotlight), use(number),
      use(group), use(password), use(attended), use(status_line), now;
}

void write_one(Session& session, const model::DeleteConference& write) {
  std::string id = write.conference.text();
  session << "DELETE FROM conference WHERE id = ?", use(id), now;
}

void write_one(Session& session, const model::SaveInvitation& write) {
  const model::Invitation& invitation = write.invitation;
  std::string conference = invitation.conference.text(), invitee = invitation.invitee.text();
  std::string inviter = invitation.inviter.text(), mode(model::to_text(invitation.endpoint.mode));
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

void write_one(Session& session, const model::SaveRole& write) {
  std::string conference = write.conference.text(), person = write.person.text(), role(spelling_of(write.role));
  if (write.role == model::Role::guest) {
    session << "DELETE FROM role WHERE conference = ? AND person = ?", use(conference), use(person), now;
  } else {
    session << "INSERT OR REPLACE INTO role (conference, person, role) VALUES (?, ?, ?)", use(conference), use(person),
        use(role), now;
  }
}

void write_one(Session& session, const model::SaveRemoval& write) {
  std::string conference = write.conference.text(), person = write.person.text();
  if (write.removed) {
    session << "INSERT OR IGNORE INTO removal (conference, person) VALUES (?, ?)", use(conference), use(person), now;
  } else {
    session << "DELETE FROM removal WHERE conference = ? AND person = ?", use(conference), use(person), now;
  }
}

void write_one(Session& session, const model::SavePerson& write) {
  const model::Person& person = write.person;
  std::string address = person.address.text(), language = person.language, nick = person.nick;
  int from = -1, until = -1, offset = no_clock;
  if (person.quiet) {
    from = static_cast<int>(person.quiet->from.count());
    until = static_cast<int>(person.quiet->until.count());
    if (person.quiet->offset) offset = static_cast<int>(person.quiet->offset->count());
  }
  session << "INSERT OR REPLACE INTO person (address, language, nick, quiet_from, quiet_until, quiet_offset) "
             "VALUES (?, ?, ?, ?, ?, ?)",
      use(address), use(language), use(nick), use(from), use(until), use(offset), now;
}

void write_one(Session& session, const model::SaveModes& write) {
  write_modes(session, write);
}

void write_one(Session& session, const model::SaveDialled& write) {
  const model::Dialled& dialled = write.dialled;
  std::string person = dialled.person.text();
  Poco::Int64 day = dialled.day, calls = dialled.calls, seconds = dialled.time.count();
  session << "INSERT OR REPLACE INTO dialled (person, day, calls, seconds) VALUES (?, ?, ?, ?)", use(person), use(day),
      use(calls), use(seconds), now;
}

void write_one(Session& session, const model::SaveLeg& write) {
  const model::Participant& leg = write.participant;
  std::string id = leg.leg.text(), conference = leg.conference.text(), door(spelling_of(leg.door));
  std::string door_peer = leg.door_peer.text(), address = leg.address.text(), name = leg.name, mcu = leg.mcu.text();
  std::string signalling = leg.signalling;
  std::string mode(model::to_text(leg.endpoint.mode)), endpoint = leg.endpoint.address;
  std::string charged_to = leg.charged_to.text();
  bool muted = leg.muted_by_moderator, called = leg.called;
  Poco::Int64 since = to_number(leg.since);
  session << "INSERT OR REPLACE INTO leg (id, conference, door, door_peer, address, name, mcu, since, signalling, "
             "muted_by_moderator, mode, endpoint, called, charged_to) "
             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      use(id), use(conference), use(door), use(door_peer), use(address), use(name), use(mcu), use(since),
      use(signalling), use(muted), use(mode), use(endpoint), use(called), use(charged_to), now;
}

void write_one(Session& session, const model::DeleteLeg& write) {
  std::string id = write.leg.text();
  session << "DELETE FROM leg WHERE id = ?", use(id), now;
}

}  // namespace

void write_row(Session& session, const model::Write& write) {
  std::visit([&](const auto& one) { write_one(session, one); }, write);
}

}  // namespace rollcall::store
