// What is known of a person who uses the service, whatever conference he is in.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "allocator/model/address.h"

namespace rollcall::model {

/// Some hours of every day, by the clock on somebody's wall. From 22:00 until 07:00 goes over midnight; from and until
/// at the same minute is all day.
struct DailyHours {
  std::chrono::minutes from{0};   ///< since midnight, below 24 h
  std::chrono::minutes until{0};  ///< since midnight, below 24 h
  /// His clock, east of UTC; none: the clock of the service's machine.
  std::optional<std::chrono::minutes> offset = {};
  bool operator==(const DailyHours&) const = default;
};
/// When he does not want to be rung.
using QuietHours = DailyHours;

struct Person {
  Address address = {};       ///< bare
  std::string language = {};  ///< xml:lang of what he sent last (BCP 47); empty: never said
  std::string nick = {};      ///< as he calls himself (XEP-0172)
  std::optional<QuietHours> quiet = {};
  bool operator==(const Person&) const = default;
};

}  // namespace rollcall::model
