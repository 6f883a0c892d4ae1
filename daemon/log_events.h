// The names of everything that is logged. Each is explained to the operator in schemas/log/events.md, and a test fails
// on one that is unexplained, unused or there twice. Kept in order of name.
#pragma once

namespace rollcall::daemon {

/// A named thing that happened; only the constants below exist.
struct LogEvent {
  const char* name;
};

namespace event {

inline constexpr LogEvent call_accepted{"call.accepted"};
inline constexpr LogEvent call_ended{"call.ended"};
inline constexpr LogEvent call_refused{"call.refused"};
inline constexpr LogEvent conference_ended{"conference.ended"};
inline constexpr LogEvent conference_figures{"conference.figures"};
inline constexpr LogEvent conference_not_placed{"conference.not-placed"};
inline constexpr LogEvent conference_placed{"conference.placed"};
inline constexpr LogEvent conference_started{"conference.started"};
inline constexpr LogEvent conference_withdrawn{"conference.withdrawn"};
inline constexpr LogEvent control_connected{"control.connected"};
inline constexpr LogEvent control_disconnected{"control.disconnected"};
inline constexpr LogEvent control_dropped{"control.dropped"};
inline constexpr LogEvent control_listening{"control.listening"};
inline constexpr LogEvent control_malformed{"control.malformed"};
inline constexpr LogEvent control_refused{"control.refused"};
inline constexpr LogEvent desk_acted{"desk.acted"};
inline constexpr LogEvent group_entered{"group.entered"};
inline constexpr LogEvent group_left{"group.left"};
inline constexpr LogEvent ice_granted{"ice.granted"};
inline constexpr LogEvent invitation_sent{"invitation.sent"};
inline constexpr LogEvent leg_connected{"leg.connected"};
inline constexpr LogEvent leg_created{"leg.created"};
inline constexpr LogEvent leg_ended{"leg.ended"};
inline constexpr LogEvent leg_refused{"leg.refused"};
inline constexpr LogEvent mcu_calibrated{"mcu.calibrated"};
inline constexpr LogEvent mcu_failed{"mcu.failed"};
inline constexpr LogEvent mcu_shedding{"mcu.shedding"};
inline constexpr LogEvent order_refused{"order.refused"};
inline constexpr LogEvent peer_down{"peer.down"};
inline constexpr LogEvent peer_refused{"peer.refused"};
inline constexpr LogEvent peer_up{"peer.up"};
inline constexpr LogEvent process_failed{"process.failed"};
inline constexpr LogEvent process_started{"process.started"};
inline constexpr LogEvent process_stopping{"process.stopping"};
inline constexpr LogEvent recording_ended{"recording.ended"};
inline constexpr LogEvent recording_started{"recording.started"};
inline constexpr LogEvent request_declined{"request.declined"};
inline constexpr LogEvent roster_granted{"roster.granted"};
inline constexpr LogEvent roster_refused{"roster.refused"};
inline constexpr LogEvent settings_refused{"settings.refused"};
inline constexpr LogEvent settings_reloaded{"settings.reloaded"};
inline constexpr LogEvent sip_answered{"sip.answered"};
inline constexpr LogEvent sip_arrived{"sip.arrived"};
inline constexpr LogEvent sip_dialled{"sip.dialled"};
inline constexpr LogEvent sip_ended{"sip.ended"};
inline constexpr LogEvent sip_failed{"sip.failed"};
inline constexpr LogEvent sip_listening{"sip.listening"};
inline constexpr LogEvent sip_refused{"sip.refused"};
inline constexpr LogEvent sip_registered{"sip.registered"};
inline constexpr LogEvent sip_stranger{"sip.stranger"};
inline constexpr LogEvent sip_unregistered{"sip.unregistered"};
inline constexpr LogEvent store_failed{"store.failed"};
inline constexpr LogEvent web_forsaken{"web.forsaken"};
inline constexpr LogEvent web_joined{"web.joined"};
inline constexpr LogEvent web_left{"web.left"};
inline constexpr LogEvent web_limited{"web.limited"};
inline constexpr LogEvent web_listening{"web.listening"};
inline constexpr LogEvent web_refused{"web.refused"};
inline constexpr LogEvent worker_ended{"worker.ended"};
inline constexpr LogEvent worker_started{"worker.started"};
inline constexpr LogEvent xmpp_closed{"xmpp.closed"};
inline constexpr LogEvent xmpp_connecting{"xmpp.connecting"};
inline constexpr LogEvent xmpp_online{"xmpp.online"};
inline constexpr LogEvent xmpp_refused{"xmpp.refused"};
inline constexpr LogEvent xmpp_standby{"xmpp.standby"};
inline constexpr LogEvent xmpp_waiting{"xmpp.waiting"};

}  // namespace event
}  // namespace rollcall::daemon
