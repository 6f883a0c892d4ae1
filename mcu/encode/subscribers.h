#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/gst/packets.h"

namespace rollcall::mcu::encode {

/// What a receiver does with what an encoder made for him.
template <class Encoded>
using SendOf = std::function<void(const Encoded&)>;

/// Being sent to. Ends with this object: when its destructor has returned, `send` is not running and never will be.
/// Not to be destroyed from within `send`. Loop thread.
class [[nodiscard]] Subscription {
 public:
  Subscription() = default;
  explicit Subscription(std::function<void()> end) : end_(std::move(end)) {}
  Subscription(Subscription&& other) noexcept : end_(std::exchange(other.end_, nullptr)) {}
  Subscription& operator=(Subscription&& other) noexcept {
    std::swap(end_, other.end_);
    return *this;
  }
  ~Subscription() {
    if (end_) end_();
  }
  [[nodiscard]] bool active() const { return static_cast<bool>(end_); }

 private:
  std::function<void()> end_;
};

/// One receiver of what an encoder makes. Its lock is held while it is sent to, and by nobody else but who closes it.
template <class Encoded>
class ReceiverOf {
 public:
  explicit ReceiverOf(SendOf<Encoded> send) : send_(std::move(send)) {}
  /// An encoder's thread.
  void send(const Encoded& frame) {
    const std::lock_guard lock(mutex_);
    if (send_) send_(frame);
  }
  /// Loop thread; waits for a send that is running.
  void close() {
    const std::lock_guard lock(mutex_);
    send_ = nullptr;
  }

 private:
  std::mutex mutex_;
  SendOf<Encoded> send_;
};

/// Everybody who gets one encoder's frames. Frames go to a snapshot: one who joins or leaves never waits for the others
/// to be served. Owned by an encoder.
template <class Encoded>
class SubscribersOf {
 public:
  using Receiver = ReceiverOf<Encoded>;

  /// Loop thread.
  std::shared_ptr<Receiver> add(SendOf<Encoded> send) {
    auto receiver = std::make_shared<Receiver>(std::move(send));
    const std::lock_guard lock(mutex_);
    receivers_.push_back(receiver);
    return receiver;
  }
  /// Loop thread.
  void remove(const std::shared_ptr<Receiver>& receiver) {
    {
      const std::lock_guard lock(mutex_);
      std::erase(receivers_, receiver);
    }
    receiver->close();
  }
  /// An encoder's thread.
  void send(const Encoded& frame) {
    for (const auto& receiver : snapshot()) receiver->send(frame);
  }
  [[nodiscard]] bool empty() const {
    const std::lock_guard lock(mutex_);
    return receivers_.empty();
  }

 private:
  [[nodiscard]] std::vector<std::shared_ptr<Receiver>> snapshot() const {
    const std::lock_guard lock(mutex_);
    return receivers_;
  }
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Receiver>> receivers_;
};

using Send = SendOf<gst::EncodedFrame>;
using Receiver = ReceiverOf<gst::EncodedFrame>;
using Subscribers = SubscribersOf<gst::EncodedFrame>;
using SendPicture = SendOf<gst::PicturePtr>;
using PictureReceiver = ReceiverOf<gst::PicturePtr>;
using PictureSubscribers = SubscribersOf<gst::PicturePtr>;

}  // namespace rollcall::mcu::encode
