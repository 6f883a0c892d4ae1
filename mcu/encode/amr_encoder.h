#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rollcall::mcu::encode {

/// AMR at 12.2 kbit/s (8 kHz) or AMR-WB at 12.65 kbit/s (16 kHz), one frame of 20 ms in an octet-aligned payload (RFC
/// 4867 §4.4), always at the same rate: what one listener would rather have is not everybody's. Tick thread.
class AmrEncoder {
 public:
  /// Throws std::runtime_error where there is none.
  explicit AmrEncoder(bool wide);
  ~AmrEncoder();
  AmrEncoder(const AmrEncoder&) = delete;
  AmrEncoder& operator=(const AmrEncoder&) = delete;

  void reset();
  /// `samples`: 20 ms. `payload` is replaced.
  void encode(std::span<const std::int16_t> samples, std::vector<std::uint8_t>& payload);

 private:
  void open();
  void close();

  bool wide_;
  void* state_ = nullptr;  ///< the library's
};

}  // namespace rollcall::mcu::encode
