#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "allocator/rules/allocator.h"
#include "allocator/rules/effect.h"
#include "xmpp-component/asking.h"
#include "xmpp-component/commands/floods.h"
#include "xmpp-component/commands/group.h"
#include "xmpp-component/muc/membership.h"
#include "xmpp-component/muc/status_line.h"
#include "xmpp-component/presence/discovery.h"

namespace rollcall::component {

/// The group chats (XEP-0045) that have a conference: takes invitations, is in them, says there how the call stands,
/// and hears what is said to us. Owned by the process; loop thread.
class GroupChats {
 public:
  struct Outside {
    std::function<void(const gloox::Tag&)> send;
    std::function<void(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag& answer)> answered)> ask;
    std::function<void(const rules::Event&)> happens;
    std::function<model::Time()> now;
    /// What is asked in a group chat goes the way of all questions.
    std::function<void(const commands::Request&, const model::Address& asker, const model::ConferenceId&, InGroup)>
        request;
    std::function<void(const InGroup&, const std::string& text)> answer;
  };

  GroupChats(const std::string& domain, const rules::Allocator& allocator, Outside outside);

  /// Whether this came from a group chat, or is an invitation to one; then it has been dealt with.
  bool take_message(const gloox::Tag& message);
  bool take_presence(const gloox::Tag& presence);

  void carry_out(const rules::EnterGroup& effect);
  void carry_out(const rules::LeaveGroup& effect);
  void carry_out(const rules::DeclineGroup& effect);
  void indicated(const model::ConferenceId& conference);
  void withdrawn(const model::ConferenceId& conference);

  /// Goes to every group chat that the allocator knows.
  void is_online();
  void is_offline();
  /// Every second.
  void time_passed();

 private:
  struct Chat {
    muc::Membership membership;
    muc::StatusLine line;
    model::Time refreshed = {};
  };
  /// In a group chat only to see who it was that invited us.
  struct Visit {
    muc::Membership membership;
    stanza::GroupInvitation invitation;
    rules::GroupInvited as_event;
    model::Time until = {};
  };

  // group_chats_invited.cpp
  void take_invitation(const stanza::GroupInvitation& invitation, const model::Address& us);
  void invited(const stanza::GroupInvitation& invitation, const model::Address& us, const std::string& title);
  void visit(const stanza::GroupInvitation& invitation, rules::GroupInvited as_event);
  void perform_visit(const model::Address& group, muc::Outcome outcome);
  void look_who_invited(const Visit& visit);
  // group_chats.cpp: coming and going
  void perform(const model::ConferenceId& conference, muc::Outcome outcome);
  void see_admin(const model::ConferenceId& conference, const stanza::GroupPresence& presence);
  void entered(const model::ConferenceId& conference, Chat& chat);
  void lost(const model::ConferenceId& conference, const std::string& why);
  void ping(const model::ConferenceId& conference, Chat& chat);
  [[nodiscard]] muc::Membership membership_for(const model::Address& us, const model::Address& group,
                                               const std::string& password) const;

  // group_chats_talk.cpp: what is said
  void hear(const model::ConferenceId& conference, Chat& chat, const gloox::Tag& message);
  void obey(const model::ConferenceId& conference, const Chat& chat, const commands::GroupWish& wish,
            const model::Address& asker, const InGroup& asking);
  void invite(const model::ConferenceId& conference, const Chat& chat, const std::optional<commands::Named>& named,
              const model::Address& asker, const InGroup& asking);
  [[nodiscard]] model::Address asker_at(const Chat& chat, const model::Address& place) const;
  [[nodiscard]] std::string help_for(const model::ConferenceId& conference, const Chat& chat,
                                     words::Language language) const;
  [[nodiscard]] std::string hidden(const model::ConferenceId& conference, words::Language language) const;
  void say(const Chat& chat, const std::string& text);
  void refresh_line(const model::ConferenceId& conference, Chat& chat);
  void say_line(const model::ConferenceId& conference, Chat& chat);

  std::string domain_;
  const rules::Allocator& allocator_;
  Outside outside_;
  presence::Discovery discovery_;
  std::map<model::ConferenceId, Chat> chats_;
  std::map<model::Address, Visit> visits_;  // by group chat
  commands::Floods invitations_;            // by who sent them
  commands::Floods talk_;                   // by group chat
  bool is_online_ = false;
};

}  // namespace rollcall::component
