#include "allocator/words/english.h"

namespace rollcall::words {

using model::Reason;

std::string_view english(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
      return "I do not understand “{0}”. Write “help” to see what I can do.";
    case Reason::bad_address:
      return "“{0}” is not a Jabber address. One looks like juliet@example.org.";
    case Reason::own_address:
      return "{0} cannot be invited: name other people than yourself and me.";
    case Reason::unknown_conference:
      return "There is no call named “{0}”. It may have ended.";
    case Reason::unknown_leg:
      return "This call is not known here any more.";
    case Reason::unknown_method:
      return "“{0}” is not known here.";
    case Reason::name_taken:
      return "Another call is named “{0}” already. Choose a different name, or join that one by calling its contact.";
    case Reason::not_allowed:
      return "You may not do this ({0}). Ask whoever runs this service, or whoever started the call.";
    case Reason::link_forged:
      return "This link is not valid. Ask for it again; a part may be missing.";
    case Reason::link_expired:
      return "This link has expired. Ask whoever gave it to you for a new one.";
    case Reason::no_security:
      return "The call came without encryption (DTLS-SRTP) and was not taken. Use a newer program, or the link.";
    case Reason::no_common_codec:
      return "Your program and we have no kind of sound or picture in common ({0}). Opus and VP8 would do.";
    case Reason::no_media_server:
      return "No media server is connected at the moment. Please try again in a minute.";
    case Reason::full:
      return "There is no place left at the moment ({0}). Please try again later.";
    case Reason::already_in_call:
      return "You are in this call already.";
    case Reason::connectivity:
      return "No sound or picture came through, so the call was ended. Check your network and call again.";
    case Reason::gone:
      return "The call has ended.";
    case Reason::declined:
      return "{0} does not want to join.";
    case Reason::busy:
      return "{0} is in another call.";
    case Reason::timeout:
      return "There was no answer in time.";
    case Reason::cancelled:
      return "The call was given up.";
    case Reason::hung_up:
      return "The call is over.";
    case Reason::locked:
      return "“{0}” is locked: nobody new gets in now. Ask somebody who is in it to unlock it.";
    case Reason::members_only:
      return "Only members get into “{0}”. Ask its owner to make you one.";
    case Reason::moderators_only:
      return "Only a moderator may do this. Ask {0}.";
    case Reason::owner_only:
      return "Only the owner may do this: {0}.";
    case Reason::removed:
      return "A moderator has ended your call.";
    case Reason::unreachable:
      return "{0} cannot be reached: my messages come back from there.";
    case Reason::too_fast:
      return "That is too much in too short a time. Please wait a minute.";
    case Reason::unknown_person:
      return "Nobody here is called “{0}”. Write “who” to see who is in the call.";
    case Reason::ambiguous_person:
      return "Which one do you mean: {0}?";
    case Reason::not_stored:
      return "“{0}” could not be saved just now. Please try again in a moment.";
    case Reason::not_dialled:
      return "I may not dial {0}: no gateway here is for it, or you have no right to have it dialled.";
    case Reason::dialled_enough:
      return "What you may have dialled in one day is used up ({0}). Tomorrow it goes on.";
    case Reason::wrong_pin:
      return "That is not the PIN of “{0}”.";
    case Reason::modes_at_server:
      return "Your ways to be reached are kept by your own server {0}, and it does not let me change them. Change them "
             "with a program that can (node urn:rollcall:modes:0), or ask its administrator to let me.";
    case Reason::internal:
      return "Something went wrong here; it has been noted. Please try again.";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
