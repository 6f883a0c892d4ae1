// Which class of picture one receiver gets, from what is known of the path to him. Pure: time is an argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace rollcall::mcu::conference {

/// How often one receiver asked for a key frame lately. One who waits for it asks again and again: that is one.
class KeyFrameAsks {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds window{10};
  static constexpr std::chrono::seconds one_ask{1};

  void ask(Time now);
  [[nodiscard]] std::size_t count(Time now);
  void clear() { asks_.clear(); }

 private:
  std::deque<Time> asks_;
};

/// One receiver's class: down as soon as the path does not carry what he gets, up again when it has been well for ten
/// seconds, and after each ascent that failed the next one waits twice as long. A place in a ladder that descends; the
/// place behind its end is no picture, which is better than a path so full that the sound is lost too.
class ClassChoice {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::seconds;

  /// What is known, each second.
  struct Path {
    int estimate_kbit = 0;  ///< what it carries, sound included; 0: not known
    double loss = 0;        ///< 0…1, of what we send
    std::size_t asks = 0;   ///< for key frames, in the last ten seconds
  };

  static constexpr int sound_kbit = 50;        ///< beside the picture, with headers
  static constexpr double heavy_loss = 0.10;   ///< more, twice running: down
  static constexpr double light_loss = 0.03;   ///< less: well
  static constexpr std::size_t most_asks = 6;  ///< more: down
  /// An estimate begins with this, whatever the path carries, and has grown above it when the receiver has reported
  /// well once or twice. So that much is no news before `settling`; less is.
  static constexpr int first_estimate_kbit = 600;
  static constexpr Duration settling{8};
  static constexpr Duration first_hold{10}, longest_hold{120};
  static constexpr Duration proof{60};  ///< an ascent that lasted so long was right

  /// `kbit`: of the classes, from the largest down. `ceiling_kbit`: never more than that.
  ClassChoice(std::vector<int> kbit, int ceiling_kbit, Time now);

  void set_ceiling(int kbit);
  /// Returns the place.
  std::size_t look(const Path& path, Time now);
  [[nodiscard]] std::size_t place() const { return place_; }
  [[nodiscard]] bool none() const { return place_ == kbit_.size(); }

 private:
  [[nodiscard]] std::size_t carried_by(int kbit) const;
  [[nodiscard]] std::size_t descent(const Path& path, Time now);
  [[nodiscard]] bool may_ascend(const Path& path, Time now);
  void descend(std::size_t place, Time now);

  std::vector<int> kbit_;
  std::size_t best_ = 0;  ///< by the ceiling
  std::size_t place_ = 0;
  Time began_;
  Time well_since_;
  std::optional<Time> ascended_ = {};
  Duration hold_ = first_hold;
  int lossy_ = 0;  ///< looks running
};

}  // namespace rollcall::mcu::conference
