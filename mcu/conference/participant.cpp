#include "mcu/conference/participant.h"

#include <cmath>
#include <cstdlib>
#include <utility>

#include "mcu/conference/wanted.h"

namespace rollcall::mcu::conference {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

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
                        [this](const gst::SoundPacket& packet) { input_.sound(packet); },
                        [this] {
                          post_([this] {
                            if (watching_) watching_->on_key_frame_wanted(Clock::now());
                          });
                        }};
  leg::Leg::Callbacks events{[this] { on_connected(); }, [this](model::Reason reason) { callbacks_.ended(reason); },
                             [this](const leg::Health& health) { on_health(health); },
                             [this](char key) {
                               if (callbacks_.key) callbacks_.key(key);
                             }};
  leg_ = std::make_unique<leg::Leg>(id_, profile_, io, post, std::move(sinks), std::move(events));
}

Participant::~Participant() {
  watching_.reset();
  sound_ = {};
  leg_.reset();
  if (connected_) mixing_.remove(id_.text());
}

void Participant::refresh() {
  if (watching_) watching_->on_key_frame_wanted(Clock::now());
}

void Participant::update(const Change& change) {
  if (change.name) appearance_.name = *change.name;
  if (change.microphone_muted) microphone_muted_ = *change.microphone_muted;
  if (change.camera_muted) appearance_.camera_muted = *change.camera_muted;
  if (change.muted_by_moderator) muted_by_moderator_ = *change.muted_by_moderator;
  if (change.note) note_ = *change.note;
  show();
}

void Participant::show() {
  appearance_.microphone_muted = microphone_muted_ || muted_by_moderator_;
  appearance_.note = reported_.stalled       ? "connection lost"
                     : reported_.undecodable ? "picture cannot be decoded"
                                             : note_;
  if (!connected_) return;
  mixing_.update(id_.text(), appearance_);
  mixing_.mute(id_.text(), muted_by_moderator_);
}

void Participant::show_at(std::optional<layout::Size> tile) {
  if (tile)
    leg_->set_wanted(wanted_for(*tile, profile_.receive_kbit));
  else
    leg_->set_wanted(std::nullopt);
}

void Participant::on_connected() {
  connected_ = true;
  mixing_.add(id_.text(), appearance_, input_);
  show();
  subscribe();
  callbacks_.connected();
}

void Participant::on_health(const leg::Health& seen) {
  leg::Health health = seen;
  if (appearance_.camera_muted) health.frozen_ms = 0;  // it was said, and nobody waits for it
  if (watching_) watching_->on_health(health, Clock::now());
  const bool poor = poor_connection(health, appearance_.poor_connection);
  if (std::exchange(appearance_.poor_connection, poor) != poor) show();
  mixing_.report_loss(id_.text(), static_cast<int>(100 * health.send_loss));
  if (!differs_noticeably(reported_, health)) return;
  if (health.undecodable && !reported_.undecodable)
    callbacks_.failed("the pictures of " + id_.text() + " cannot be decoded, and are not tried any more");
  reported_ = health;
  show();
  callbacks_.health(health);
}

void Participant::subscribe() {
  if (!connected_) return;
  subscribe_sound();
  if (!watching_)
    watching_.emplace(
        mixing_.picture_encoders(), Watching::Settings{settings_.picture, settings_.picture_kbit, profile_.video_kbit},
        [this](std::function<void()> task) { post_(std::move(task)); },
        [this](const gst::PicturePtr& picture) { leg_->send(picture); },
        [this](const std::string& text) { callbacks_.failed(text); });
  watching_->begin(leg_->video_coding(), Clock::now());
}

void Participant::subscribe_sound() {
  const std::optional<gst::Coding> coding = leg_->audio_coding();
  if (std::exchange(heard_, coding) == coding) return;
  sound_ = {};
  if (coding)
    sound_ = mixing_.listen(id_.text(), *coding, [this](const gst::EncodedSound& sound) { leg_->send(sound); });
}

void Participant::unsubscribe_picture() {
  if (watching_) watching_->stop();
}

bool poor_connection(const leg::Health& health, bool marked) {
  constexpr double begins = 0.08, ends = 0.05;
  return health.stalled || health.loss > (marked ? ends : begins);
}

bool differs_noticeably(const leg::Health& before, const leg::Health& now) {
  return before.audio != now.audio || before.video != now.video || before.stalled != now.stalled ||
         before.undecodable != now.undecodable || (before.frozen_ms == 0) != (now.frozen_ms == 0) ||
         before.picture_height != now.picture_height || std::abs(before.loss - now.loss) > 0.03 ||
         std::abs(before.round_trip_ms - now.round_trip_ms) > 20 + before.round_trip_ms / 2;
}

}  // namespace rollcall::mcu::conference
