#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rollcall::mcu::voice {

/// How many frames of 20 ms are in a payload of AMR, or AMR-WB (`wide`), octet-aligned (RFC 4867 §4.4), without
/// interleaving or checksums; 0: it is not well-formed. Pure.
[[nodiscard]] int amr_frames(bool wide, std::span<const std::uint8_t> payload);

/// One sender's decoder for AMR (8 kHz) or AMR-WB (16 kHz). Tick thread.
class AmrDecoder {
 public:
  /// Throws std::runtime_error where there is none.
  explicit AmrDecoder(bool wide);
  ~AmrDecoder();
  AmrDecoder(const AmrDecoder&) = delete;
  AmrDecoder& operator=(const AmrDecoder&) = delete;

  /// Forgets what it heard.
  void reset();
  /// All frames of the payload into `samples`, which is replaced. What is damaged is concealed.
  void decode(std::span<const std::uint8_t> payload, std::vector<std::int16_t>& samples);

 private:
  void open();
  void close();

  bool wide_;
  void* state_ = nullptr;  ///< the library's
};

}  // namespace rollcall::mcu::voice
