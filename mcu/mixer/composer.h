#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mcu/layout/layout.h"
#include "mcu/mixer/artwork.h"
#include "mcu/mixer/canvas.h"
#include "mcu/mixer/picture_slot.h"

namespace rollcall::mcu::mixer {

/// Everything that is drawn for one person at one size of tile, ready made. Immutable, shared.
struct Artwork {
  Overlay name;
  Overlay card;
};

/// One person's place in the picture. `slot` is borrowed and outlives the scene.
struct Seat {
  std::string id = {};
  const PictureSlot* slot = nullptr;
  layout::Tile tile = {};
  layout::Fit fit = layout::Fit::fill;
  std::shared_ptr<const Artwork> artwork = {};
  std::shared_ptr<const Edges> edges = {};  ///< none: up to the edge of the tile, as for somebody alone
  bool camera_off = false;                  ///< his own client says so: the card, at once
  std::chrono::milliseconds card_after{1000};
  bool operator==(const Seat&) const = default;
};

/// Something that lies over the tiles.
struct Placed {
  std::shared_ptr<const Overlay> overlay = {};
  int x = 0;
  int y = 0;
  [[nodiscard]] layout::Tile area() const { return {x, y, overlay->size.width, overlay->size.height}; }
  bool operator==(const Placed&) const = default;
};

/// Who is where, from one change of the conference to the next.
struct Scene {
  std::vector<Seat> seats = {};
  std::vector<Placed> over = {};  ///< inside the canvas
};

/// One finished picture, and what it holds, so that the next one needs to draw only what changed since. Shared by the
/// composer and by whoever still reads it.
struct MixedPicture {
  explicit MixedPicture(layout::Size size) : canvas(size) {}
  Canvas canvas;
  std::atomic<int> readers = 0;  ///< nobody draws here while there are any
  std::uint64_t scene = 0;       ///< these: numbers of what is drawn; 0: nothing
  std::uint64_t under = 0;
  std::vector<std::uint64_t> seats = {};
};

/// Turns the scene and the slots into pictures, tick by tick, drawing only what changed. Never waits for an input: a
/// picture that does not come stays for a while, then gives way to the card. Where people's tiles change, they glide
/// there. No thread, no clock of its own.
///
/// Pictures are drawn where an earlier one was that nobody reads any more: what it still shows rightly stays, what
/// changed in this tick is drawn, and only what changed meanwhile is copied from the last one.
class Composer {
 public:
  using Time = PictureSlot::Time;

  explicit Composer(layout::Size size, std::chrono::milliseconds glide = {});
  ~Composer();

  void set_scene(Scene scene, Time now);

  struct Result {
    std::shared_ptr<MixedPicture> picture = {};  ///< none: all are still being read, and there are too many already
    std::size_t drawn = 0;                       ///< tiles
    bool changed = false;                        ///< else the same pixels as before
  };
  [[nodiscard]] Result compose(Time now);
  /// Of the last picture.
  [[nodiscard]] const Canvas& canvas() const;
  /// Pictures in memory.
  [[nodiscard]] std::size_t pictures() const { return pictures_.size(); }

  static constexpr std::size_t most_pictures = 12;

 private:
  /// What one seat shows now.
  struct Shown {
    PictureSlot::Look look = {};
    bool picture = false;  ///< else the card
    std::uint64_t version = 0;
    layout::Tile from = {};  ///< where it was when the gliding began
    bool under = false;      ///< something of the scene lies over it
  };
  [[nodiscard]] bool gliding(Time now) const { return now < glide_until_; }
  [[nodiscard]] layout::Tile place(std::size_t seat, Time now) const;
  [[nodiscard]] bool look_at_slots(Time now);
  [[nodiscard]] std::shared_ptr<MixedPicture> free_picture();
  [[nodiscard]] std::size_t draw_all(MixedPicture& to, Time now);
  [[nodiscard]] std::size_t draw_changes(MixedPicture& to);
  void clear(MixedPicture& to) const;
  [[nodiscard]] std::size_t draw_what_lies_under(MixedPicture& to, const MixedPicture* last);
  void draw_seat(Canvas& canvas, std::size_t seat, const layout::Tile& tile);
  void begin_glide(const std::vector<Seat>& before, const std::vector<layout::Tile>& places, Time now);

  layout::Size size_;
  std::chrono::milliseconds glide_;
  Scene scene_;
  std::vector<Shown> shown_;    ///< one per seat
  std::uint64_t versions_ = 1;  ///< the last number given away, to whatever
  std::uint64_t scene_version_ = 1;
  std::uint64_t under_version_ = 1;
  Time glide_until_{};
  bool owed_ = false;  ///< something changed that no picture shows yet
  std::vector<std::shared_ptr<MixedPicture>> pictures_;
  std::shared_ptr<MixedPicture> last_;
};

}  // namespace rollcall::mcu::mixer
