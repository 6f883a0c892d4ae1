#include "mcu/leg/leg_body.h"

#include <algorithm>
#include <random>

namespace rollcall::mcu::leg {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using model::MediaKind;

constexpr auto look_interval = 1s;
/// A burst of requests from one peer is one wish.
constexpr auto key_wish_interval = 200ms;
constexpr auto key_frame_again = 500ms;
/// More than this has crashed clients that know no bundle.
constexpr int most_kbit_without_bundle = 500;

std::size_t place_of(MediaKind kind) {
  return kind == MediaKind::audio ? 0 : 1;
}

}  // namespace

Leg::Body::Body(model::LegId id, model::LegProfile profile, transport::IoContext& io, Post post, Sinks sinks,
                Callbacks callbacks)
    : id_(std::move(id)),
      profile_(profile),
      io_(io),
      post_(std::move(post)),
      sinks_(std::move(sinks)),
      callbacks_(std::move(callbacks)),
      cname_("rollcall-" + std::to_string(std::random_device()())),
      alive_(std::make_shared<Body*>(this)),
      wanted_(Wanted{0, profile.receive_kbit}),
      tick_(io, [this](Clock::time_point now) { on_tick(now); }) {}

Leg::Body::~Body() {
  *alive_ = nullptr;
  tick_ = {};
  for (const auto& carrier : carriers_) {
    carrier->close();
  }
  lines_.clear();
}

void Leg::Body::post(std::function<void(Body&)> task) {
  post_([alive = alive_, task = std::move(task)] {
    if (*alive != nullptr) {
      task(**alive);
    }
  });
}

MediaSession::Events Leg::Body::session_events(MediaKind kind) {
  MediaSession::Events events;
  events.sinks = {[this](gst::SamplePtr picture) {
                    if (sinks_.picture) {
                      sinks_.picture(std::move(picture));
                    }
                  },
                  [this](const gst::SoundPacket& packet) {
                    if (sinks_.sound) {
                      sinks_.sound(packet);
                    }
                  }};
  events.sinks.key = [this](char key) {
    post([key](Body& body) {
      if (body.callbacks_.key) {
        body.callbacks_.key(key);
      }
    });
  };
  if (kind == MediaKind::video) {
    events.key_frame_wanted = [this] { want_key_frame(); };
  }
  return events;
}

void Leg::Body::want_key_frame() {
  const auto now = Clock::now().time_since_epoch();
  auto last = last_key_wish_.load();
  if (now - Clock::duration(last) < key_wish_interval || !last_key_wish_.compare_exchange_strong(last, now.count())) {
    return;
  }
  if (sinks_.key_frame_wanted) {
    sinks_.key_frame_wanted();
  }
}

void Leg::Body::begin_watching() {
  health_.emplace(HealthWatch::Limits{io_.options().connect_deadline, io_.options().silence_limit}, Clock::now());
}

/// The peer gets a key frame at once, and another one soon after: while its DTLS stack is still setting up the keys of
/// SRTP it drops what comes, and Dino asks for the key frame it has missed only 1 to 3 s later.
void Leg::Body::begin_with_key_frames() {
  want_key_frame();
  key_frame_again_ = (Clock::now() + key_frame_again).time_since_epoch().count();
}

void Leg::Body::on_tick(Clock::time_point now) {
  if (is_connected_) {
    for (auto* session : sessions_) {
      session->tick(now);
    }
  }
  if (const auto due = key_frame_again_.load(); due != 0 && now.time_since_epoch().count() >= due) {
    key_frame_again_ = 0;
    want_key_frame();
  }
  if (now >= next_look_) {
    next_look_ = now + look_interval;
    post([seen = look(now)](Body& body) { body.judge(seen); });
  }
}

