#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
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
  const PictureSlot* slot = nullptr;
  layout::Tile tile = {};
  std::shared_ptr<const Artwork> artwork = {};
  bool camera_muted = false;  ///< his own client says so: the card, at once
  bool speaking = false;
};

/// Who is where, from one change of the conference to the next.
struct Scene {
  std::vector<Seat> seats = {};
  std::shared_ptr<const Overlay> notice = {};  ///< at the top, in the middle; may be none
};

/// Turns the scene and the slots into the canvas, tick by tick, drawing only what changed. Never waits for an input: a
/// picture that does not come stays for `card_after`, then gives way to the card. No thread, no clock of its own.
class Composer {
 public:
  using Time = PictureSlot::Time;

  Composer(layout::Size size, std::chrono::milliseconds card_after);

  /// Everything is drawn again in the next tick.
  void set_scene(Scene scene);
  /// Returns how many tiles had to be drawn.
  std::size_t compose(Time now);
  [[nodiscard]] const Canvas& canvas() const { return canvas_; }

 private:
  struct Drawn {
    std::uint64_t serial = 0;
    bool picture = false;  ///< else the card
    bool anything = false;
  };
  bool draw_seat(const Seat& seat, Drawn& drawn, Time now);
  void finish_seat(const Seat& seat);
  void draw_notice();

  Canvas canvas_;
  std::chrono::milliseconds card_after_;
  Scene scene_;
  std::vector<Drawn> drawn_;  ///< one per seat
  bool clean_ = false;
};

}  // namespace rollcall::mcu::mixer
