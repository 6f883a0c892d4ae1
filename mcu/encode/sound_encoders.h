#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mcu/encode/sound_encoder.h"
#include "mcu/encode/subscribers.h"
#include "mcu/gst/packets.h"

namespace rollcall::mcu::encode {

using SendSound = std::function<void(const gst::EncodedSound&)>;

/// One conference's sound on its way to the listeners: encoded once per coding for all who hear the same, and once for
/// each of the loudest. Every listener gets one continuous sequence of packets, whichever encoder they come from. Who
/// hears nothing for a fifth of a second is sent nothing, in Opus, but a sign of life every 400 ms (DTX: a packet of
/// nothing but its header, RFC 6716, 3.1); G.711 and G.722 have no such thing and go on. Owned by the conference; loop
/// thread, except encode().
class SoundEncoders {
 public:
  /// Finds the mix that is made for one listener alone; none: he hears the common one.
  using OwnMix = std::function<std::optional<SoundBlock>(const std::string& id)>;

  /// The subscription ends before this object. `send` is called on the tick thread, without a lock that others need.
  [[nodiscard]] Subscription subscribe(const std::string& id, gst::Coding coding, SendSound send);
  /// How much of what we send to him gets lost, 0…100, by his own report.
  void report_loss(const std::string& id, int percent);

  /// The tick thread: the next block to everybody.
  void encode(std::uint64_t number, std::chrono::nanoseconds running_time, SoundBlock common, const OwnMix& own);

  [[nodiscard]] std::uint64_t blocks_encoded() const { return blocks_encoded_; }
  [[nodiscard]] std::uint64_t blocks_sent() const { return blocks_sent_; }

 private:
  struct Listener;
  struct Shared {
    std::unique_ptr<SoundEncoder> encoder = {};
    std::span<const std::uint8_t> payload = {};
    bool encoded = false;  ///< in this tick
    int loss = 0;          ///< the worst of its listeners
  };
  struct Tick {
    std::uint64_t number = 0;
    std::chrono::nanoseconds running_time{};
    SoundBlock common = {};
    bool common_silent = false;
  };
  using Listeners = std::vector<std::shared_ptr<Listener>>;
  [[nodiscard]] std::shared_ptr<const Listeners> listeners() const;
  void change(const std::function<void(Listeners&)>& how);
  void serve(Listener& listener, const Tick& tick, const std::optional<SoundBlock>& own);
  void pause(Listener& listener, const Tick& tick);
  [[nodiscard]] std::span<const std::uint8_t> shared(const Listener& listener, const Tick& tick);
  [[nodiscard]] std::span<const std::uint8_t> alone(Listener& listener, const Tick& tick, SoundBlock own);

  mutable std::mutex mutex_;
  std::shared_ptr<const Listeners> listeners_ = std::make_shared<Listeners>();  ///< replaced as a whole
  std::map<gst::Coding, Shared> shared_;                                        ///< these two: tick thread
  SoundHistory history_;
  std::atomic<std::uint64_t> blocks_encoded_ = 0;
  std::atomic<std::uint64_t> blocks_sent_ = 0;
};

}  // namespace rollcall::mcu::encode
