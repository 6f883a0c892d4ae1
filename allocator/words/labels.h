// What stands on the commands and fields that a client shows (XEP-0050, XEP-0004).
#pragma once

#include <string_view>

#include "allocator/words/words.h"

namespace rollcall::words {

enum class Label {
  start_a_call,
  invite_people,
  who_is_in_the_call,
  link_for_browsers,
  end_for_everybody,
  help,
  name_of_the_call,  ///< a field
  people_to_invite,  ///< a field
  how_to_start,      ///< instructions over a form
  how_to_invite,     ///< instructions over a form
};

[[nodiscard]] std::string_view label(Label label, Language language);

}  // namespace rollcall::words
