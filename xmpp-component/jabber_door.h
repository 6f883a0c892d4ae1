#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "allocator/rules/effect.h"
#include "allocator/rules/event.h"
#include "xmpp-component/jingle/calls.h"

namespace rollcall::component {

namespace stream {
class IqRequest;
}

/// The door for Jabber clients: translates between their Jingle sessions and the allocator's events and effects. Owned
/// by the process; loop thread.
class JabberDoor {
 public:
  struct Outside {
    std::function<void(const gloox::Tag&)> send;
    /// An iq of ours whose answer matters.
    std::function<void(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag& answer)> answered)> ask;
    std::function<void(const rules::Event&)> happens;
    std::function<bool(const model::ConferenceId&)> exists;
    /// A trickled candidate for the MCU.
    std::function<void(const model::LegId&, const std::string& mid, const model::IceCandidate&)> candidate;
    /// The contact's presence to one device, which may not have it in its roster (JC-9).
    std::function<void(const model::ConferenceId&, const model::Address& device)> show_presence;
    /// A sentence from the contact, for people.
    std::function<void(const model::ConferenceId&, const model::Address& person, const model::Refusal&)> explain;
  };

  explicit JabberDoor(Outside outside);

  /// Whether this is about a call; then it has been dealt with.
  bool take_message(const gloox::Tag& message);
  bool take_iq(stream::IqRequest& request);
  void time_passed();

  /// Carries on a call that an earlier process had. False: its signalling cannot be read.
  bool restore(const model::Participant& participant);
  /// What restore() will need.
  [[nodiscard]] std::string signalling(const model::LegId& leg) const { return calls_.signalling(leg); }

  void carry_out(const rules::Admit& effect);
  void carry_out(const rules::Accept& effect);
  void carry_out(const rules::AcceptChange& effect);
  void carry_out(const rules::RefuseChange& effect);
  void carry_out(const rules::RefuseCall& effect);
  void carry_out(const rules::EndCall& effect);
  void add_candidate(const model::LegId& leg, const std::string& mid, const model::IceCandidate& candidate);

 private:
  struct Caller {
    model::Address address;
    model::ConferenceId conference;
  };

  /// Nobody is there to take the call, so it is no call at all (RFC 6120 §8.3.3.7).
  bool turn_away(stream::IqRequest& request);
  void perform(jingle::Outcome outcome);
  void send(jingle::Stanza stanza);
  void tell(const jingle::Event& event);

  Outside outside_;
  jingle::Calls calls_;
  std::map<model::LegId, Caller> callers_;
};

}  // namespace rollcall::component