HealthWatch::Seen Leg::Body::look(Clock::time_point now) const {
  HealthWatch::Seen seen{.now = now, .connected = is_connected_};
  for (auto* session : sessions_) {
    const auto statistics = session->statistics();
    const bool sound = session->choice().known->kind == MediaKind::audio;
    (sound ? seen.last_sound : seen.last_picture) =
        std::max(sound ? seen.last_sound : seen.last_picture, statistics.last_media);
    seen.received += statistics.received;
    seen.received_octets += statistics.received_octets;
    seen.lost += statistics.lost;
    seen.sent_octets += statistics.sent.octets;
    seen.jitter = std::max(seen.jitter, statistics.jitter);
    seen.undecodable = seen.undecodable || statistics.given_up;
    seen.send_loss = std::max(seen.send_loss, statistics.sent.loss);
    if (!sound) {
      seen.picture_height = std::max(seen.picture_height, statistics.height);
      seen.picture_due = seen.picture_due || statistics.due;
      seen.estimate_kbit = static_cast<int>(statistics.sent.estimate_kbit);
    }
    if (statistics.sent.round_trip) {
      // Less than a millisecond is not "unknown".
      const auto round_trip = std::chrono::duration_cast<std::chrono::milliseconds>(*statistics.sent.round_trip);
      seen.round_trip_ms = std::max({1, seen.round_trip_ms, static_cast<int>(round_trip.count())});
    }
  }
  return seen;
}

void Leg::Body::judge(const HealthWatch::Seen& media) {
  if (ended_ || !health_) {
    return;
  }
  auto seen = media;
  seen.held = std::none_of(lines_.begin(), lines_.end(), [](const Line& line) {
    return line.session && line.direction == model::Direction::sendrecv;
  });
  for (const auto& carrier : carriers_) {
    seen.last_packet = std::max(seen.last_packet, carrier->transport().last_packet());
    if (carrier->is_used()) {
      seen.lost_since = std::max(seen.lost_since, carrier->transport().lost_since());
    }
    seen.relayed = seen.relayed || carrier->transport().is_relayed();
  }
  const auto verdict = health_->look(seen);
  if (verdict.over) {
    on_ended(*verdict.over);
  } else if (verdict.health && callbacks_.health) {
    callbacks_.health(*verdict.health);
  }
}

std::optional<Wanted> Leg::Body::asked_for() const {
  auto wanted = wanted_;
  if (wanted && !profile_.bundle) {
    wanted->kbit = std::min(wanted->kbit, most_kbit_without_bundle);
  }
  return wanted;
}

void Leg::Body::set_wanted(std::optional<Wanted> wanted) {
  wanted_ = wanted;
  for (const auto& line : lines_) {
    if (line.session && line.kind == MediaKind::video) {
      line.session->set_wanted(asked_for());
    }
  }
}

void Leg::Body::on_secured() {
  const bool all = std::all_of(carriers_.begin(), carriers_.end(), [](const auto& carrier) {
    return !carrier->is_used() || carrier->transport().is_secured();
  });
  if (!all || ended_) {
    return;
  }
  is_connected_ = true;
  begin_with_key_frames();
  if (!std::exchange(connected_, true) && callbacks_.connected) {
    callbacks_.connected();
  }
}

void Leg::Body::on_ended(model::Reason reason) {
  if (!std::exchange(ended_, true) && callbacks_.ended) {
    callbacks_.ended(reason);
  }
}

std::optional<gst::Coding> Leg::Body::coding(MediaKind kind) const {
  for (const auto& line : lines_) {
    if (line.kind == kind && line.session) {
      return line.session->choice().known->coding;
    }
  }
  return std::nullopt;
}

void Leg::Body::send(const gst::PicturePtr& picture) {
  if (auto* session = sending_[place_of(MediaKind::video)].load()) {
    session->send(picture);
  }
}

void Leg::Body::send(const gst::EncodedSound& sound) {
  if (auto* session = sending_[place_of(MediaKind::audio)].load()) {
    session->send(sound);
  }
}

}  // namespace rollcall::mcu::leg
