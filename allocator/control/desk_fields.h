// The members of the messages between the operator's desk and the allocator, with their bounds. Inside this room only.
#pragma once

#include <array>

#include "allocator/control/desk_messages.h"
#include "allocator/control/mcu_fields.h"

namespace rollcall::control {

template <>
inline constexpr std::array spellings<model::Door>{
    Spelling{model::Door::jabber, "jabber"},
    Spelling{model::Door::web, "web"},
    Spelling{model::Door::sip, "sip"},
};
template <>
inline constexpr std::array spellings<model::LegState>{
    Spelling{model::LegState::alerting, "alerting"},   Spelling{model::LegState::placing, "placing"},
    Spelling{model::LegState::dialled, "dialled"},     Spelling{model::LegState::answered, "answered"},
    Spelling{model::LegState::connected, "connected"},
};

inline constexpr Bounds seconds{0, 1000000000};
inline constexpr Bounds conference_count{0, 100000};

template <class V>
void describe(V& v, typename V::template Ref<DeskLeg> l) {
  v.required("leg", l.leg);
  v.required("name", l.name, person);
  v.optional("address", l.address, any_text);
  v.required("door", l.door);
  v.required("state", l.state);
  v.optional("seconds", l.seconds, seconds);
  v.optional("video", l.video);
  v.optional("audio_muted", l.audio_muted);
  v.optional("video_muted", l.video_muted);
  v.optional("health", l.health);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskConference> c) {
  v.required("conference", c.conference);
  v.required("title", c.title, any_text);
  v.optional("owner", c.owner, any_text);
  v.optional("mcu", c.mcu);
  v.optional("kept", c.kept);
  v.optional("locked", c.locked);
  v.optional("recording", c.recording);
  v.optional("legs", c.legs, many);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskMcu> m) {
  v.required("mcu", m.mcu);
  v.optional("host", m.host, short_text);
  v.required("up", m.up);
  v.optional("draining", m.draining);
  v.optional("capacity_units", m.capacity_units, units);
  v.optional("used_units", m.used_units, units);
  v.optional("load", m.load);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskOverview::Result> r) {
  v.required("conferences", r.conferences, conference_count);
  v.required("mcus", r.mcus, many);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskEnd> e) {
  v.required("conference", e.conference);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskKick> k) {
  v.required("leg", k.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<DeskDrain> d) {
  v.required("mcu", d.mcu);
  v.optional("on", d.on);
}

}  // namespace rollcall::control
