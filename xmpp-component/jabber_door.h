#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocator/rules/effect.h"
#include "allocator/rules/event.h"
#include "allocator/words/words.h"
#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/presence/devices.h"

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
    /// The contact's own address (bare).
    std::function<model::Address(const model::ConferenceId&)> contact;
    /// What is known of a person's online clients, best first.
    std::function<std::vector<presence::Device>(const model::Address& person)> devices;
    std::function<words::Language(const model::Address&)> language = [](const auto&) {
      return words::Language::english;
    };
    /// A sentence from the contact, for people.
    std::function<void(const model::ConferenceId&, const model::Address& person, const model::Refusal&)> explain;
  };

  struct Settings {
    std::chrono::seconds rings_for{30};  ///< a person's devices
    /// Devices that understand XEP-0482 and not XEP-0353 are invited by it, instead of called directly (JC-50).
    bool call_invites = false;
  };

  JabberDoor(Outside outside, const Settings& settings);

  /// Whether this is about a call; then it has been dealt with.
  bool take_message(const gloox::Tag& message);
  bool take_iq(stream::IqRequest& request);
  void time_passed();

  /// Carries on a call that an earlier process had. False: its signalling cannot be read.
  bool restore(const model::Participant& participant);
  /// What restore() will need.
  [[nodiscard]] std::string signalling(const model::LegId& leg) const { return calls_.signalling(leg); }

  void carry_out(const rules::RingPerson& effect);
  void carry_out(const rules::StopRinging& effect);
  void carry_out(const rules::Dial& effect);
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

  /// Somebody whom we ring, until he is in the call or will not be.
  struct Rung {
    model::ConferenceId conference;
    model::Address person;                       ///< bare
    model::Address device = {};                  ///< full, when he picked up
    bool video = true;                           ///< as proposed, or as the device can
    bool direct = false;                         ///< without announcement (JC-28)
    bool told = false;                           ///< the allocator knows that he picked up
    std::optional<jingle::Time> decide_by = {};  ///< while we ask what the device can do
  };

  void pick_up(const model::LegId& leg, const model::Address& device);
  void tell_picked_up(const model::LegId& leg, const presence::Abilities& abilities);
  void ask_abilities(const model::LegId& leg);
  void ring_ended(const model::LegId& leg, model::Reason reason);
  /// Nobody is there to take the call, so it is no call at all (RFC 6120 §8.3.3.7).
  bool turn_away(stream::IqRequest& request);
  [[nodiscard]] words::Language language_of(const model::LegId& leg) const;
  /// The name of the client that this device runs, as it says; empty: not known.
  [[nodiscard]] std::string client_of(const model::Address& device) const;
  void perform(jingle::Outcome outcome);
  void send(jingle::Stanza stanza);
  void tell(const jingle::Event& event);

  Outside outside_;
  bool call_invites_;
  jingle::Calls calls_;
  std::map<model::LegId, Caller> callers_;
  std::map<model::LegId, Rung> rung_;
};

}  // namespace rollcall::component
