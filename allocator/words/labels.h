// What stands on the commands and fields that a client shows (XEP-0050, XEP-0004), and the words for what one can
// choose.
#pragma once

#include <string_view>

#include "allocator/words/words.h"

namespace rollcall::words {

enum class Label {
  start_a_call,
  my_calls,
  quiet_hours,
  my_modes,
  invite_people,
  who_is_in_the_call,
  link_for_browsers,
  end_for_everybody,
  help,
  why,
  members,
  say,
  mute,
  unmute,
  kick,
  spotlight,
  layout,
  record,
  lock,
  unlock,
  pin,
  keep,
  rename,
  chat,
  open,
  members_only,
  member,
  guest,
  moderator,
  owner,
  delete_it,
  join_group,
  leave_group,
  group_argument,
  name_of_the_call,  ///< a field
  people_to_invite,  ///< a field
  person,            ///< a field
  text,              ///< a field
  hours,             ///< a field
  modes,             ///< a field
  ring_order,        ///< a field
  in_turn,
  at_once,
  how_to_be_reached,  ///< instructions over a form
  modes_argument,
  choice,           ///< a field
  how_to_start,     ///< instructions over a form
  how_to_invite,    ///< instructions over a form
  people_argument,  ///< what stands behind a command in the help
  name_argument,
  text_argument,
  hours_argument,
  on,
  off,
  start,
  stop,
  fresh,
  automatic,
  grid,
  speaker,
  large,
  screen,
};

[[nodiscard]] std::string_view label(Label label, Language language);

}  // namespace rollcall::words
