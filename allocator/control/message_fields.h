// Every message's members in JSON, with their bounds. Inside this room only.
#pragma once

#include <array>

#include "allocator/control/desk_fields.h"
#include "allocator/control/mcu_fields.h"
#include "allocator/control/messages.h"
#include "allocator/control/sip_fields.h"

namespace rollcall::control {

template <>
inline constexpr std::array spellings<Role>{
    Spelling{Role::mcu, "mcu"},
    Spelling{Role::web, "web"},
    Spelling{Role::sip, "sip"},
    Spelling{Role::operator_desk, "operator"},
};

inline constexpr Bounds version_number{0, 65535};

template <class V>
void describe(V& v, typename V::template Ref<ProtocolVersion> p) {
  v.required("major", p.major, version_number);
  v.required("minor", p.minor, version_number);
}

template <class V>
void describe(V& v, typename V::template Ref<HeldConference> h) {
  v.required("conference", h.conference);
  v.optional("legs", h.legs, many);
}

template <class V>
void describe(V& v, typename V::template Ref<UnitCosts> c) {
  v.required("conference", c.conference, units);
  v.required("encoder", c.encoder, units);
  v.required("video_leg", c.video_leg, units);
  v.required("audio_leg", c.audio_leg, units);
}

template <class V>
void describe(V& v, typename V::template Ref<Hello> h) {
  v.required("protocol", h.protocol);
  v.required("role", h.role);
  v.required("name", h.name, name_text);
  v.optional("version", h.version, short_text);
  v.optional("capacity_units", h.capacity_units, units);
  v.optional("conferences", h.conferences, many);
  v.optional("calls", h.calls, many);
  v.optional("host", h.host, short_text);
  v.optional("costs", h.costs);
  v.optional("gateways", h.gateways, gateway_count);
}

template <class V>
void describe(V& v, typename V::template Ref<Hello::Result> r) {
  v.required("protocol", r.protocol);
  v.required("name", r.name, name_text);
}

template <class V>
void describe(V& v, typename V::template Ref<LinkResolve> l) {
  v.required("link", l.link, {1, 4096});
}

template <class V>
void describe(V& v, typename V::template Ref<LinkResolve::Result> r) {
  v.required("conference", r.conference);
  v.required("title", r.title, any_text);
  v.required("running", r.running);
  v.optional("people", r.people, many);
}

template <class V>
void describe(V& v, typename V::template Ref<CallIncoming> c) {
  v.required("link", c.link, {1, 4096});
  v.required("name", c.name, person);
  v.required("offer", c.offer);
}

template <class V>
void describe(V& v, typename V::template Ref<CallIncoming::Result> r) {
  v.required("leg", r.leg);
  v.required("description", r.description);
}

template <class V>
void describe(V& v, typename V::template Ref<CallOffer> c) {
  v.required("leg", c.leg);
  v.required("offer", c.offer);
}

template <class V>
void describe(V& v, typename V::template Ref<CallOffer::Result> r) {
  v.required("description", r.description);
}

template <class V>
void describe(V& v, typename V::template Ref<CallCandidate> c) {
  v.required("leg", c.leg);
  v.required("mid", c.mid, name_text);
  v.required("candidate", c.candidate);
}

template <class V>
void describe(V& v, typename V::template Ref<CallMute> m) {
  v.required("leg", m.leg);
  v.required("audio_muted", m.audio_muted);
  v.required("video_muted", m.video_muted);
}

template <class V>
void describe(V& v, typename V::template Ref<CallHangup> h) {
  v.required("leg", h.leg);
  describe_reason(v, h.reason);
}

template <class V>
void describe(V& v, typename V::template Ref<CallMessage> m) {
  v.required("leg", m.leg);
  v.required("text", m.text, any_text);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskPeer> p) {
  v.required("name", p.name, name_text);
  v.required("role", p.role);
  v.optional("version", p.version, short_text);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskStatus::Result> r) {
  v.required("xmpp_connected", r.xmpp_connected);
  v.optional("peers", r.peers, many);
  v.required("conferences", r.conferences, many);
  v.required("calls", r.calls, many);
}

}  // namespace rollcall::control
