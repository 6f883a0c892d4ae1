// The signs beside a name, drawn as lines so that they need no font.
#pragma once

#include "mcu/mixer/drawing.h"

namespace rollcall::mcu::mixer {

enum class Mark { microphone_off, screen, poor_connection, hand };

/// In a square of `side`, in the drawing's present colour.
void draw_mark(Drawing& drawing, Mark mark, double x, double y, double side);

/// The one that it is drawn in.
[[nodiscard]] Rgb colour_of(Mark mark);

}  // namespace rollcall::mcu::mixer
