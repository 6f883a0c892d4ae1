#include "allocator/words/english.h"

namespace rollcall::words {

using model::Phrase;
using model::Reason;

std::string_view english(Phrase phrase) {
  switch (phrase) {
    case Phrase::help:
      return "I start group video calls. Write to me:\n"
             "  call juliet@example.org mercutio@example.org – start a call and invite these two\n"
             "  call team: juliet@example.org – the same, and the call is named “team”\n"
             "  help – this text\n"
             "Each call is a contact of its own. Call that contact to join; write “help” to it to see what it can do. "
             "My address is {0}.";
    case Phrase::conference_help:
      return "This contact is the call “{0}”. Call it to join. Or write:\n"
             "  who – who is in the call\n"
             "  invite juliet@example.org – invite someone\n"
             "  link – a link to join by browser\n"
             "  end – end the call for everybody (whoever started it)\n"
             "  help – this text";
    case Phrase::started:
      return "“{0}” is ready, and I have invited {3}. Call {1} to join (it asks to be added to your contacts), or open "
             "{2} in a browser.";
    case Phrase::started_alone:
      return "“{0}” is ready. Call {1} to join (it asks to be added to your contacts), or open {2} in a browser.";
    case Phrase::invited:
      return "I have invited {1} to “{0}”.";
    case Phrase::invitation:
      return "{0} invites you to the group call “{1}”. Press the call button in this chat, or open {3} in a browser. "
             "(xmpp:{2})";
    case Phrase::nobody_in_call:
      return "Nobody is in “{0}” now. Call me to start.";
    case Phrase::people_in_call:
      return "In “{0}” now: {1}.";
    case Phrase::link:
      return "Whoever has this link can join “{0}” by browser: {1}";
    case Phrase::ended:
      return "“{0}” has ended for everybody.";
    case Phrase::ended_by:
      return "{1} has ended “{0}”.";
    case Phrase::named_twice:
      return "You named {0} twice; once is enough.";
    case Phrase::cannot_read_encrypted:
      return "I cannot read encrypted messages. Turn encryption off for this chat, or just use the call button.";
    case Phrase::idle:
      return "No call running. Call me to start one.";
    case Phrase::running:
      return "{0} in call: {1}";
    case Phrase::stalled:
      return "{0} (no connection)";
    case Phrase::join_by_link:
      return "Your program called without the encryption that every call here needs (DTLS-SRTP), so you could not join "
             "“{0}”. You can join by browser: {1}";
    case Phrase::service_status:
      return "Write “help” to me to start a group call.";
    case Phrase::media_server_lost:
      return "The media server of “{0}” has stopped, and your call with it. I am calling you back; if nothing rings, "
             "call again.";
    case Phrase::ring_declined:
      return "{0} does not want to join “{1}” now.";
    case Phrase::ring_busy:
      return "{0} is in another call.";
    case Phrase::ring_unanswered:
      return "{0} does not answer. The invitation to “{1}” is in the chat with this contact, for later.";
    case Phrase::ring_failed:
      return "I could not call {0}. The invitation to “{1}” says how to join.";
  }
  __builtin_unreachable();
}

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
    case Reason::internal:
      return "Something went wrong here; it has been noted. Please try again.";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
