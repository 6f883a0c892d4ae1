// Looks at and listens to what one participant was sent, after the run: how long it took, how good it is, what froze.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tests/bench/films.h"
#include "tests/bench/participant.h"

namespace rollcall::bench {

/// Milliseconds from when a frame was sent until it has been received again.
struct Verdict {
  std::vector<double> picture_ms = {};
  std::vector<double> sound_ms = {};
  double psnr_db = 0;
  int pictures = 0;          ///< decoded
  int frozen_tiles = 0;      ///< times that a tile stood still for longer than `frozen_after`
  double bad_seen_ms = 0;    ///< until when the one with the fault was seen, from the beginning
  double sound_back_ms = 0;  ///< from when on all clicks came within `good_sound_ms`, from the beginning
  double lipsync_ms = 0;     ///< positive: by the time stamps the picture is played after its sound
};
inline constexpr auto frozen_after = std::chrono::milliseconds(250);

inline constexpr double good_sound_ms = 60;

/// All of the senders' departures; `watched` of them are expected to move all the time.
struct Stage {
  std::vector<const Participant*> senders;
  std::vector<const Participant*> watched;
  const Participant* clicker = nullptr;
  const Participant* bad = nullptr;
  Time begin;
  Time end;
};

class Judge {
 public:
  /// `still`: a file for the last picture's brightness (PGM); empty: none.
  Judge(const Stage& stage, std::span<const Reel> reels, Packing packing, std::string still);
  [[nodiscard]] Verdict verdict(const Participant& observer);

 private:
  struct Picture {
    std::uint32_t timestamp = 0;
    Time complete;
    std::vector<const Arrival*> packets = {};
  };
  struct Shown {
    int frame = -1;
    Time since;
    bool frozen = false;
  };
  void look(const Plane& canvas, const Picture& picture);
  void look_at_tile(const Plane& tile, const Picture& picture, bool compared);
  void watch(const Participant& owner, int frame, Time at);
  [[nodiscard]] std::vector<Picture> pictures_of(const Participant& observer) const;
  [[nodiscard]] const Departure* departure_of(const Participant& owner, const Barcode& code, Time before) const;
  void listen(const Participant& observer);
  [[nodiscard]] const Film& film(int number);

  const Stage& stage_;
  std::span<const Reel> reels_;
  Packing packing_;
  std::map<int, std::unique_ptr<Film>> films_;
  std::map<const Participant*, Shown> shown_;
  Verdict verdict_;
  std::vector<double> similarities_;
  std::string still_;
  int looked_ = 0;
  std::optional<Mapping> picture_map_;
  std::vector<double> picture_stamp_ms_;
  std::vector<double> sound_stamp_ms_;
};

}  // namespace rollcall::bench
