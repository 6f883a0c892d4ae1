#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/leg/decode_pool.h"
#include "mcu/leg/frame_assembler.h"

namespace rollcall::mcu::leg {

class DecoderChain;

/// Decodes the pictures of one participant, one after the other, in the pool. Owned by his leg; put() and rest() on the
/// I/O thread.
class PictureDecoder final : private DecodePool::Work {
 public:
  struct Events {
    std::function<void(gst::SamplePtr)> picture;  ///< I420. On a thread of the pool
  };
  /// More than this behind, and it goes on with the next key frame.
  static constexpr std::size_t most_waiting = 8;
  /// A decoder that fails more often than this within a minute is not given any more pictures.
  static constexpr unsigned most_failures = 10;

  PictureDecoder(DecodePool& pool, gst::Coding coding, Events events);
  /// Waits for the picture in hand.
  ~PictureDecoder() override;
  PictureDecoder(const PictureDecoder&) = delete;
  PictureDecoder& operator=(const PictureDecoder&) = delete;

  /// False: not taken; what follows is of use only from a key frame on.
  [[nodiscard]] bool put(EncodedPicture&& picture);
  /// Nothing is shown for now: forgets what waits, and lets the decoder's memory go.
  void rest();

  /// Failed since the last call: a key frame is needed.
  [[nodiscard]] bool take_failure() { return failed_.exchange(false); }
  /// What the peer sends cannot be decoded; nothing more is tried.
  [[nodiscard]] bool given_up() const { return given_up_; }
  [[nodiscard]] std::chrono::steady_clock::time_point last_decoded() const;
  /// Lines of the last picture; 0 before the first.
  [[nodiscard]] int height() const { return height_; }

 private:
  bool step() override;
  void take(gst::SamplePtr sample);
  void decode(EncodedPicture& picture);
  void on_failure();

  DecodePool& pool_;
  const gst::Coding coding_;
  const Events events_;
  std::unique_ptr<DecoderChain> chain_;  ///< the pool's
  unsigned failures_ = 0;                ///< the pool's
  std::chrono::steady_clock::time_point first_failure_ = {};
  std::atomic<bool> failed_ = false;
  std::atomic<bool> given_up_ = false;
  std::atomic<std::chrono::steady_clock::rep> last_decoded_ = 0;
  std::atomic<int> height_ = 0;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::deque<EncodedPicture> waiting_;
  bool resting_ = false;
  bool busy_ = false;  ///< waits in the pool, or is being worked at
};

}  // namespace rollcall::mcu::leg
