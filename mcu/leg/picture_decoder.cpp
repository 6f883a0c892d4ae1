#include "mcu/leg/picture_decoder.h"

#include <exception>
#include <utility>

#include "mcu/leg/decoder_chain.h"

namespace rollcall::mcu::leg {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds failure_window{60};

}  // namespace

PictureDecoder::PictureDecoder(DecodePool& pool, gst::Coding coding, Events events)
    : pool_(pool), coding_(coding), events_(std::move(events)) {}

PictureDecoder::~PictureDecoder() {
  std::unique_lock lock(mutex_);
  waiting_.clear();
  idle_.wait(lock, [this] { return !busy_; });
}

bool PictureDecoder::put(EncodedPicture&& picture) {
  const std::lock_guard lock(mutex_);
  if (given_up_) {
    return false;
  }
  if (waiting_.size() >= most_waiting) {
    if (!picture.key) {
      waiting_.clear();
      return false;
    }
    waiting_.clear();
  }
  resting_ = false;
  waiting_.push_back(std::move(picture));
  if (!std::exchange(busy_, true)) {
    pool_.add(*this);
  }
  return true;
}

void PictureDecoder::rest() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  resting_ = true;
  if (!std::exchange(busy_, true)) {
    pool_.add(*this);
  }
}

bool PictureDecoder::step() {
  EncodedPicture picture;
  bool resting = false;
  {
    const std::lock_guard lock(mutex_);
    resting = resting_;
    if (!waiting_.empty()) {
      picture = std::move(waiting_.front());
      waiting_.pop_front();
    }
  }
  if (resting) {
    chain_.reset();
  } else if (!picture.bytes.empty()) {
    decode(picture);
  }
  const std::lock_guard lock(mutex_);
  busy_ = !waiting_.empty();
  if (!busy_) {
    idle_.notify_all();
  }
  return busy_;
}

void PictureDecoder::decode(EncodedPicture& picture) {
  try {
    if (!chain_) {
      chain_ = std::make_unique<DecoderChain>(coding_, [this](gst::SamplePtr sample) { take(std::move(sample)); });
    }
    if (!chain_->push(std::move(picture.bytes), picture.key)) {
      on_failure();
    }
  } catch (const std::exception&) {
    on_failure();  // a plugin is missing or broken
  }
}

void PictureDecoder::take(gst::SamplePtr sample) {
  int height = 0;
  gst_structure_get_int(gst_caps_get_structure(gst_sample_get_caps(sample.get()), 0), "height", &height);
  height_ = height;
  last_decoded_ = Clock::now().time_since_epoch().count();
  events_.picture(std::move(sample));
}

void PictureDecoder::on_failure() {
  chain_.reset();
  failed_ = true;
  const auto now = Clock::now();
  if (now - first_failure_ > failure_window) {
    first_failure_ = now;
    failures_ = 0;
  }
  given_up_ = ++failures_ > most_failures;
}

Clock::time_point PictureDecoder::last_decoded() const {
  return Clock::time_point(Clock::duration(last_decoded_));
}

}  // namespace rollcall::mcu::leg
