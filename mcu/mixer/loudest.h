#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace rollcall::mcu::mixer {

/// Who is heard, and who is said to be speaking. Only the loudest few are mixed, and only they need a mix of their own
/// (everybody but themselves); all others share one. Block by block, in participants' numbers that the caller chose.
/// Pure: its time is the number of blocks.
class Loudest {
 public:
  struct Level {
    std::size_t participant = 0;
    double root_mean_square = 0;
  };

  explicit Loudest(std::size_t seats = 5) : seats_(seats) {}

  /// The next 20 ms: one level per participant present. A free seat is taken at the first sound, so that no word loses
  /// its beginning; a taken one only by somebody clearly louder (6 dB) than the quietest, or after two silent seconds;
  /// one that is taken by noise, by the first sound clearly louder than that.
  void update(std::span<const Level> levels);
  [[nodiscard]] bool heard(std::size_t participant) const;
  /// All who are, at most as many as there are seats.
  [[nodiscard]] std::span<const std::size_t> seated() const { return seated_; }
  /// Stays for at least two seconds, unless he leaves; then whoever is clearly louder, or speaks while he is silent.
  /// None when nobody has spoken for two seconds.
  [[nodiscard]] std::optional<std::size_t> speaker() const { return speaker_; }

 private:
  struct Voice {
    std::size_t participant = 0;
    double level = 0;  ///< smoothed over some 200 ms
    double now = 0;
    std::size_t silent_blocks = 0;
    bool seated = false;
    bool present = false;
  };
  /// `place`: where it was the last time, most probably.
  Voice& voice(std::size_t participant, std::size_t place);
  void listen(std::span<const Level> levels);
  void assign_seats();
  void choose_speaker();

  std::size_t seats_;
  std::vector<Voice> voices_;
  std::vector<std::size_t> seated_;
  std::optional<std::size_t> speaker_ = {};
  std::size_t speaking_blocks_ = 0;  ///< since the last change
  std::size_t quiet_blocks_ = 0;     ///< since anybody spoke
};

}  // namespace rollcall::mcu::mixer
