// The part of a leg that turns descriptions into sessions and transports, and back.
#include <algorithm>
#include <cassert>
#include <exception>

#include "mcu/leg/description_check.h"
#include "mcu/leg/leg_body.h"

namespace rollcall::mcu::leg {
namespace {

using model::Direction;
using model::MediaDescription;
using model::MediaKind;
using model::Reason;

constexpr std::size_t most_early_candidates = 64;

bool has_source(const MediaDescription& theirs, std::uint32_t ssrc) {
  return std::any_of(theirs.media.begin(), theirs.media.end(), [ssrc](const model::Media& media) {
    return std::any_of(media.sources.begin(), media.sources.end(),
                       [ssrc](const model::Source& source) { return source.ssrc == ssrc || source.rtx_ssrc == ssrc; });
  });
}

bool has_common_codec(const MediaDescription& theirs, bool bundled) {
  return std::any_of(theirs.media.begin(), theirs.media.end(),
                     [bundled](const model::Media& media) { return choose(media, bundled).has_value(); });
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
    if (line == nullptr || !line->session) {
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
    for (auto& line : lines_) {
      if (find_media(offer, line.mid) == nullptr) {
        set_direction(line, Direction::inactive);
      }
    }
    replay_candidates();
    return describe(offer);
  } catch (const std::exception& error) {
    return model::refuse(Reason::full, error.what());
  }
}

void Leg::Body::apply_media(const model::Media& theirs, const MediaDescription& offer, bool bundled) {
  auto* line = find(theirs.mid);
  if (line == nullptr) {
    line = &lines_.emplace_back(Line{.mid = theirs.mid, .kind = theirs.kind});
    line->ssrc = new_ssrc(&offer);
    line->rtx_ssrc = new_ssrc(&offer);
  }
  if (!line->session) {
    auto choice = choose(theirs, bundled);
    if (!choice) {
      return;
    }
    line->carrier = &carrier_for(theirs, offer);
    begin_session(*line, std::move(*choice));
  }
  carry(*line, theirs);
  set_direction(*line, mirrored(theirs.direction));
  line->carrier->transport().set_remote(offer.transports[theirs.transport]);
}

void Leg::Body::begin_session(Line& line, Choice choice) {
  const auto index = static_cast<unsigned>(
      std::find_if(lines_.begin(), lines_.end(), [&](const Line& other) { return &other == &line; }) - lines_.begin());
  line.session = std::make_unique<MediaSession>(
      bin_, SendChain::Setup{index, std::move(choice), line.ssrc, line.rtx_ssrc}, session_events(line));
  const std::lock_guard lock(sending_mutex_);
  sending_.push_back(line.session.get());
}

void Leg::Body::carry(Line& line, const model::Media& theirs) {
  const auto& choice = line.session->choice();
  Demux::Media media{
      .index = static_cast<std::size_t>(
          std::find_if(lines_.begin(), lines_.end(), [&](const Line& other) { return &other == &line; }) -
          lines_.begin()),
      .mid = line.mid,
      .mid_extension = choice.extension_id(mid_uri),
      .payload_type = choice.codec.payload_type};
  if (choice.rtx) {
    media.rtx_payload_type = choice.rtx->payload_type;
  }
  if (!theirs.sources.empty() && theirs.sources.front().ssrc != 0) {
    media.ssrc = theirs.sources.front().ssrc;
    media.rtx_ssrc = theirs.sources.front().rtx_ssrc;
  }
  line.carrier->carry(media, *line.session, line.rtx_ssrc);
}

void Leg::Body::set_direction(Line& line, Direction ours) {
  const bool begins_to_send = sends(ours) && !sends(line.direction);
  line.direction = ours;
  if (line.session) {
    line.session->set_direction(ours);
  }
  if (begins_to_send && connected_ && line.kind == MediaKind::video) {
    want_key_frame();
  }
}

/// The transport of another media with the same index, or a new one.
Carrier& Leg::Body::carrier_for(const model::Media& theirs, const MediaDescription& offer) {
  for (const auto& media : offer.media) {
    const auto* line = find(media.mid);
    if (media.transport == theirs.transport && line != nullptr && line->carrier != nullptr) {
      return *line->carrier;
    }
  }
  return add_carrier(false, &offer.transports[theirs.transport]);
}

Carrier& Leg::Body::add_carrier(bool offerer, const model::Transport* theirs) {
  // The closures run on the I/O thread, and only until the carrier is closed.
  Carrier::Events events{[this] { post([](Body& body) { body.on_secured(); }); },
                         [this](Reason reason) { post([reason](Body& body) { body.on_ended(reason); }); }};
  return *carriers_.emplace_back(std::make_unique<Carrier>(io_, offerer, theirs, std::move(events)));
}

model::Expected<MediaDescription> Leg::Body::offer() {
  assert(lines_.empty());
  MediaDescription ours;
  try {
    for (const auto kind : {MediaKind::audio, MediaKind::video}) {
      if (kind == MediaKind::video && !profile_.video) {
        continue;
      }
      auto media = offered_media(kind, profile_.bundle);
      auto& line = lines_.emplace_back(Line{.mid = media.mid, .kind = kind});
      line.ssrc = new_ssrc(nullptr);
      line.rtx_ssrc = new_ssrc(nullptr);
      const bool shared = profile_.bundle && !carriers_.empty();
      line.carrier = shared ? carriers_.front().get() : &add_carrier(true, nullptr);
      media.transport = carriers_.size() - 1;
      add_source(media, line);
      ours.media.push_back(std::move(media));
    }
    for (const auto& carrier : carriers_) {
      ours.transports.push_back(carrier->transport().describe());
    }
  } catch (const std::exception& error) {
    return model::refuse(Reason::full, error.what());
  }
  return ours;
}

model::Expected<void> Leg::Body::accept(const MediaDescription& answer) {
  if (established_ || lines_.empty()) {
    return model::refuse(Reason::bad_request, "an answer without an offer");
  }
  if (auto checked = check_description(answer); !checked) {
    return checked;
  }
  if (!has_common_codec(answer, profile_.bundle)) {
    return model::refuse(Reason::no_common_codec);
  }
  try {
    for (const auto& theirs : answer.media) {
      auto* line = find(theirs.mid);
      auto choice = choose(theirs, profile_.bundle);
      if (line == nullptr || line->kind != theirs.kind || !choice) {
        continue;
      }
      begin_session(*line, std::move(*choice));
      carry(*line, theirs);
      set_direction(*line, mirrored(theirs.direction));
      line->carrier->transport().set_remote(answer.transports[theirs.transport]);
    }
  } catch (const std::exception& error) {
    return model::refuse(Reason::internal, error.what());
  }
  // A transport whose media were all refused would never come up.
  std::erase_if(carriers_, [this](const auto& carrier) {
    return std::none_of(lines_.begin(), lines_.end(),
                        [&](const Line& line) { return line.session && line.carrier == carrier.get(); });
  });
  established_ = true;
  replay_candidates();
  begin_watching();
  return {};
}

/// Mirrors the offer: the same media in the same order, on transports with the same numbers (JC-31, JC-32).
MediaDescription Leg::Body::describe(const MediaDescription& offer) {
  MediaDescription ours;
  ours.transports.resize(offer.transports.size());
  for (const auto& theirs : offer.media) {
    const auto* line = find(theirs.mid);
    ours.media.push_back(describe(*line, theirs));
    if (line->carrier != nullptr) {
      ours.transports[theirs.transport] = line->carrier->transport().describe();
    }
  }
  return ours;
}

model::Media Leg::Body::describe(const Line& line, const model::Media& theirs) const {
  if (!line.session) {
    return {.mid = line.mid, .kind = line.kind, .direction = Direction::inactive, .transport = theirs.transport};
  }
  auto ours = answered_media(theirs, line.session->choice());
  ours.direction = line.direction;
  ours.transport = theirs.transport;
  ours.rtcp_mux = theirs.rtcp_mux;
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

std::uint32_t Leg::Body::new_ssrc(const MediaDescription* theirs) const {
  while (true) {
    const auto ssrc = g_random_int();
    const bool used = std::any_of(lines_.begin(), lines_.end(),
                                  [ssrc](const Line& line) { return line.ssrc == ssrc || line.rtx_ssrc == ssrc; });
    if (ssrc != 0 && !used && (theirs == nullptr || !has_source(*theirs, ssrc))) {
      return ssrc;
    }
  }
}

Leg::Body::Line* Leg::Body::find(const std::string& mid) {
  const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const Line& line) { return line.mid == mid; });
  return found == lines_.end() ? nullptr : &*found;
}

const Leg::Body::Line* Leg::Body::find(const std::string& mid) const {
  const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const Line& line) { return line.mid == mid; });
  return found == lines_.end() ? nullptr : &*found;
}

void Leg::Body::add_candidate(const std::string& mid, const model::IceCandidate& candidate) {
  auto* line = find(mid);
  if (line != nullptr && line->session) {
    line->carrier->transport().add_candidate(candidate);
  } else if (early_.size() < most_early_candidates) {
    early_.emplace_back(mid, candidate);
  }
}

void Leg::Body::replay_candidates() {
  auto early = std::move(early_);
  early_.clear();
  for (auto& [mid, candidate] : early) {
    add_candidate(mid, candidate);
  }
}

}  // namespace rollcall::mcu::leg
