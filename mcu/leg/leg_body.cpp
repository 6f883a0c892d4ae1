#include "mcu/leg/leg_body.h"

#include <algorithm>
#include <cstdio>

#include "mcu/leg/rtcp_split.h"
#include "mcu/transport/io_context.h"

namespace rollcall::mcu::leg {
namespace {

using Clock = std::chrono::steady_clock;
using model::MediaKind;

constexpr unsigned tick_ms = 1000;
/// A burst of requests from one peer is one wish.
constexpr std::chrono::milliseconds key_wish_interval{200};
constexpr std::chrono::milliseconds picture_overdue{1000};
constexpr unsigned key_frame_again_ms = 500;

/// What a timer on the I/O thread holds.
struct Ticker {
  std::function<void()> post;
  gboolean goes_on;
};

gst::SourcePtr begin_timer(GMainContext* context, unsigned ms, gboolean goes_on, std::function<void()> post) {
  gst::SourcePtr timer(g_timeout_source_new(ms));
  g_source_set_callback(
      timer.get(),
      [](gpointer data) -> gboolean {
        const auto* ticker = static_cast<Ticker*>(data);
        ticker->post();
        return ticker->goes_on;
      },
      new Ticker{std::move(post), goes_on}, [](gpointer data) { delete static_cast<Ticker*>(data); });
  g_source_attach(timer.get(), context);
  return timer;
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
      cname_("rollcall-" + std::to_string(g_random_int())),
      alive_(std::make_shared<Body*>(this)),
      bin_(cname_) {
  // An error of one branch shows as missing media, which health and the silence limit judge.
  bus_ = std::make_unique<gst::BusWatch>(bin_.pipeline(), post_, gst::BusWatch::Error{});
}

Leg::Body::~Body() {
  *alive_ = nullptr;
  timer_.reset();
  key_frame_timer_.reset();
  for (const auto& carrier : carriers_) {
    carrier->close();
  }
  for (const auto& line : lines_) {
    if (line.session) {
      line.session->close();
    }
  }
  bus_.reset();
  bin_.stop();
  lines_.clear();
}

void Leg::Body::post(std::function<void(Body&)> task) {
  post_([alive = alive_, task = std::move(task)] {
    if (*alive != nullptr) {
      task(**alive);
    }
  });
}

MediaSession::Events Leg::Body::session_events(Line& line) {
  transport::Transport* out = &line.carrier->transport();
  MediaSession::Events events;
  events.packet = [out](transport::PacketKind kind, transport::Bytes packet) { out->send(kind, packet); };
  events.sinks = {[this](gst::SamplePtr picture) {
                    if (sinks_.picture) {
                      sinks_.picture(std::move(picture));
                    }
                  },
                  [this](std::span<const std::int16_t> samples) {
                    if (sinks_.sound) {
                      sinks_.sound(samples);
                    }
                  }};
  if (line.kind == MediaKind::video) {
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
  timer_ = begin_timer(io_.context(), tick_ms, G_SOURCE_CONTINUE, posted(&Body::tick));
}

std::function<void()> Leg::Body::posted(void (Body::*task)()) const {
  return [alive = alive_, post = post_, task] {
    post([alive, task] {
      if (*alive != nullptr) {
        ((*alive)->*task)();
      }
    });
  };
}

/// The peer gets a key frame at once, and another one soon after: while its DTLS stack is still setting up the keys of
/// SRTP it drops what comes, and Dino asks for the key frame it has missed only 1 to 3 s later.
void Leg::Body::begin_with_key_frames() {
  want_key_frame();
  key_frame_timer_ = begin_timer(io_.context(), key_frame_again_ms, G_SOURCE_REMOVE, posted(&Body::want_key_frame));
}

HealthWatch::Seen Leg::Body::look() const {
  HealthWatch::Seen seen{.now = Clock::now(), .connected = connected_};
  for (const auto& carrier : carriers_) {
    seen.last_packet = std::max(seen.last_packet, carrier->transport().last_packet());
  }
  for (const auto& line : lines_) {
    if (!line.session) {
      continue;
    }
    if (line.kind == MediaKind::audio) {
      seen.last_sound = std::max(seen.last_sound, line.session->last_rtp());
    } else {
      seen.last_picture = std::max(seen.last_picture, line.session->last_decoded());
    }
    const auto statistics = line.session->statistics();
    seen.received += statistics.received;
    seen.lost += statistics.lost;
    seen.round_trip_ms = std::max(seen.round_trip_ms, statistics.round_trip_ms);
  }
  return seen;
}

void Leg::Body::tick() {
  if (ended_) {
    return;
  }
  const auto verdict = health_->look(look());
  if (verdict.over) {
    on_ended(*verdict.over);
    return;
  }
  ask_for_pictures(Clock::now());
  ask_for_bitrate();
  if (verdict.health && callbacks_.health) {
    callbacks_.health(*verdict.health);
  }
}

/// Packets arrive but no picture comes out: the key frame was lost, or damaged.
void Leg::Body::ask_for_pictures(HealthWatch::Time now) {
  for (const auto& line : lines_) {
    if (line.session && line.kind == MediaKind::video && now - line.session->last_rtp() < picture_overdue &&
        now - line.session->last_decoded() >= picture_overdue) {
      line.session->request_key_frame();
    }
  }
}

/// REMB sticks at the sender's for a few seconds only, so it is said again and again.
void Leg::Body::ask_for_bitrate() {
  for (std::size_t index = 0; index < lines_.size(); ++index) {
    auto& line = lines_[index];
    if (!line.session || !line.session->choice().has_feedback("goog-remb") || !receives(line.direction)) {
      continue;
    }
    if (const auto theirs = line.carrier->remote_ssrc(index)) {
      const auto remb = make_remb(line.ssrc, *theirs, static_cast<std::uint64_t>(profile_.receive_kbit) * 1000);
      line.carrier->transport().send(transport::PacketKind::rtcp, remb);
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

void Leg::Body::send(const gst::EncodedFrame& frame) {
  MediaSession* session = nullptr;
  {
    const std::lock_guard lock(sending_mutex_);
    const auto found = std::find_if(sending_.begin(), sending_.end(), [&](const MediaSession* candidate) {
      return candidate->choice().known->coding == frame.coding;
    });
    session = found == sending_.end() ? nullptr : *found;
  }
  if (session != nullptr) {
    session->send(frame);
  }
}

}  // namespace rollcall::mcu::leg
