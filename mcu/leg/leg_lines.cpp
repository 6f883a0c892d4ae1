// The part of a leg that keeps its media, their sessions and their transports.
#include <algorithm>

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

}  // namespace

void Leg::Body::apply_media(const model::Media& theirs, const MediaDescription& offer, bool bundled) {
  auto* line = find(theirs.mid);
  if (line == nullptr) {
    line = &lines_.emplace_back(Line{.mid = theirs.mid, .kind = theirs.kind});
    line->ssrc = new_ssrc(&offer);
    line->rtx_ssrc = new_ssrc(&offer);
  }
  if (is_unused(theirs)) {
    set_direction(*line, Direction::inactive);
    return;
  }
  if (!line->session) {
    auto choice = choose(theirs, bundled, theirs.kind == MediaKind::audio ? profile_.sound : profile_.picture);
    if (!choice) {
      return;
    }
    if (offer.transports[theirs.transport].ice) {
      choice->keys.reset();  // who has ICE has better ways than a telephone's keys
    }
    if (line->carrier == nullptr) {
      line->carrier = &carrier_for(theirs, offer);
    }
    begin_session(*line, std::move(*choice));
  }
  carry(*line, theirs);
  set_direction(*line, mirrored(theirs.direction));
  line->carrier->transport().set_remote(offer.transports[theirs.transport]);
}

/// What the other side does not speak of any more, or not yet, rests.
void Leg::Body::rest_others(const MediaDescription& theirs) {
  for (auto& line : lines_) {
    if (find_media(theirs, line.mid) == nullptr) {
      set_direction(line, Direction::inactive);
    }
  }
}

void Leg::Body::begin_session(Line& line, Choice choice) {
  line.session = std::make_unique<MediaSession>(Outgoing::Setup{std::move(choice), line.mid, line.ssrc, line.rtx_ssrc},
                                                cname_, line.carrier->transport(), session_events(line.kind));
  if (line.kind == MediaKind::video) {
    line.session->set_wanted(asked_for());
  }
  auto& first = sending_[line.kind == MediaKind::audio ? 0 : 1];
  if (first == nullptr) {
    first = line.session.get();
  }
  io_.run([&] { sessions_.push_back(line.session.get()); });
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
  if (choice.keys) {
    media.keys_payload_type = choice.keys->payload_type;
  }
  if (!choice.rids.empty()) {
    media.rids = choice.rids;
    media.rid_extension = choice.extension_id(rid_uri);
    media.repaired_rid_extension = choice.extension_id(repaired_rid_uri);
  } else if (!theirs.sources.empty() && theirs.sources.front().ssrc != 0) {
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
    begin_with_key_frames();
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
  return *carriers_.emplace_back(std::make_unique<Carrier>(io_, offerer, theirs, std::move(events), profile_.security));
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
