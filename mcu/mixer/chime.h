#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rollcall::mcu::mixer {

/// Two notes that everybody hears when a recording begins (rising) or ends (falling). Pure.
class Chime {
 public:
  static constexpr int note_ms = 180;

  Chime() = default;
  explicit Chime(bool rising);

  [[nodiscard]] bool playing() const { return at_ < samples_.size(); }
  /// The part of it that belongs to a block of that length, added to what is there; play_on() goes on to the next.
  void add_to(std::span<std::int16_t> block) const;
  void play_on(std::size_t samples) { at_ += samples; }

 private:
  std::vector<std::int16_t> samples_ = {};
  std::size_t at_ = 0;
};

}  // namespace rollcall::mcu::mixer
