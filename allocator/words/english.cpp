#include "allocator/words/english.h"

namespace rollcall::words {

using model::Phrase;

std::string_view english(Phrase phrase) {
  switch (phrase) {
    case Phrase::help:
      return "I start group video calls. Write to me:\n"
             "  call juliet@example.org mercutio@example.org – start a call and invite these two\n"
             "  call team: juliet@example.org – the same, and the call is named “team”";
    case Phrase::help_end:
      return "Each call is a contact of its own. Call that contact to join; write “help” to it to see what it can do. "
             "My address is {0}.";
    case Phrase::conference_help:
      return "This contact is the call “{0}”. Call it to join. Or write:";
    case Phrase::conference_help_end:
      return "With “/” or “!” in front a line is always a command. Anything else that you write while you are in the "
             "call goes to the others who are in it; “say …” goes to them whatever it begins with.";
    case Phrase::started:
      return "“{0}” is ready, and I have invited {3}. Call {1} to join (it asks to be added to your contacts), or open "
             "{2} in a browser.";
    case Phrase::started_alone:
      return "“{0}” is ready. Call {1} to join (it asks to be added to your contacts), or open {2} in a browser.";
    case Phrase::invited:
      return "I have invited {1} to “{0}”.";
    case Phrase::invited_nobody:
      return "Nobody was invited to “{0}”.";
    case Phrase::invitation:
      return "{0} invites you to the group call “{1}”. Press the call button in this chat, or open {3} in a browser. "
             "(xmpp:{2})";
    case Phrase::named_twice:
      return "You named {0} twice; once is enough.";
    case Phrase::invited_lately:
      return "I have just invited {0}; once a minute is enough.";
    case Phrase::not_reachable:
      return "{0} cannot be reached: my messages come back from there.";
    case Phrase::in_quiet_hours:
      return "{0} does not want to be rung at this hour; my message waits.";
    case Phrase::invitation_returned:
      return "My invitation to “{0}” came back from {1}: I am blocked there, or there is no such address.";
    case Phrase::nobody_in_call:
      return "Nobody is in “{0}” now. Call me to start.";
    case Phrase::people_in_call:
      return "In “{0}” now: {1}.";
    case Phrase::members:
      return "“{0}” belongs to {1}. Moderators: {2}. Members: {3}.";
    case Phrase::link:
      return "Whoever has this link can join “{0}” by browser: {1}";
    case Phrase::link_useless:
      return "“{0}” is for members only, so a link for browsers would let nobody in. Write “open” to change that.";
    case Phrase::ended:
      return "“{0}” has ended for everybody.";
    case Phrase::ended_by:
      return "{1} has ended “{0}”.";
    case Phrase::kept:
      return "“{0}” stays: it is at {1} whenever you call it. Whoever was invited is a member.";
    case Phrase::renamed:
      return "“{0}” is called “{1}” now.";
    case Phrase::deleted:
      return "“{0}” is deleted.";
    case Phrase::deleted_by:
      return "{1} has deleted “{0}”; its contact is no more.";
    case Phrase::locked_now:
      return "“{0}” is locked: nobody new gets in until the call is over, or you write “unlock”.";
    case Phrase::unlocked_now:
      return "“{0}” is unlocked.";
    case Phrase::chat_on:
      return "What somebody in “{0}” writes to me reaches the others in it.";
    case Phrase::chat_off:
      return "The chat of “{0}” is off: I only take commands.";
    case Phrase::members_only_now:
      return "Only members get into “{0}” now. Whoever was invited or is in it has become one.";
    case Phrase::open_now:
      return "“{0}” is open: everybody who may use this service can join, and whoever has the link.";
    case Phrase::recording_starts:
      return "{1} has “{0}” recorded from now on.";
    case Phrase::is_recorded:
      return "“{0}” is being recorded.";
    case Phrase::recording_ended:
      return "The recording of “{0}” has ended.";
    case Phrase::recording_file:
      return "It is on the media server: {0}";
    case Phrase::recording_needs_a_call:
      return "Nobody is in “{0}” now, so there is nothing to record.";
    case Phrase::muted:
      return "{0} is muted.";
    case Phrase::unmuted:
      return "{0} can be heard again.";
    case Phrase::you_were_muted:
      return "{1} has muted you in “{0}”.";
    case Phrase::you_were_unmuted:
      return "{1} lets you be heard in “{0}” again.";
    case Phrase::removed:
      return "{0} is no more in “{1}”.";
    case Phrase::you_were_removed:
      return "{1} has removed you from “{0}”.";
    case Phrase::spotlight_on:
      return "Everybody sees {0} large now.";
    case Phrase::spotlight_off:
      return "Nobody is picked out in the picture any more.";
    case Phrase::layout_automatic:
      return "The picture arranges itself now.";
    case Phrase::layout_grid:
      return "Everybody is shown in equal tiles now.";
    case Phrase::layout_speaker:
      return "Whoever speaks is shown large now.";
    case Phrase::layout_spotlight:
      return "One person is shown large now; “spotlight NAME” says who.";
    case Phrase::layout_presentation:
      return "A screen is shown large now, the people beside it.";
    case Phrase::pin_is:
      return "The PIN of “{0}” is {1}, for those who join by telephone.";
    case Phrase::pin_none:
      return "“{0}” has no PIN.";
    case Phrase::owner_now:
      return "“{1}” belongs to {0} now; you stay a moderator.";
    case Phrase::moderator_now:
      return "{0} is a moderator of “{1}” now.";
    case Phrase::member_now:
      return "{0} is a member of “{1}” now.";
    case Phrase::guest_now:
      return "{0} is no member of “{1}” any more.";
    case Phrase::you_are_owner:
      return "{1} has made you the owner of “{0}”. Write “help” to see what you can do.";
    case Phrase::you_are_moderator:
      return "{1} has made you a moderator of “{0}”. Write “help” to see what you can do.";
    case Phrase::you_are_member:
      return "{1} has made you a member of “{0}”.";
    case Phrase::you_are_guest:
      return "{1} has taken your membership of “{0}” away.";
    case Phrase::your_conferences:
      return "Your calls:";
    case Phrase::no_conferences:
      return "You have no calls. Write “help” to see how to start one.";
    case Phrase::conference_idle:
      return "{0} ({1}): nobody is in it";
    case Phrase::conference_running:
      return "{0} ({1}): {2} in call";
    case Phrase::quiet_here:
      return "You are not rung from {0} until {1}. That is by the clock of this service, where it is {2} now; “quiet "
             "{0}-{1} +01:00” names another one.";
    case Phrase::quiet_there:
      return "You are not rung from {0} until {1} (UTC{2}).";
    case Phrase::quiet_none:
      return "You can be rung at any hour. “quiet 22:00-07:00” changes that.";
    case Phrase::why_not_in_call:
      return "You are not in “{0}”, and I know of no call of yours to it that ended.";
    case Phrase::why_last_ended:
      return "You are not in “{0}”. Your last call to it ended {1} minutes ago:";
    case Phrase::why_in_call:
      return "{0} has been in “{1}” for {2} minutes.";
    case Phrase::why_not_connected:
      return "The call of {0} to “{1}” is being set up; no packets have come through yet.";
    case Phrase::why_stalled:
      return "Nothing at all has arrived for 5 seconds or more: the network is gone, or very bad.";
    case Phrase::why_no_sound:
      return "No sound arrives: is the microphone on, and may the program use it?";
    case Phrase::why_no_picture:
      return "No picture arrives: is the camera on, and may the program use it?";
    case Phrase::why_frozen:
      return "The picture has stood still for {0} seconds: is the program at rest, or is its network too slow?";
    case Phrase::why_loss:
      return "{0} % of the packets get lost on the way here; sound and picture suffer from 3 % on.";
    case Phrase::why_slow:
      return "A packet takes {0} ms there and back; people begin to interrupt each other from 300 ms on.";
    case Phrase::why_muted_by_moderator:
      return "A moderator has muted this participant; “unmute NAME” undoes it.";
    case Phrase::why_muted:
      return "The own program says that its microphone is off.";
    case Phrase::why_good:
      return "Sound and picture come through, and little gets lost.";
    case Phrase::why_no_news:
      return "The media server has not said yet how well it goes.";
    case Phrase::said:
      return "I have passed it on to {0}.";
    case Phrase::chat_nobody_else:
      return "Nobody else in “{0}” could read that.";
    case Phrase::chat_too_long:
      return "That is too long for the chat; 5000 characters are enough.";
    case Phrase::which_one:
      return "Which one do you mean? Write the number.";
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
    case Phrase::group_status:
      return "{0} – call {1} to join, or open {2} in a browser.";
    case Phrase::group_status_members:
      return "{0} – members call {1} to join.";
    case Phrase::group_hello:
      return "I hold the video call of this group chat. Write “{0}: help” to see what I can do, “{0}: leave” and I go.";
    case Phrase::group_help:
      return "This group chat has the call “{1}”. Write “{0}: …” here, or to me in private:\n"
             "  invite NICK …|everyone – invite people of this group chat, each by a message and a ring";
    case Phrase::group_hides_addresses:
      return "This group chat hides from me whose addresses these are, so I can ring nobody. Whoever wants to join "
             "calls {0} or opens {1} in a browser.";
    case Phrase::group_nobody_to_invite:
      return "There is nobody else here to invite to “{0}”.";
    case Phrase::group_joining:
      return "I am on my way to {0}.";
    case Phrase::group_left:
      return "I have left {0}. “{1}” goes on without it.";
    case Phrase::group_none:
      return "“{0}” belongs to no group chat.";
    case Phrase::group_not_let_in:
      return "{0} does not let me in. If it is for members only, whoever administers it can add {1}; then invite me "
             "again.";
    case Phrase::group_unknown_inviter:
      return "Somebody invited me, but {0} does not tell me who. Whoever may start calls: write “join {0}” to {1}, or "
             "invite me directly.";
    case Phrase::ring_declined:
      return "{0} does not want to join “{1}” now.";
    case Phrase::ring_busy:
      return "{0} is in another call.";
    case Phrase::ring_unanswered:
      return "{0} does not answer. The invitation to “{1}” is in the chat with this contact, for later.";
    case Phrase::ring_failed:
      return "I could not call {0}. The invitation to “{1}” says how to join.";
    case Phrase::mode_computer:
      return "  computer{0}";
    case Phrase::mode_cellular:
      return "  mobile{0}";
    case Phrase::mode_pstn:
      return "  phone{0}";
    case Phrase::mode_gateway:
      return "  gateway{0}";
    case Phrase::mode_standard:
      return "  room{0}";
    case Phrase::mode_isdn:
      return "  isdn{0}";
    case Phrase::mode_atm:
      return "  atm{0}";
    case Phrase::mode_not_rung:
      return "{0} (only if somebody asks for it)";
    case Phrase::modes_none:
      return "I know of no way to reach you but your Jabber programs. Tell me others: "
             "modes mobile +49170…, phone +4930… 08:00-17:00 desk";
    case Phrase::modes_from_server:
      return "Your ways to be reached, as your server holds them; nobody else sees them:";
    case Phrase::modes_from_you:
      return "Your ways to be reached, as you told me; nobody else sees them:";
    case Phrase::modes_from_vcard:
      return "Your ways to be reached, from the telephone numbers of your vCard:";
    case Phrase::modes_at_once:
      return "Everything rings at once.";
    case Phrase::modes_in_turn:
      return "They ring one after the other.";
    case Phrase::modes_kept_here:
      return "Your server {0} does not let me keep them there, so they are only in my own database.";
    case Phrase::by_computer:
      return "{0}";
    case Phrase::by_cellular:
      return "{0} (mobile)";
    case Phrase::by_pstn:
      return "{0} (telephone)";
    case Phrase::by_gateway:
      return "{0} (gateway)";
    case Phrase::by_standard:
      return "{0} (room system)";
    case Phrase::by_isdn:
      return "{0} (ISDN)";
    case Phrase::by_atm:
      return "{0} (ATM)";
    case Phrase::is_dialled:
      return "I am dialling {0}.";
    case Phrase::no_such_way:
      return "I know no way to reach {0} like that, or may not use it for you.";
    case Phrase::dialled_too_long:
      return "The minutes that may be dialled for you in one day are used up, so your call by telephone in “{0}” has "
             "ended.";
    case Phrase::by_telephone:
      return "By telephone: the number of this conference is {0}.";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
