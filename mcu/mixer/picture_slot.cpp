#include "mcu/mixer/picture_slot.h"

#include <utility>

namespace rollcall::mcu::mixer {

void PictureSlot::put(gst::SamplePtr sample, Time now) {
  if (!sample || gst_sample_get_buffer(sample.get()) == nullptr) return;
  {
    const std::lock_guard lock(mutex_);
    std::swap(sample, sample_);
    ++serial_;
    arrived_ = now;
  }
  // The old picture goes back to the decoder's pool here, outside the lock.
}

void PictureSlot::clear() {
  gst::SamplePtr old;
  const std::lock_guard lock(mutex_);
  std::swap(old, sample_);
  ++serial_;
}

PictureSlot::Look PictureSlot::look() const {
  const std::lock_guard lock(mutex_);
  if (!sample_) return {{}, serial_, arrived_};
  return {gst::SamplePtr(gst_sample_ref(sample_.get())), serial_, arrived_};
}

std::optional<PictureSlot::Time> PictureSlot::last_arrival() const {
  const std::lock_guard lock(mutex_);
  if (!sample_) return std::nullopt;
  return arrived_;
}

}  // namespace rollcall::mcu::mixer
