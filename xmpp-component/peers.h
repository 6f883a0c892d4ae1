#pragma once

#include <functional>
#include <map>
#include <string>

#include "allocator/control/codec.h"
#include "allocator/links/links.h"
#include "allocator/pool/pool.h"
#include "allocator/rules/allocator.h"
#include "xmpp-component/desk.h"
#include "xmpp-component/ice_servers.h"

namespace rollcall::component {

/// The MCU workers and the other doors: translates between control messages and the allocator's events and effects.
/// Owned by the process; loop thread.
class Peers {
 public:
  struct Outside {
    std::function<void(const rules::Event&)> happens;
    std::function<model::Time()> now;
    std::function<bool()> is_online;  ///< at the XMPP server
    std::function<IceServers::Granted()> ice_servers;
    /// A candidate of the MCU's for a Jabber participant.
    std::function<void(const model::LegId&, const std::string& mid, const model::IceCandidate&)> jabber_candidate;
  };

  Peers(daemon::EventLoop& loop, pool::Pool::Settings settings, const rules::Allocator& allocator,
        const links::LinkSigner& links, Outside outside);

  void carry_out(const rules::CreateConference& effect);
  void carry_out(const rules::DestroyConference& effect);
  void carry_out(const rules::CreateLeg& effect);
  void carry_out(const rules::AnswerLeg& effect);
  void carry_out(const rules::ChangeLeg& effect);
  void carry_out(const rules::MarkMuted& effect);
  void carry_out(const rules::DestroyLeg& effect);
  // peers_orders.cpp: what people wish for a conference.
  void carry_out(const rules::UpdateConference& effect);
  void carry_out(const rules::SilenceLeg& effect);
  void carry_out(const rules::Order& effect);
  void carry_out(const rules::Record& effect);

  // peers_sip.cpp: telephones and room systems.
  void carry_out(const rules::Reach& effect);
  void carry_out(const rules::Dial& effect);

  // A guest's call at the web door, or a telephone's at the SIP door.
  void carry_out(const rules::Accept& effect);
  void carry_out(const rules::AcceptChange& effect);
  void carry_out(const rules::RefuseChange& effect);
  void carry_out(const rules::RefuseCall& effect);
  void carry_out(const rules::EndCall& effect);

  /// From a participant to the MCU that has his leg; dropped when there is none.
  void candidate_to_mcu(const model::LegId& leg, const std::string& mid, const model::IceCandidate& candidate);

 private:
  using Responders = std::map<model::LegId, control::Responder>;

  void peer_is_down(const model::PeerId& peer);
  void peer_is_up(const model::PeerId& peer, const control::Hello& hello);
  void take(const model::PeerId& peer, const control::Incoming& incoming, control::Responder responder);

  void take_from_door(const model::PeerId& peer, const control::Incoming& incoming, control::Responder responder);

  // From an MCU.
  void take_from_mcu(const model::PeerId& peer, const control::Message& message);
  void candidate_to_participant(const control::LegCandidate& candidate);

  // From a SIP door. Whether it was for the allocator.
  bool take_from_sip(const model::PeerId& peer, const control::Message& message, control::Responder& responder);
  void telephone_calls(const model::PeerId& door, const control::CallArrived& call, control::Responder responder);
  void refresh_picture(const model::LegId& leg);

  // From the web door.
  void resolve(const control::LinkResolve& question, control::Responder responder);
  void guest_calls(const model::PeerId& door, const control::CallIncoming& call, control::Responder responder);
  void guest_changes(const control::CallOffer& change, control::Responder responder);

  // peers_orders.cpp
  void order_silence(const rules::Order& order, const rules::SilenceWish& wish, std::size_t next);
  void order_picture(const rules::Order& order, const control::ConferenceUpdate& update);
  void answered(const rules::Order& order, std::optional<model::Refusal> refused);

  void tell_operator(control::Responder responder) const;

  [[nodiscard]] bool is_guest_of(const model::LegId& leg, const model::PeerId& door) const;

  const rules::Allocator& allocator_;
  const links::LinkSigner& links_;
  Outside outside_;
  std::map<model::PeerId, control::Role> roles_;
  Responders joining_;   ///< guests who wait for the answer to their offer
  Responders changing_;  ///< guests who wait for the answer to a changed one
  Desk desk_;
  pool::Pool pool_;
};

}  // namespace rollcall::component
