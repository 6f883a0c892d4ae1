// The media description's members in JSON, with their bounds. Inside this room only.
#pragma once

#include <array>

#include "allocator/control/json_fields.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"

namespace rollcall::control {

template <>
inline constexpr std::array spellings<model::MediaKind>{
    Spelling{model::MediaKind::audio, "audio"},
    Spelling{model::MediaKind::video, "video"},
};
template <>
inline constexpr std::array spellings<model::Direction>{
    Spelling{model::Direction::sendrecv, "sendrecv"},
    Spelling{model::Direction::sendonly, "sendonly"},
    Spelling{model::Direction::recvonly, "recvonly"},
    Spelling{model::Direction::inactive, "inactive"},
};
template <>
inline constexpr std::array spellings<model::CandidateType>{
    Spelling{model::CandidateType::host, "host"},
    Spelling{model::CandidateType::server_reflexive, "srflx"},
    Spelling{model::CandidateType::peer_reflexive, "prflx"},
    Spelling{model::CandidateType::relayed, "relay"},
};
template <>
inline constexpr std::array spellings<model::DtlsSetup>{
    Spelling{model::DtlsSetup::actpass, "actpass"},
    Spelling{model::DtlsSetup::active, "active"},
    Spelling{model::DtlsSetup::passive, "passive"},
};

template <>
inline constexpr std::array spellings<model::LegSecurity>{
    Spelling{model::LegSecurity::ice_dtls, "ice-dtls"},
    Spelling{model::LegSecurity::sdes, "sdes"},
    Spelling{model::LegSecurity::plain, "plain"},
};

inline constexpr Bounds port_number{1, 65535};
inline constexpr Bounds any_32_bits{0, 4294967295.0};
inline constexpr Bounds kilobits{0, 1000000};
inline constexpr Bounds short_text{0, 256};
inline constexpr Bounds name_text{1, 256};

template <class V>
void describe(V& v, typename V::template Ref<model::Feedback> f) {
  v.required("type", f.type, name_text);
  v.optional("parameter", f.parameter, short_text);
}

template <class V>
void describe(V& v, typename V::template Ref<model::Codec> c) {
  v.required("payload_type", c.payload_type, {0, 127});
  v.required("name", c.name, name_text);
  v.required("clock_rate", c.clock_rate, {1, 1000000});
  v.optional("channels", c.channels, {1, 8});
  v.optional("parameters", c.parameters, {0, 64});
  v.optional("feedback", c.feedback, {0, 16});
}

template <class V>
void describe(V& v, typename V::template Ref<model::HeaderExtension> h) {
  v.required("id", h.id, {1, 255});
  v.required("uri", h.uri, {1, 1024});
}

template <class V>
void describe(V& v, typename V::template Ref<model::Source> s) {
  v.required("ssrc", s.ssrc, any_32_bits);
  v.optional("rtx_ssrc", s.rtx_ssrc, any_32_bits);
  v.optional("cname", s.cname, short_text);
  v.optional("stream", s.stream, short_text);
  v.optional("track", s.track, short_text);
}

template <class V>
void describe(V& v, typename V::template Ref<model::Media> m) {
  v.required("mid", m.mid, name_text);
  v.required("kind", m.kind);
  v.required("direction", m.direction);
  v.required("codecs", m.codecs, {0, 64});
  v.optional("header_extensions", m.header_extensions, {0, 64});
  v.optional("sources", m.sources, {0, 64});
  v.optional("rtcp_mux", m.rtcp_mux);
  v.required("transport", m.transport, {0, 15});
  v.optional("bandwidth_kbit", m.bandwidth_kbit, kilobits);
  v.optional("send_rids", m.send_rids, {0, 8});
  v.optional("receive_rids", m.receive_rids, {0, 8});
}

template <class V>
void describe(V& v, typename V::template Ref<model::IceCandidate> c) {
  v.required("foundation", c.foundation, name_text);
  v.required("component", c.component, {1, 256});
  v.required("priority", c.priority, any_32_bits);
  v.required("ip", c.ip, name_text);
  v.required("port", c.port, port_number);
  v.required("type", c.type);
  v.optional("related_ip", c.related_ip, short_text);
  v.optional("related_port", c.related_port, {0, 65535});
  v.optional("generation", c.generation, {0, 1000000});
}

template <class V>
void describe(V& v, typename V::template Ref<model::IceParameters> i) {
  v.required("ufrag", i.ufrag, name_text);
  v.required("password", i.password, name_text);
  v.optional("candidates", i.candidates, {0, 128});
}

template <class V>
void describe(V& v, typename V::template Ref<model::DtlsParameters> d) {
  v.required("hash", d.hash, name_text);
  v.required("fingerprint", d.fingerprint, name_text);
  v.required("setup", d.setup);
}

template <class V>
void describe(V& v, typename V::template Ref<model::SdesParameters> s) {
  v.required("tag", s.tag, {0, 999999999});
  v.required("suite", s.suite, name_text);
  v.required("key", s.key, name_text);
}

template <class V>
void describe(V& v, typename V::template Ref<model::MediaAddress> a) {
  v.required("ip", a.ip, name_text);
  v.required("rtp_port", a.rtp_port, port_number);
  v.required("rtcp_port", a.rtcp_port, port_number);
}

template <class V>
void describe(V& v, typename V::template Ref<model::Transport> t) {
  v.optional("ice", t.ice);
  v.optional("address", t.address);
  v.optional("dtls", t.dtls);
  v.optional("sdes", t.sdes, {0, 16});
  v.optional("plain", t.plain);
}

template <class V>
void describe(V& v, typename V::template Ref<model::MediaDescription> d) {
  v.required("transports", d.transports, {0, 16});
  v.required("media", d.media, {0, 16});
  for (const auto& media : d.media) {
    v.check(media.transport < d.transports.size(), "media", "names a transport that is not there");
  }
}

template <class V>
void describe(V& v, typename V::template Ref<model::LegProfile> p) {
  v.optional("bundle", p.bundle);
  v.optional("video", p.video);
  v.optional("video_kbit", p.video_kbit, kilobits);
  v.optional("receive_kbit", p.receive_kbit, kilobits);
  v.optional("security", p.security);
  v.optional("sound", p.sound, {0, 32});
  v.optional("picture", p.picture, {0, 32});
}

}  // namespace rollcall::control
