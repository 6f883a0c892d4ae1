#include "mcu/conference/participant.h"

#include <cmath>
#include <cstdlib>
#include <exception>
#include <utility>

#include "mcu/conference/picture_class.h"

namespace rollcall::mcu::conference {

Participant::Participant(model::LegId id, std::string name, model::LegProfile profile, const Settings& settings,
                         Mixing& mixing, transport::IoContext& io, const GuardedPost::Post& post, Callbacks callbacks)
    : id_(std::move(id)),
      profile_(profile),
      settings_(settings),
      mixing_(mixing),
      callbacks_(std::move(callbacks)),
      appearance_{std::move(name)},
      post_(post) {
  leg::Leg::Sinks sinks{[this](gst::SamplePtr picture) { input_.picture(std::move(picture)); },
                        [this](std::span<const std::int16_t> samples) { input_.sound(samples); },
                        [this] {
                          post_([this] {
                            if (watched_) mixing_.ask_key_frame(*watched_, encode::KeyFrameAsk::join);
                          });
                        }};
  leg::Leg::Callbacks events{[this] { on_connected(); }, [this](model::Reason reason) { callbacks_.ended(reason); },
                             [this](const leg::Health& health) { on_health(health); }};
  leg_ = std::make_unique<leg::Leg>(id_, profile_, io, post, std::move(sinks), std::move(events));
}

Participant::~Participant() {
  picture_ = {};
  sound_ = {};
  leg_.reset();
  if (connected_) mixing_.remove(id_.text());
}

void Participant::update(const std::optional<std::string>& name, std::optional<bool> microphone_muted,
                         std::optional<bool> camera_muted) {
  if (name) appearance_.name = *name;
  if (microphone_muted) appearance_.microphone_muted = *microphone_muted;
  if (camera_muted) appearance_.camera_muted = *camera_muted;
  show();
}

void Participant::show() {
  appearance_.note = reported_.stalled ? "connection lost" : "";
  if (connected_) mixing_.update(id_.text(), appearance_);
}

void Participant::on_connected() {
  connected_ = true;
  mixing_.add(id_.text(), appearance_, input_);
  subscribe();
  callbacks_.connected();
}

void Participant::on_health(const leg::Health& health) {
  if (!differs_noticeably(reported_, health)) return;
  reported_ = health;
  show();
  callbacks_.health(health);
}

void Participant::subscribe() {
  if (!connected_) return;
  const auto send = [this](const gst::EncodedFrame& frame) { leg_->send(frame); };
  if (!sound_.active() && leg_->audio_coding() == gst::Coding::opus) sound_ = mixing_.listen(id_.text(), send);
  subscribe_picture();
  // A direction that was opened again starts with nothing to decode from.
  if (watched_) mixing_.ask_key_frame(*watched_, encode::KeyFrameAsk::join);
}

void Participant::subscribe_picture() {
  const std::optional<gst::Coding> coding = leg_->video_coding();
  std::optional<encode::PictureClass> wanted;
  if (coding) wanted = picture_class(*coding, settings_.picture, settings_.picture_kbit, profile_.video_kbit);
  if (wanted == watched_) return;
  unsubscribe_picture();
  if (!wanted) return;
  try {
    picture_ = mixing_.watch(*wanted, [this](const gst::EncodedFrame& frame) { leg_->send(frame); });
    watched_ = wanted;
  } catch (const std::exception& problem) {
    callbacks_.failed(problem.what());  // he still hears and is seen
  }
}

void Participant::unsubscribe_picture() {
  picture_ = {};
  watched_.reset();
}

bool differs_noticeably(const leg::Health& before, const leg::Health& now) {
  return before.audio != now.audio || before.video != now.video || before.stalled != now.stalled ||
         std::abs(before.loss - now.loss) > 0.03 ||
         std::abs(before.round_trip_ms - now.round_trip_ms) > 20 + before.round_trip_ms / 2;
}

}  // namespace rollcall::mcu::conference
