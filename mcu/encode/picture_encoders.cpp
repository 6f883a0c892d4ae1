#include "mcu/encode/picture_encoders.h"

#include <utility>

namespace rollcall::mcu::encode {

PictureEncoders::PictureEncoders(PictureSize canvas, Callbacks callbacks)
    : callbacks_(std::move(callbacks)), scaler_(canvas) {}

PictureEncoder& PictureEncoders::started(const PictureClass& wanted) {
  const auto at = encoders_.find(wanted);
  if (at != encoders_.end()) return *at->second;
  auto encoder = std::make_unique<PictureEncoder>(wanted, callbacks_.post, callbacks_.failed);
  encoder->set_effort(effort_);
  const std::lock_guard lock(mutex_);
  return *encoders_.emplace(wanted, std::move(encoder)).first->second;
}

Subscription PictureEncoders::subscribe(const PictureClass& wanted, SendPicture send) {
  const bool first = encoders_.empty();
  PictureEncoder& encoder = started(wanted);
  auto receiver = encoder.picture_subscribers().add(std::move(send));
  encoder.ask_key_frame(KeyFrameAsk::join);
  if (first) callbacks_.in_use(true);
  return Subscription([this, wanted, receiver] {
    encoders_.find(wanted)->second->picture_subscribers().remove(receiver);
    unsubscribed(wanted);
  });
}

Subscription PictureEncoders::subscribe(const PictureClass& wanted, Send send) {
  const bool first = encoders_.empty();
  PictureEncoder& encoder = started(wanted);
  auto receiver = encoder.subscribers().add(std::move(send));
  encoder.ask_key_frame(KeyFrameAsk::join);
  if (first) callbacks_.in_use(true);
  return Subscription([this, wanted, receiver] {
    encoders_.find(wanted)->second->subscribers().remove(receiver);
    unsubscribed(wanted);
  });
}

void PictureEncoders::unsubscribed(const PictureClass& wanted) {
  const auto at = encoders_.find(wanted);
  if (!at->second->subscribers().empty() || !at->second->picture_subscribers().empty()) return;
  std::unique_ptr<PictureEncoder> idle;
  {
    const std::lock_guard lock(mutex_);
    idle = std::move(at->second);
    encoders_.erase(at);
  }
  past_key_frames_ += idle->key_frames();
  idle.reset();
  if (encoders_.empty()) callbacks_.in_use(false);
}

void PictureEncoders::ask_key_frame(const PictureClass& wanted, KeyFrameAsk why) {
  const auto at = encoders_.find(wanted);
  if (at != encoders_.end()) at->second->ask_key_frame(why);
}

void PictureEncoders::set_effort(const Effort& effort) {
  const std::lock_guard lock(mutex_);
  effort_ = effort;
  for (const auto& [wanted, encoder] : encoders_) encoder->set_effort(effort);
}

void PictureEncoders::put(GstBuffer* picture, bool changed) {
  const std::lock_guard lock(mutex_);
  const PictureEncoder::Time now(GST_BUFFER_PTS(picture));
  for (const auto& [wanted, encoder] : encoders_) {
    if (!encoder->takes(now, changed)) continue;
    if (GstBuffer* scaled = scaler_.scaled(picture, encoder->size()); scaled != nullptr) encoder->put(scaled);
  }
  scaler_.forget();
}

std::size_t PictureEncoders::running() const {
  return encoders_.size();
}

std::uint64_t PictureEncoders::key_frames() const {
  std::uint64_t sum = past_key_frames_;
  for (const auto& [wanted, encoder] : encoders_) sum += encoder->key_frames();
  return sum;
}

std::uint64_t PictureEncoders::key_frames(const PictureClass& wanted) const {
  const auto at = encoders_.find(wanted);
  return at == encoders_.end() ? 0 : at->second->key_frames();
}

}  // namespace rollcall::mcu::encode
