// What somebody wishes for a call that runs, and what its MCU makes of it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "allocator/model/refusal.h"
#include "allocator/model/wishes.h"
#include "allocator/rules/request.h"

namespace rollcall::rules {

/// Whose sound enters the mix, or not.
struct SilenceWish {
  std::vector<LegId> legs = {};  ///< of one person: all his devices
  bool silent = false;
  bool operator==(const SilenceWish&) const = default;
};
struct SpotlightWish {
  LegId leg = {};  ///< empty: nobody
  bool operator==(const SpotlightWish&) const = default;
};
/// What somebody wishes for a call that runs; it is so when its MCU has said so.
using Wish = std::variant<SilenceWish, SpotlightWish, model::PictureLayout>;
/// What became of an Order effect.
struct OrderAnswered {
  Asked question = {};
  Wish wish = {};
  std::optional<model::Refusal> refused = {};
};

/// The answer comes as OrderAnswered.
struct Order {
  PeerId mcu = {};
  Asked question = {};
  Wish wish = {};
  bool operator==(const Order&) const = default;
};

/// What became of a Record effect: the file, or why not.
struct RecordingAnswered {
  Asked question = {};
  bool on = false;
  model::Expected<std::string> file = {};
};

}  // namespace rollcall::rules
