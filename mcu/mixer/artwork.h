// What is written into the picture: names, cards, notices. Drawn by Pango and Cairo ahead of time, never in a tick.
// Names are plain text from strangers: any length, any script, any bytes.
#pragma once

#include <string>
#include <string_view>

#include "mcu/layout/layout.h"
#include "mcu/mixer/canvas.h"

namespace rollcall::mcu::mixer {

/// What is said about one person.
struct Label {
  std::string id;    ///< decides the colour of the card
  std::string name;  ///< shortened with an ellipsis where it does not fit
  bool microphone_muted = false;
  std::string note = {};  ///< a second, quieter line on the card
  bool operator==(const Label&) const = default;
};

/// The name and the crossed-out microphone, for the tile's lower left corner; at most as wide as the tile.
[[nodiscard]] Overlay draw_name(const Label& label, layout::Size tile);

/// The whole tile for somebody without a picture: his initials on a disc, his name below.
[[nodiscard]] Overlay draw_card(const Label& label, layout::Size tile);

/// One line of text on a dark pill, at most as wide as the canvas.
[[nodiscard]] Overlay draw_notice(const std::string& text, layout::Size canvas);

/// "Ada King Lovelace" → "AL"; at most two letters, "?" for a name without any.
[[nodiscard]] std::string initials(const std::string& name);

/// One of twelve well-told-apart colours, always the same for the same id.
[[nodiscard]] Rgb colour_of(std::string_view id);

}  // namespace rollcall::mcu::mixer
