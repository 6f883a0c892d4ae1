// The members of the messages between the allocator and an MCU, with their bounds. Inside this room only.
#pragma once

#include <array>

#include "allocator/control/mcu_messages.h"
#include "allocator/control/media_fields.h"

namespace rollcall::control {

template <>
inline constexpr std::array spellings<LayoutChoice>{
    Spelling{LayoutChoice::automatic, "auto"},
    Spelling{LayoutChoice::grid, "grid"},
    Spelling{LayoutChoice::speaker, "speaker"},
    Spelling{LayoutChoice::spotlight, "spotlight"},
    Spelling{LayoutChoice::presentation, "presentation"},
};

inline constexpr Bounds units{0, 1000000};
inline constexpr Bounds many{0, 4096};
inline constexpr Bounds person{0, 1024};
inline constexpr Bounds share{0, 1};
inline constexpr Bounds milliseconds{0, 3600000};
inline constexpr Bounds cores{0, 4096};

/// A Refusal's reason is spelled by the model, so it is read and written by way of a text.
template <class V>
void describe_reason(V& v, typename V::template Ref<model::Reason> reason) {
  if constexpr (std::is_same_v<V, JsonReader>) {
    std::string text(model::to_text(reason));
    v.required("reason", text, name_text);
    const auto known = model::reason_from_text(text);
    v.check(known.has_value(), "reason", "not a known word");
    if (known) reason = *known;
  } else {
    v.required("reason", std::string(model::to_text(reason)));
  }
}

/// A leg, or with an empty id explicitly none.
template <class V>
void describe_choice(V& v, const char* key, typename V::template Ref<std::optional<LegId>> leg) {
  if constexpr (std::is_same_v<V, JsonReader>) {
    std::optional<std::string> text;
    v.optional(key, text, {0, id_text.most});
    if (text) leg = LegId(std::move(*text));
  } else if (leg) {
    v.required(key, leg->text());
  }
}

template <class V>
void describe(V& v, typename V::template Ref<ConferenceCreate> c) {
  v.required("conference", c.conference);
  v.required("title", c.title, any_text);
}

template <class V>
void describe(V& v, typename V::template Ref<ConferenceUpdate> c) {
  v.required("conference", c.conference);
  v.optional("title", c.title, any_text);
  v.optional("layout", c.layout);
  describe_choice(v, "spotlight", c.spotlight);
  describe_choice(v, "presentation", c.presentation);
}

template <class V>
void describe(V& v, typename V::template Ref<ConferenceDestroy> c) {
  v.required("conference", c.conference);
}

template <class V>
void describe(V& v, typename V::template Ref<IceServer> s) {
  v.required("ip", s.ip, name_text);
  v.optional("port", s.port, port_number);
  v.optional("user", s.user, any_text);
  v.optional("password", s.password, any_text);
}

template <class V>
void describe(V& v, typename V::template Ref<LegCreate> c) {
  v.required("conference", c.conference);
  v.required("leg", c.leg);
  v.required("name", c.name, person);
  v.optional("profile", c.profile);
  v.optional("offer", c.offer);
  v.optional("stun", c.stun);
  v.optional("turn", c.turn);
}

template <class V>
void describe(V& v, typename V::template Ref<LegCreate::Result> r) {
  v.required("description", r.description);
}

template <class V>
void describe(V& v, typename V::template Ref<LegAnswer> a) {
  v.required("leg", a.leg);
  v.required("description", a.description);
}

template <class V>
void describe(V& v, typename V::template Ref<LegChange> c) {
  v.required("leg", c.leg);
  v.required("offer", c.offer);
}

template <class V>
void describe(V& v, typename V::template Ref<LegChange::Result> r) {
  v.required("description", r.description);
}

template <class V>
void describe(V& v, typename V::template Ref<LegUpdate> u) {
  v.required("leg", u.leg);
  v.optional("name", u.name, person);
  v.optional("audio_muted", u.audio_muted);
  v.optional("video_muted", u.video_muted);
  v.optional("muted_by_moderator", u.muted_by_moderator);
  v.optional("note", u.note, person);
}

/// Keys of a telephone.
template <class V>
void describe_digits(V& v, typename V::template Ref<std::string> digits) {
  v.required("digits", digits, {1, 64});
  v.check(digits.find_first_not_of("0123456789*#ABCD") == std::string::npos, "digits", "not the keys of a telephone");
}

template <class V>
void describe(V& v, typename V::template Ref<LegRefresh> r) {
  v.required("leg", r.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<LegDtmf> d) {
  v.required("leg", d.leg);
  describe_digits(v, d.digits);
}

template <class V>
void describe(V& v, typename V::template Ref<LegDestroy> d) {
  v.required("leg", d.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<RecordingStart> r) {
  v.required("conference", r.conference);
}

template <class V>
void describe(V& v, typename V::template Ref<RecordingStart::Result> r) {
  v.required("file", r.file, {1, 4096});
}

template <class V>
void describe(V& v, typename V::template Ref<RecordingStop> r) {
  v.required("conference", r.conference);
}

template <class V>
void describe(V& v, typename V::template Ref<LegCandidate> c) {
  v.required("leg", c.leg);
  v.required("mid", c.mid, name_text);
  v.required("candidate", c.candidate);
}

template <class V>
void describe(V& v, typename V::template Ref<LegConnected> c) {
  v.required("leg", c.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<LegEnded> e) {
  v.required("leg", e.leg);
  describe_reason(v, e.reason);
}

template <class V>
void describe(V& v, typename V::template Ref<LegHealth> h) {
  v.required("leg", h.leg);
  v.required("audio", h.audio);
  v.required("video", h.video);
  v.required("stalled", h.stalled);
  v.optional("loss", h.loss, share);
  v.optional("round_trip_ms", h.round_trip_ms, milliseconds);
  v.optional("estimate_kbit", h.estimate_kbit, kilobits);
  v.optional("send_loss", h.send_loss, share);
  v.optional("jitter_ms", h.jitter_ms, milliseconds);
  v.optional("receive_kbit", h.receive_kbit, kilobits);
  v.optional("send_kbit", h.send_kbit, kilobits);
  v.optional("relayed", h.relayed);
  v.optional("frozen_ms", h.frozen_ms, milliseconds);
  v.optional("picture_height", h.picture_height, {0, 16384});
}

template <class V>
void describe(V& v, typename V::template Ref<ConferenceSpeaker> s) {
  v.required("conference", s.conference);
  v.optional("leg", s.leg);
}

template <class V>
void describe(V& v, typename V::template Ref<RecordingChanged> r) {
  v.required("conference", r.conference);
  v.required("running", r.running);
  v.optional("file", r.file, any_text);
  v.optional("reason", r.reason, any_text);
}

template <class V>
void describe(V& v, typename V::template Ref<McuLoad> l) {
  v.required("used_units", l.used_units, units);
  v.required("capacity_units", l.capacity_units, units);
  v.optional("cores", l.cores, cores);
  v.optional("cpu", l.cpu, cores);
  v.optional("late", l.late, share);
  v.optional("shedding", l.shedding, {0, 100});
}

}  // namespace rollcall::control
