#include "allocator/words/labels.h"

namespace rollcall::words {
namespace {

std::string_view english(Label label) {
  switch (label) {
    case Label::start_a_call:
      return "Start a group call";
    case Label::invite_people:
      return "Invite people";
    case Label::who_is_in_the_call:
      return "Who is in the call?";
    case Label::link_for_browsers:
      return "Link to join by browser";
    case Label::end_for_everybody:
      return "End the call for everybody";
    case Label::help:
      return "What can I do here?";
    case Label::name_of_the_call:
      return "Name of the call (may stay empty)";
    case Label::people_to_invite:
      return "Jabber addresses of the people to invite";
    case Label::how_to_start:
      return "The call becomes a contact of its own. Everybody you name here is invited.";
    case Label::how_to_invite:
      return "Everybody you name here gets a message and is asked to join.";
  }
  __builtin_unreachable();
}

}  // namespace

std::string_view label(Label label, Language language) {
  switch (language) {
    case Language::english:
      return english(label);
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
