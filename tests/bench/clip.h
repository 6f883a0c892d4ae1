// A pre-encoded picture or sound, replayed again and again by the load generator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rollcall::bench {

inline constexpr int picture_rate = 30;
inline constexpr int clip_seconds = 10;
inline constexpr int clip_frames = picture_rate * clip_seconds;
inline constexpr int picture_clips = 4;
inline constexpr int talk_clips = 3;

/// One encoded picture, or 20 ms of sound. Empty: nothing is sent for it (DTX).
struct Frame {
  std::vector<std::uint8_t> data = {};
  bool key = false;
  std::uint8_t level = 127;  ///< sound: -dBov, RFC 6464
};
using Clip = std::vector<Frame>;

/// Throws std::runtime_error with a sentence.
void save(const Clip& clip, const std::string& path);
[[nodiscard]] Clip load(const std::string& path);

/// "vp8-2.clip", "low-2.clip", "h264-0.clip", "talk-1.clip", "silent.clip", "dtx.clip", "click.clip".
[[nodiscard]] std::string clip_name(const std::string& kind, int number = -1);

}  // namespace rollcall::bench
