// What is written into the picture: names, marks, cards, notices. Drawn by Pango and Cairo ahead of time, never in a
// tick. Names are plain text from strangers: any length, any script, any bytes.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "mcu/layout/layout.h"
#include "mcu/mixer/avatar.h"
#include "mcu/mixer/canvas.h"
#include "mcu/mixer/text.h"

namespace rollcall::mcu::mixer {

/// What is said about one person.
struct Label {
  std::string name;  ///< shortened with an ellipsis where it does not fit; decides the colour of the card
  bool microphone_muted = false;
  std::string note = {};  ///< a quieter word: beside the name, and on the card in a line of its own
  bool poor_connection = false;
  bool presenting = false;
  bool hand_raised = false;
  std::shared_ptr<const Avatar> avatar = {};  ///< instead of the initials; may be none
  bool operator==(const Label&) const = default;
};

/// The name and the marks, for the tile's lower left corner; at most as wide as the tile.
[[nodiscard]] Overlay draw_name(const Label& label, layout::Size tile);

/// The whole tile for somebody without a picture: his initials or his avatar on a disc, his name and marks below.
[[nodiscard]] Overlay draw_card(const Label& label, layout::Size tile);

/// One line of text on a dark pill, at most as wide as the canvas.
[[nodiscard]] Overlay draw_notice(const std::string& text, layout::Size canvas);

/// A red dot and "REC".
[[nodiscard]] Overlay draw_recording(layout::Size canvas);

/// The whole canvas when there is nobody to be seen: the conference's title, and what one waits for below.
[[nodiscard]] Overlay draw_slate(const std::string& title, const std::string& text, layout::Size canvas);

/// What makes a tile out of a rectangle: a margin to its neighbours, round corners, and the speaker's frame.
struct Edges {
  int margin = 0;
  int ring = 0;                         ///< thickness of the frame; 0: none
  std::array<Overlay, 4> corners = {};  ///< upper left, upper right, lower left, lower right; all of one size
};
[[nodiscard]] Edges draw_edges(layout::Size tile, bool speaking);

/// One of twelve well-told-apart colours, always the same for the same name.
[[nodiscard]] Rgb colour_of(std::string_view name);

}  // namespace rollcall::mcu::mixer
