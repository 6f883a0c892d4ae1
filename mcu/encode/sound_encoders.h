#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mcu/encode/sound_encoder.h"
#include "mcu/encode/subscribers.h"

namespace rollcall::mcu::encode {

/// One conference's sound on its way to the listeners: encoded once for all who hear the same, and once for each of the
/// loudest. Every listener gets one continuous sequence of packets, whichever encoder they come from. Owned by the
/// conference; loop thread, except encode().
class SoundEncoders {
 public:
  /// Finds the mix that is made for one listener alone; none: he hears the common one.
  using OwnMix = std::function<std::optional<SoundBlock>(const std::string& id)>;

  /// The subscription ends before this object.
  [[nodiscard]] Subscription subscribe(const std::string& id, Send send);
  /// The tick thread: the next block to everybody.
  void encode(std::uint64_t number, std::chrono::nanoseconds running_time, SoundBlock common, const OwnMix& own);

  [[nodiscard]] std::uint64_t blocks_encoded() const { return blocks_encoded_; }

 private:
  struct Listener {
    Listener(std::string id, Send send) : id(std::move(id)), receiver(std::move(send)) {}
    std::string id;
    Receiver receiver;
    std::unique_ptr<SoundEncoder> encoder = {};  ///< tick thread; made when first needed
  };
  [[nodiscard]] std::vector<std::shared_ptr<Listener>> snapshot() const;

  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Listener>> listeners_;
  SoundEncoder common_encoder_;  ///< these two: tick thread
  SoundHistory history_;
  std::atomic<std::uint64_t> blocks_encoded_ = 0;
};

}  // namespace rollcall::mcu::encode
