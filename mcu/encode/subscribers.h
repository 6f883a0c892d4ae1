#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "mcu/gst/frames.h"

namespace rollcall::mcu::encode {

using Send = std::function<void(const gst::EncodedFrame&)>;

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

/// One receiver of encoded frames. Its lock is held while it is sent to, and by nobody else but who closes it.
class Receiver {
 public:
  explicit Receiver(Send send) : send_(std::move(send)) {}
  /// An encoder's thread.
  void send(const gst::EncodedFrame& frame) {
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
  Send send_;
};

/// Everybody who gets one encoder's frames. Frames go to a snapshot: one who joins or leaves never waits for the others
/// to be served. Owned by an encoder.
class Subscribers {
 public:
  /// Loop thread.
  std::shared_ptr<Receiver> add(Send send) {
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
  void send(const gst::EncodedFrame& frame) {
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

}  // namespace rollcall::mcu::encode
