// What a person can wish for a conference or for himself, in the words that all rooms share.
#pragma once

namespace rollcall::model {

/// What is on or off in a conference.
enum class Switch {
  lock,          ///< nobody new gets in
  chat,          ///< what one writes to the contact reaches the others
  members_only,  ///< only members get in
  recording,     ///< the mix goes to a file
};

/// What is done to or with one person.
enum class PersonAct {
  mute,
  unmute,
  remove,      ///< out of the call
  spotlight,   ///< shown large
  make_owner,  ///< in place of who owns it now
  make_moderator,
  make_member,
  make_guest,  ///< takes away what he was
};

/// How the participants are arranged in the picture.
enum class PictureLayout { automatic, grid, speaker, spotlight, presentation };

enum class PinWish { show, renew, remove };

}  // namespace rollcall::model
