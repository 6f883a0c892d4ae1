#include "mcu/encode/picture_encoders.h"

#include <utility>

namespace rollcall::mcu::encode {

PictureEncoders::PictureEncoders(Callbacks callbacks) : callbacks_(std::move(callbacks)) {}

Subscription PictureEncoders::subscribe(const PictureClass& wanted, Send send) {
  auto at = encoders_.find(wanted);
  const bool first = encoders_.empty();
  if (at == encoders_.end()) {
    auto encoder = std::make_unique<PictureEncoder>(wanted, callbacks_.post, callbacks_.failed);
    const std::lock_guard lock(mutex_);
    at = encoders_.emplace(wanted, std::move(encoder)).first;
  }
  auto receiver = at->second->subscribers().add(std::move(send));
  at->second->want_key_frame();
  if (first) callbacks_.in_use(true);
  return Subscription([this, wanted, receiver] { unsubscribe(wanted, receiver); });
}

void PictureEncoders::unsubscribe(const PictureClass& wanted, const std::shared_ptr<Receiver>& receiver) {
  const auto at = encoders_.find(wanted);
  at->second->subscribers().remove(receiver);
  if (!at->second->subscribers().empty()) return;
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

void PictureEncoders::want_key_frame(const PictureClass& wanted) {
  const auto at = encoders_.find(wanted);
  if (at != encoders_.end()) at->second->want_key_frame();
}

void PictureEncoders::put(GstBuffer* picture) {
  const std::lock_guard lock(mutex_);
  for (const auto& [wanted, encoder] : encoders_) encoder->put(picture);
}

std::size_t PictureEncoders::running() const {
  return encoders_.size();
}

std::uint64_t PictureEncoders::key_frames() const {
  std::uint64_t sum = past_key_frames_;
  for (const auto& [wanted, encoder] : encoders_) sum += encoder->key_frames();
  return sum;
}

}  // namespace rollcall::mcu::encode
