#pragma once

#include <deque>
#include <functional>

#include "allocator/links/links.h"
#include "allocator/rules/allocator.h"
#include "allocator/store/store.h"
#include "daemon/event_loop.h"
#include "daemon/settings.h"
#include "xmpp-component/contacts.h"
#include "xmpp-component/correspondence.h"
#include "xmpp-component/group_chats.h"
#include "xmpp-component/ice_servers.h"
#include "xmpp-component/jabber_door.h"
#include "xmpp-component/mode_directory.h"
#include "xmpp-component/name_lookups.h"
#include "xmpp-component/peers.h"
#include "xmpp-component/stream/stream.h"

namespace rollcall::component {

/// The `rollcall` process: owns every part and connects them. What happens anywhere becomes an event for the
/// allocator, and each effect of its decision goes to the one part that carries it out. Owned by main(); loop thread.
class Process {
 public:
  /// Opens the store and loads it; throws store::StoreError.
  Process(daemon::EventLoop& loop, const daemon::Settings& settings);

  /// Dials the XMPP server and waits for MCUs and doors.
  void start();
  /// What the operator may change while we run (SIGHUP).
  void reload(const daemon::Settings& settings);
  /// Closes the stream, then calls `done`. Calls go on: the MCUs keep mixing, and the next start carries the sessions
  /// on.
  void stop(std::function<void()> done);

 private:
  void happens(const rules::Event& event);
  void carry_out(rules::Decision decision);
  void carry_out_all(const std::vector<rules::Effect>& effects);
  void write(rules::Decision decision);

  // One line per effect: who carries it out.
  void carry_out(const rules::Reply& effect) { correspondence_.carry_out(effect); }
  void carry_out(const rules::Decline& effect) { correspondence_.carry_out(effect); }
  void carry_out(const rules::AskBack& effect) { correspondence_.carry_out(effect); }
  void carry_out(const rules::Relay& effect) { correspondence_.carry_out(effect); }
  void carry_out(const rules::Tell& effect) { correspondence_.carry_out(effect); }
  void carry_out(const rules::Introduce& effect) { contacts_.carry_out(effect); }
  void carry_out(const rules::Indicate& effect) {
    contacts_.carry_out(effect);
    group_chats_.indicated(effect.conference);
  }
  void carry_out(const rules::Withdraw& effect) {
    group_chats_.withdrawn(effect.conference);
    contacts_.carry_out(effect);
  }
  void carry_out(const rules::EnterGroup& effect) { group_chats_.carry_out(effect); }
  void carry_out(const rules::LeaveGroup& effect) { group_chats_.carry_out(effect); }
  void carry_out(const rules::DeclineGroup& effect) { group_chats_.carry_out(effect); }
  void carry_out(const rules::Dismiss& effect) { contacts_.carry_out(effect); }
  void carry_out(const rules::CreateConference& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::DestroyConference& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::CreateLeg& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::AnswerLeg& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::ChangeLeg& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::MarkMuted& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::UpdateConference& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::SilenceLeg& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::Order& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::Record& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::DestroyLeg& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::RingPerson& effect) { jabber_.carry_out(effect); }
  void carry_out(const rules::StopRinging& effect) { jabber_.carry_out(effect); }
  void carry_out(const rules::PublishModes& effect) { modes_.carry_out(effect); }
  void carry_out(const rules::Reach& effect) { peers_.carry_out(effect); }
  void carry_out(const rules::Dial& effect) {
    if (effect.call.door == model::Door::jabber) return jabber_.carry_out(effect);
    peers_.carry_out(effect);
  }
  void carry_out(const rules::Admit& effect) { jabber_.carry_out(effect); }
  void carry_out(const rules::Accept& effect) { to_door(effect); }
  void carry_out(const rules::AcceptChange& effect) { to_door(effect); }
  void carry_out(const rules::RefuseChange& effect) { to_door(effect); }
  void carry_out(const rules::RefuseCall& effect) { to_door(effect); }
  void carry_out(const rules::EndCall& effect) { to_door(effect); }

  template <class DoorEffect>
  void to_door(const DoorEffect& effect) {
    switch (effect.call.door) {
      case model::Door::jabber:
        return jabber_.carry_out(effect);
      case model::Door::web:
      case model::Door::sip:
        return peers_.carry_out(effect);
    }
  }

  void stream_is(stream::StreamState state, const std::string& sentence);
  void take_stanza(const gloox::Tag& stanza);
  void take_iq(stream::IqRequest request);
  void ask(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag&)> answered);
  void carry_on_calls();
  void time_passed();

  daemon::EventLoop& loop_;
  links::LinkSigner links_;
  store::Store store_;
  rules::Allocator allocator_;
  std::deque<rules::Event> events_;
  bool is_deciding_ = false;
  std::function<void()> stopped_;

  stream::Stream stream_;
  Contacts contacts_;
  Correspondence correspondence_;
  GroupChats group_chats_;
  ModeDirectory modes_;
  JabberDoor jabber_;
  IceServers ice_servers_;
  NameLookups name_lookups_;
  Peers peers_;
  daemon::EventLoop::Registration second_;
  daemon::EventLoop::Registration tick_;
};

}  // namespace rollcall::component
