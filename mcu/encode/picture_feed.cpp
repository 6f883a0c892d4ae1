#include "mcu/encode/picture_feed.h"

#include <algorithm>
#include <utility>

namespace rollcall::mcu::encode {
namespace {

constexpr std::chrono::milliseconds least_step(1);

}  // namespace

/// Lets one source's pictures through, and changes to the other at its first key frame. Between encoders' threads.
struct PictureFeed::Gate {
  Gate(PictureFeed* owner, Post post, SendPicture send) : feed(owner), post(std::move(post)), send(std::move(send)) {}

  std::mutex mutex = {};
  PictureFeed* feed;  ///< the loop thread's; null when it has gone
  Post post;
  SendPicture send;
  std::uint64_t open = 0;   ///< the source whose pictures pass; 0: none
  std::uint64_t ready = 0;  ///< the one that follows it; 0: none
  std::chrono::nanoseconds last{-1};

  void pass(const std::shared_ptr<Gate>& self, std::uint64_t source, const gst::PicturePtr& picture) {
    const std::lock_guard lock(mutex);
    if (source == ready && picture->key) {
      open = std::exchange(ready, 0);
      post([self, source] {
        if (self->feed != nullptr) self->feed->on_passed(source);
      });
    }
    if (source != open) return;
    // The new encoder may be a picture behind the old one.
    const auto time = std::max(picture->running_time, last + least_step);
    last = time;
    if (time == picture->running_time) return send(picture);
    auto later = std::make_shared<gst::PacketizedPicture>(*picture);
    later->running_time = time;
    send(std::move(later));
  }
};

PictureFeed::PictureFeed(PictureEncoders& encoders, Post post, SendPicture send)
    : encoders_(encoders), post_(post), gate_(std::make_shared<Gate>(this, std::move(post), std::move(send))) {}

PictureFeed::~PictureFeed() {
  next_ = {};
  current_ = {};
  gate_->feed = nullptr;
}

Subscription PictureFeed::subscribe(const PictureClass& wanted, std::uint64_t source) {
  return encoders_.subscribe(
      wanted, [gate = gate_, source](const gst::PicturePtr& picture) { gate->pass(gate, source, picture); });
}

void PictureFeed::want(const std::optional<PictureClass>& wanted) {
  if (wanted == wanted_) return;
  settle(0);
  next_ = {};
  wanted_ = shown_;
  if (!wanted) {
    stop();
  } else if (wanted != shown_) {
    // No key frame can have passed before it is said whose will be waited for: that would only be one more to wait for.
    Subscription next = subscribe(*wanted, ++sources_);
    settle(sources_);
    next_ = std::move(next);
  }
  wanted_ = wanted;
}

void PictureFeed::stop() {
  {
    const std::lock_guard lock(gate_->mutex);
    gate_->open = 0;
  }
  current_ = {};
  shown_.reset();
}

/// If the next one's key frame has passed, it is the current one. From now on `ready` may follow.
void PictureFeed::settle(std::uint64_t ready) {
  const bool passed = [&] {
    const std::lock_guard lock(gate_->mutex);
    gate_->ready = ready;
    return next_.active() && gate_->open == sources_;
  }();
  if (!passed) return;
  current_ = std::move(next_);
  next_ = {};
  shown_ = wanted_;
}

void PictureFeed::on_passed(std::uint64_t source) {
  if (source == sources_) settle(0);
}

void PictureFeed::ask_key_frame(KeyFrameAsk why) {
  if (wanted_) encoders_.ask_key_frame(*wanted_, why);
}

bool PictureFeed::arrived() const {
  return wanted_ == shown_;
}

}  // namespace rollcall::mcu::encode
