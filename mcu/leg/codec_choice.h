// Which codec a media gets, and what an answer says about it (JC-39). Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"
#include "mcu/gst/frames.h"

namespace rollcall::mcu::leg {

constexpr const char* mid_uri = "urn:ietf:params:rtp-hdrext:sdes:mid";
constexpr const char* rid_uri = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
constexpr const char* repaired_rid_uri = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
constexpr const char* audio_level_uri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
constexpr const char* twcc_uri = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

/// A codec that we can decode and be sent in. One row in the table is all that a further codec needs.
struct KnownCodec {
  gst::Coding coding;
  model::MediaKind kind;
  const char* name;  ///< as in descriptions
  int clock_rate;
  int channels;
  int payload_type;  ///< ours, when we offer
  model::Codec (*offer)(int payload_type);
  bool telephone = false;     ///< offered only where a profile names it
  const char* elements = "";  ///< of GStreamer, without which we do not have it
};

/// In order of preference, but a peer's own order decides between VP8 and H.264; VP9 only where it has neither.
[[nodiscard]] const std::vector<KnownCodec>& known_codecs();

/// What we offer to hear about our pictures, and understand.
[[nodiscard]] const std::vector<model::Feedback>& video_feedback();

/// Forgets what this machine cannot do; returns the names. Once, before there is any leg. `has`: whether an element is
/// installed.
std::vector<std::string> forget_codecs_without(const std::function<bool(const std::string& element)>& has);

/// What one media uses, by the offer's numbers.
struct Choice {
  const KnownCodec* known = nullptr;
  model::Codec codec;               ///< feedback already intersected
  std::optional<model::Codec> rtx;  ///< retransmission of `codec` (RFC 4588)
  std::vector<model::HeaderExtension> extensions;
  std::optional<model::Codec> keys = {};  ///< a telephone's, beside its voice (RFC 4733)
  std::vector<std::string> rids = {};     ///< the layers that we take, in their order; empty: one stream
  [[nodiscard]] std::size_t layers() const { return rids.empty() ? 1 : rids.size(); }
  [[nodiscard]] bool has_feedback(const char* type, const char* parameter = "") const;
  [[nodiscard]] int extension_id(const char* uri) const;  ///< 0: not agreed
};

/// More sizes of one picture than this are not taken.
constexpr std::size_t most_layers = 3;

/// Our choice from what they list. None if we have none of it in common. `bundled`: goog-remb is not answered to peers
/// without bundle, because a rising REMB crashes Dino. `wanted`: what a profile names comes before all else, in its
/// order.
[[nodiscard]] std::optional<Choice> choose(const model::Media& theirs, bool bundled,
                                           const std::vector<std::string>& wanted = {});

/// The media that we offer; the mid is the kind's name. `telephone`: with what only telephones and gateways have.
[[nodiscard]] model::Media offered_media(model::MediaKind kind, bool bundled, bool telephone = false);

/// The keys whose clock is the voice's (RFC 4733 §2.1); some telephones have another one only.
[[nodiscard]] std::optional<model::Codec> telephone_keys(const std::vector<model::Codec>& codecs, int clock_rate);

/// As above by a profile: its codecs only, in its order; for telephones their keys too, and nothing that they do not
/// know.
[[nodiscard]] model::Media offered_media(model::MediaKind kind, const model::LegProfile& profile);

/// Our side of a media whose codec is agreed: one codec and its retransmission; without sources and transport.
[[nodiscard]] model::Media agreed_media(const std::string& mid, model::Direction ours, const Choice& choice);

/// What an answer says to an offered direction: what the other side sends, we receive.
[[nodiscard]] model::Direction mirrored(model::Direction theirs);
[[nodiscard]] bool sends(model::Direction direction);
[[nodiscard]] bool receives(model::Direction direction);

}  // namespace rollcall::mcu::leg
