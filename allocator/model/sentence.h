// Something said to a person, before it has a language. allocator/words turns it into text.
#pragma once

#include <string>
#include <vector>

#include "allocator/model/refusal.h"

namespace rollcall::model {

enum class Phrase {
  help,             ///< {service address}; the other commands follow
  help_end,         ///< {service address}; behind the commands
  conference_help,  ///< {title}; the commands follow
  conference_help_end,
  started,                 ///< {title, contact, link, invitees}
  started_alone,           ///< {title, contact, link}
  invited,                 ///< {title, invitees}
  invited_nobody,          ///< {title}
  invitation,              ///< {inviter, title, contact, link}
  named_twice,             ///< {addresses}
  invited_lately,          ///< {addresses}
  not_reachable,           ///< {addresses}
  in_quiet_hours,          ///< {addresses}
  invitation_returned,     ///< {title, address}
  nobody_in_call,          ///< {title}
  people_in_call,          ///< {title, names}
  members,                 ///< {title, owner, moderators, members}
  link,                    ///< {title, link}
  link_useless,            ///< {title}
  ended,                   ///< {title}
  ended_by,                ///< {title, name}
  kept,                    ///< {title, contact}
  renamed,                 ///< {former title, title}
  deleted,                 ///< {title}
  deleted_by,              ///< {title, name}
  locked_now,              ///< {title}
  unlocked_now,            ///< {title}
  chat_on,                 ///< {title}
  chat_off,                ///< {title}
  members_only_now,        ///< {title}
  open_now,                ///< {title}
  recording_starts,        ///< {title, name}
  is_recorded,             ///< {title}
  recording_ended,         ///< {title}
  recording_file,          ///< {file}
  recording_needs_a_call,  ///< {title}
  muted,                   ///< {name}
  unmuted,                 ///< {name}
  you_were_muted,          ///< {title, moderator}
  you_were_unmuted,        ///< {title, moderator}
  removed,                 ///< {name, title}
  you_were_removed,        ///< {title, moderator}
  spotlight_on,            ///< {name}
  spotlight_off,
  layout_automatic,
  layout_grid,
  layout_speaker,
  layout_spotlight,
  layout_presentation,
  pin_is,             ///< {title, pin}
  pin_none,           ///< {title}
  owner_now,          ///< {name, title}
  moderator_now,      ///< {name, title}
  member_now,         ///< {name, title}
  guest_now,          ///< {name, title}
  you_are_owner,      ///< {title, name}
  you_are_moderator,  ///< {title, name}
  you_are_member,     ///< {title, name}
  you_are_guest,      ///< {title, name}
  your_conferences,
  no_conferences,
  conference_idle,     ///< {title, contact}
  conference_running,  ///< {title, contact, count}
  quiet_here,          ///< {from, until, now}
  quiet_there,         ///< {from, until, offset}
  quiet_none,
  why_not_in_call,    ///< {title}
  why_last_ended,     ///< {title, minutes}
  why_in_call,        ///< {name, title, minutes}
  why_not_connected,  ///< {name, title}
  why_stalled,
  why_no_sound,
  why_no_picture,
  why_frozen,  ///< {seconds}
  why_loss,    ///< {percent}
  why_slow,    ///< {milliseconds}
  why_muted_by_moderator,
  why_muted,
  why_good,
  why_no_news,
  said,              ///< {names}
  chat_nobody_else,  ///< {title}
  chat_too_long,
  which_one,
  cannot_read_encrypted,
  idle,                    ///< presence status; {}
  running,                 ///< presence status; {count, names}
  stalled,                 ///< {name}, in a list of names
  join_by_link,            ///< {title, link}: your client cannot do this, a browser can
  service_status,          ///< presence of the service; {}
  media_server_lost,       ///< {title}
  group_status,            ///< {how the call stands, contact, link}: our one line in a group chat
  group_status_members,    ///< {how the call stands, contact}
  group_hello,             ///< {our nick there}
  group_help,              ///< {our nick there, title}; the commands of a conference follow
  group_hides_addresses,   ///< {contact, link}
  group_nobody_to_invite,  ///< {title}
  group_joining,           ///< {group chat}
  group_left,              ///< {group chat, title}
  group_none,              ///< {title}
  group_not_let_in,        ///< {group chat, our address there}
  group_unknown_inviter,   ///< {group chat, service}
  ring_declined,           ///< {person, title}; these four: to who invited him
  ring_busy,               ///< {person, title}
  ring_unanswered,         ///< {person, title}
  ring_failed,             ///< {person, title}
  mode_computer,           ///< {what stands behind it}; these seven: a line of the list of somebody's modes
  mode_cellular,
  mode_pstn,
  mode_gateway,
  mode_standard,
  mode_isdn,
  mode_atm,
  mode_not_rung,  ///< of a mode's line
  modes_none,
  modes_from_server,  ///< the lines follow
  modes_from_you,     ///< the lines follow
  modes_from_vcard,   ///< the lines follow
  modes_at_once,
  modes_in_turn,
  modes_kept_here,   ///< {server}
  by_computer,       ///< {name}; these seven: in a list of names, how somebody was reached
  by_cellular,       ///< {name}
  by_pstn,           ///< {name}
  by_gateway,        ///< {name}
  by_standard,       ///< {name}
  by_isdn,           ///< {name}
  by_atm,            ///< {name}
  is_dialled,        ///< {addresses as typed}
  no_such_way,       ///< {addresses}
  dialled_too_long,  ///< {title}
  by_telephone,      ///< {conference number}
};

struct Sentence {
  Phrase phrase = Phrase::help;
  std::vector<std::string> values = {};
  std::vector<Sentence> list = {};  ///< said in the person's language first, and then one more value, with commas
  bool operator==(const Sentence&) const = default;
};

}  // namespace rollcall::model
