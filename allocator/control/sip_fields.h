// The members of the messages between the allocator and a SIP door, with their bounds. Inside this room only.
#pragma once

#include <array>

#include "allocator/control/mcu_fields.h"
#include "allocator/control/sip_messages.h"

namespace rollcall::control {

template <>
inline constexpr std::array spellings<model::CommunicationMode>{
    Spelling{model::CommunicationMode::computer, "computer"},
    Spelling{model::CommunicationMode::cellular, "cellular"},
    Spelling{model::CommunicationMode::pstn, "pstn"},
    Spelling{model::CommunicationMode::gateway, "gateway"},
    Spelling{model::CommunicationMode::video_conferencing_standard, "video_conferencing_standard"},
    Spelling{model::CommunicationMode::isdn, "isdn"},
    Spelling{model::CommunicationMode::atm, "atm"},
};

inline constexpr Bounds gateway_count{0, 64};
inline constexpr Bounds sip_status{0, 699};

template <class V>
void describe(V& v, typename V::template Ref<model::Gateway> g) {
  v.required("name", g.name, name_text);
  v.required("mode", g.mode);
  v.required("up", g.up);
  v.optional("most_calls", g.most_calls, many);
  v.optional("profile", g.profile);
  v.optional("allowed", g.allowed, {0, 256});
}

template <class V>
void describe(V& v, typename V::template Ref<CallDial> d) {
  v.required("leg", d.leg);
  v.required("gateways", d.gateways, {1, 16});
  v.required("address", d.address, name_text);
  v.optional("display", d.display, short_text);
  v.optional("kbit", d.kbit, kilobits);
  v.required("offer", d.offer);
}

template <class V>
void describe(V& v, typename V::template Ref<CallArrived> c) {
  v.required("called", c.called, name_text);
  v.optional("caller", c.caller, short_text);
  v.optional("name", c.name, short_text);
  v.optional("account", c.account, short_text);
  v.optional("gateway", c.gateway, short_text);
  v.optional("profile", c.profile);
  v.optional("offer", c.offer);
}

template <class V>
void describe(V& v, typename V::template Ref<CallArrived::Result> r) {
  v.required("leg", r.leg);
  v.required("description", r.description);
}

template <class V>
void describe(V& v, typename V::template Ref<CallRinging> r) {
  v.required("leg", r.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<CallAnswered> a) {
  v.required("leg", a.leg);
  v.required("description", a.description);
}

template <class V>
void describe(V& v, typename V::template Ref<CallFailed> f) {
  v.required("leg", f.leg);
  describe_reason(v, f.reason);
  v.optional("status", f.status, sip_status);
  v.optional("text", f.text, short_text);
}

template <class V>
void describe(V& v, typename V::template Ref<CallDtmf> d) {
  v.required("leg", d.leg);
  describe_digits(v, d.digits);
}

template <class V>
void describe(V& v, typename V::template Ref<CallRefresh> r) {
  v.required("leg", r.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<DoorGateways> g) {
  v.required("gateways", g.gateways, gateway_count);
}

}  // namespace rollcall::control
