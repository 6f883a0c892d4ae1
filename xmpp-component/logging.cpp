#include "xmpp-component/logging.h"

#include <variant>

#include "daemon/log.h"

namespace rollcall::component {
namespace {

namespace event = daemon::event;
namespace log = daemon::log;

struct EffectLog {
  void operator()(const rules::Tell& effect) const {
    if (effect.sentence.phrase != model::Phrase::invitation) return;
    log::info(event::invitation_sent, {{"conference", effect.conference.text()}, {"to", effect.person.text()}});
  }
  void operator()(const rules::Decline& effect) const {
    log::info(event::request_declined, {{"reason", to_text(effect.refusal.reason)}});
  }
  void operator()(const rules::CreateConference& effect) const {
    log::info(event::conference_placed, {{"conference", effect.conference.text()}, {"mcu", effect.mcu.text()}});
  }
  void operator()(const rules::Withdraw& effect) const {
    log::info(event::conference_withdrawn, {{"conference", effect.conference.text()}});
  }
  void operator()(const rules::Accept& effect) const {
    log::info(event::call_accepted, {{"leg", effect.call.leg.text()}});
  }
  void operator()(const rules::RefuseCall& effect) const {
    log::info(event::call_refused, {{"leg", effect.call.leg.text()}, {"reason", to_text(effect.refusal.reason)}});
  }
  void operator()(const rules::EndCall& effect) const {
    log::info(event::call_ended, {{"leg", effect.call.leg.text()}, {"reason", to_text(effect.reason)}});
  }
  template <class Other>
  void operator()(const Other& /*effect*/) const {}
};

}  // namespace

void log_effect(const rules::Effect& effect) {
  std::visit(EffectLog{}, effect);
}

void log_roster_decision(const std::string& server, bool writes, const std::string& sentence) {
  if (writes) return log::info(event::roster_granted, {{"server", server}, {"detail", sentence}});
  log::warning(event::roster_refused, {{"server", server}, {"detail", sentence}});
}

void log_stream_state(stream::StreamState state, const std::string& sentence) {
  using stream::StreamState;
  switch (state) {
    case StreamState::connecting:
      return log::debug(event::xmpp_connecting, {{"detail", sentence}});
    case StreamState::online:
      return log::info(event::xmpp_online, {{"detail", sentence}});
    case StreamState::waiting:
      return log::warning(event::xmpp_waiting, {{"detail", sentence}});
    case StreamState::refused:
      return log::error(event::xmpp_refused, {{"detail", sentence}});
    case StreamState::standby:
      return log::warning(event::xmpp_standby, {{"detail", sentence}});
    case StreamState::closed:
      return log::info(event::xmpp_closed, {{"detail", sentence}});
  }
}

}  // namespace rollcall::component
