// The part of a leg that turns descriptions into sessions and transports, and back.
#include <algorithm>
#include <cassert>
#include <exception>
#include <iterator>
#include <utility>

#include "mcu/leg/description_check.h"
#include "mcu/leg/leg_body.h"

namespace rollcall::mcu::leg {
namespace {

using model::Direction;
using model::MediaDescription;
using model::MediaKind;
using model::Reason;

bool has_common_codec(const MediaDescription& theirs, bool bundled) {
  return std::any_of(theirs.media.begin(), theirs.media.end(),
                     [bundled](const model::Media& media) { return choose(media, bundled).has_value(); });
}

/// A telephone answers with all that it knows, and sends what it named first (RFC 3264 §6.1).
model::Media as_answered(model::Media media) {
  const auto is_other = [first = true](const model::Codec& codec) mutable {
    const bool known = std::any_of(known_codecs().begin(), known_codecs().end(), [&](const KnownCodec& one) {
      return codec.name == one.name && codec.clock_rate == one.clock_rate;
    });
    return known && !std::exchange(first, false);
  };
  std::vector<model::Codec> kept;
  std::remove_copy_if(media.codecs.begin(), media.codecs.end(), std::back_inserter(kept), is_other);
  media.codecs = std::move(kept);
  return media;
}

}  // namespace

model::Expected<MediaDescription> Leg::Body::answer(const MediaDescription& offer) {
  if (established_ || !lines_.empty()) {
    return model::refuse(Reason::bad_request, "a second first description");
  }
  if (auto checked = check_description(offer); !checked) {
    return tl::unexpected(checked.error());
  }
  if (!has_common_codec(offer, knows_bundle(offer))) {
    return model::refuse(Reason::no_common_codec);
  }
  auto ours = apply(offer);
  if (ours) {
    established_ = true;
    begin_watching();
  }
  return ours;
}

model::Expected<MediaDescription> Leg::Body::change(const MediaDescription& offer) {
  if (!established_) {
    return model::refuse(Reason::bad_request, "a change before the first description");
  }
  auto checked = check_description(offer);
  if (checked) {
    checked = check_change(offer);
  }
  if (!checked) {
    return tl::unexpected(checked.error());
  }
  return apply(offer);
}

/// A codec stays for the leg's life; what a line is, too.
model::Expected<void> Leg::Body::check_change(const MediaDescription& offer) const {
  for (const auto& media : offer.media) {
    const auto* line = find(media.mid);
    if (line == nullptr || !line->session || is_unused(media)) {
      continue;
    }
    const auto& codec = line->session->choice().codec;
    const bool still = std::any_of(media.codecs.begin(), media.codecs.end(), [&](const model::Codec& other) {
      return other.payload_type == codec.payload_type && other.clock_rate == codec.clock_rate;
    });
    if (media.kind != line->kind || !still) {
      return model::refuse(Reason::no_common_codec, "the codec in use was taken away from '" + media.mid + "'");
    }
  }
  return {};
}

model::Expected<MediaDescription> Leg::Body::apply(const MediaDescription& offer) {
  try {
    const bool bundled = knows_bundle(offer);
    for (const auto& media : offer.media) {
      apply_media(media, offer, bundled);
    }
    rest_others(offer);
    replay_candidates();
    return describe(offer);
  } catch (const std::exception& error) {
    return model::refuse(Reason::full, error.what());
  }
}

model::Expected<MediaDescription> Leg::Body::offer() {
  try {
    return established_ ? offer_again() : offer_first();
  } catch (const std::exception& error) {
    return model::refuse(Reason::full, error.what());
  }
}

MediaDescription Leg::Body::offer_first() {
  assert(lines_.empty());
  MediaDescription ours;
  for (const auto kind : {MediaKind::audio, MediaKind::video}) {
    if (kind == MediaKind::video && !profile_.video) {
      continue;
    }
    auto media = offered_media(kind, profile_);
    auto& line = lines_.emplace_back(Line{.mid = media.mid, .kind = kind});
    line.ssrc = new_ssrc(nullptr);
    line.rtx_ssrc = new_ssrc(nullptr);
    const bool shared = profile_.bundle && !carriers_.empty();
    line.carrier = shared ? carriers_.front().get() : &add_carrier(true, nullptr);
    media.transport = carriers_.size() - 1;
    add_source(media, line);
    ours.media.push_back(std::move(media));
  }
  add_transports(ours);
  return ours;
}

MediaDescription Leg::Body::offer_again() {
  MediaDescription ours;
  for (const auto& carrier : carriers_) {
    carrier->transport().restart();
  }
  for (const auto& line : lines_) {
    model::Media media{.mid = line.mid, .kind = line.kind, .direction = Direction::inactive};
    if (line.session) {
      media = agreed_media(line.mid, line.direction, line.session->choice());
      add_source(media, line);
    }
    const auto carrier = std::find_if(carriers_.begin(), carriers_.end(),
                                      [&](const auto& candidate) { return candidate.get() == line.carrier; });
    media.transport = carrier == carriers_.end() ? 0 : static_cast<std::size_t>(carrier - carriers_.begin());
    ours.media.push_back(std::move(media));
  }
  add_transports(ours);
  return ours;
}

void Leg::Body::add_transports(MediaDescription& ours) const {
  for (const auto& carrier : carriers_) {
    ours.transports.push_back(carrier->transport().describe());
  }
}

model::Expected<void> Leg::Body::accept(const MediaDescription& answer) {
  if (lines_.empty()) {
    return model::refuse(Reason::bad_request, "an answer without an offer");
  }
  if (auto checked = check_description(answer); !checked) {
    return checked;
  }
  if (!has_common_codec(answer, profile_.bundle)) {
    return model::refuse(Reason::no_common_codec);
  }
  if (auto checked = check_change(answer); !checked) {
    return checked;
  }
  try {
    for (const auto& theirs : answer.media) {
      if (const auto* line = find(theirs.mid); line != nullptr && line->kind == theirs.kind) {
        const bool telephone = profile_.security != model::LegSecurity::ice_dtls;
        apply_media(telephone ? as_answered(theirs) : theirs, answer, profile_.bundle);
      }
    }
  } catch (const std::exception& error) {
    return model::refuse(Reason::internal, error.what());
  }
  rest_others(answer);
  replay_candidates();
  if (!std::exchange(established_, true)) {
    begin_watching();
  }
  return {};
}

/// Mirrors the offer: the same media in the same order, on transports with the same numbers (JC-31, JC-32).
MediaDescription Leg::Body::describe(const MediaDescription& offer) {
  MediaDescription ours;
  ours.transports.resize(offer.transports.size());
  for (const auto& theirs : offer.media) {
    const auto* line = find(theirs.mid);
    ours.media.push_back(describe(*line, theirs));
    if (line->session && theirs.transport < ours.transports.size() && !is_unused(theirs)) {
      ours.transports[theirs.transport] = line->carrier->transport().describe();
    }
  }
  return ours;
}

model::Media Leg::Body::describe(const Line& line, const model::Media& theirs) const {
  if (!line.session || is_unused(theirs)) {
    return {.mid = line.mid, .kind = line.kind, .direction = Direction::inactive, .transport = theirs.transport};
  }
  auto ours = agreed_media(line.mid, line.direction, line.session->choice());
  ours.transport = theirs.transport;
  ours.rtcp_mux = theirs.rtcp_mux;
  std::erase_if(ours.receive_rids, [&theirs](const std::string& rid) {
    return std::find(theirs.send_rids.begin(), theirs.send_rids.end(), rid) == theirs.send_rids.end();
  });
  add_source(ours, line);
  return ours;
}

void Leg::Body::add_source(model::Media& ours, const Line& line) const {
  model::Source source{.ssrc = line.ssrc, .cname = cname_, .stream = cname_, .track = cname_ + "-" + line.mid};
  const bool has_rtx = std::any_of(ours.codecs.begin(), ours.codecs.end(), [](const model::Codec& codec) {
    return codec.name == "rtx" || codec.name == "RTX";
  });
  if (has_rtx) {
    source.rtx_ssrc = line.rtx_ssrc;
  }
  ours.sources.push_back(std::move(source));
  if (line.kind == MediaKind::video) {
    ours.bandwidth_kbit = profile_.receive_kbit;
  }
}

}  // namespace rollcall::mcu::leg
