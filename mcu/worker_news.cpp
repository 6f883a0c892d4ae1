// What a conference says by itself, to the allocator.
#include "daemon/log.h"
#include "mcu/worker.h"

namespace rollcall::mcu {

using model::ConferenceId;
using model::LegId;
using model::Reason;
namespace event = daemon::event;
namespace log = daemon::log;

conference::Conference::Callbacks Worker::callbacks_for(const ConferenceId& id) {
  return {[this, id](const LegId& leg) {
            log::info(event::leg_connected, {{"conference", id.text()}, {"leg", leg.text()}});
            tell_(control::LegConnected{leg});
          },
          [this, id](const LegId& leg, Reason reason) {
            log::info(event::leg_ended,
                      {{"conference", id.text()}, {"leg", leg.text()}, {"reason", model::to_text(reason)}});
            sound_only_.erase(leg);
            tell_(control::LegEnded{leg, reason});
            tell_load(false);
          },
          [this](const LegId& leg, const leg::Health& health) {
            tell_(control::LegHealth{.leg = leg,
                                     .audio = health.audio,
                                     .video = health.video,
                                     .stalled = health.stalled,
                                     .loss = health.loss,
                                     .round_trip_ms = health.round_trip_ms,
                                     .estimate_kbit = health.estimate_kbit,
                                     .send_loss = health.send_loss,
                                     .jitter_ms = health.jitter_ms,
                                     .receive_kbit = health.receive_kbit,
                                     .send_kbit = health.send_kbit,
                                     .relayed = health.relayed,
                                     .frozen_ms = health.frozen_ms,
                                     .picture_height = health.picture_height});
          },
          [this, id](const std::optional<LegId>& leg) {
            tell_(control::ConferenceSpeaker{id, leg});
          },
          [id](const std::string& text) {
            log::error(event::mcu_failed, {{"conference", id.text()}, {"error", text}});
          },
          [this, id](const std::string& file, const std::string& reason) {
            log::warning(event::recording_ended, {{"conference", id.text()}, {"file", file}, {"reason", reason}});
            tell_(control::RecordingChanged{id, false, file, reason});
          },
          [this](const LegId& leg, char key) {
            tell_(control::LegDtmf{leg, std::string(1, key)});
          }};
}

}  // namespace rollcall::mcu
