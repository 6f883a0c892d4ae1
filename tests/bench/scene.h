// What the cameras and the microphones of the load see and hear: a face-like thing that moves before a room, with the
// noise of a sensor; syllables of a voice. The same in each run. Pure.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace rollcall::bench {

inline constexpr int scene_width = 640;
inline constexpr int scene_height = 360;

/// One camera. I420 without padding between the planes.
class Camera {
 public:
  explicit Camera(int clip);
  [[nodiscard]] std::vector<std::uint8_t> picture(int frame);

 private:
  [[nodiscard]] int noise();

  int clip_;
  std::vector<float> room_;
  std::vector<float> face_;
  std::vector<std::int8_t> noise_;
  std::minstd_rand random_;
};

enum class Voice { talk, click, silent };

/// One microphone: `clip_seconds` of 48 kHz mono. A talker stays below 4 kHz; a click is a burst of `click_hz`, each
/// second.
inline constexpr double click_hz = 6000;
[[nodiscard]] std::vector<std::int16_t> microphone(Voice voice, unsigned seed);

}  // namespace rollcall::bench
