// How enumerations are spelt in the tables.
#pragma once

#include <string_view>

#include "allocator/model/conference.h"

namespace rollcall::store {

[[nodiscard]] constexpr std::string_view spelling_of(model::CommunicationMode mode) {
  switch (mode) {
    case model::CommunicationMode::computer:
      return "computer";
    case model::CommunicationMode::cellular:
      return "cellular";
    case model::CommunicationMode::pstn:
      return "pstn";
    case model::CommunicationMode::gateway:
      return "gateway";
    case model::CommunicationMode::video_conferencing_standard:
      return "video_conferencing_standard";
    case model::CommunicationMode::isdn:
      return "isdn";
    case model::CommunicationMode::atm:
      return "atm";
  }
  __builtin_unreachable();
}

[[nodiscard]] constexpr model::CommunicationMode mode_from(std::string_view text) {
  using enum model::CommunicationMode;
  for (const auto mode : {computer, cellular, pstn, gateway, video_conferencing_standard, isdn, atm}) {
    if (spelling_of(mode) == text) return mode;
  }
  return computer;
}

[[nodiscard]] constexpr std::string_view spelling_of(model::Door door) {
  switch (door) {
    case model::Door::jabber:
      return "jabber";
    case model::Door::web:
      return "web";
    case model::Door::sip:
      return "sip";
  }
  __builtin_unreachable();
}

[[nodiscard]] constexpr model::Door door_from(std::string_view text) {
  using enum model::Door;
  for (const auto door : {jabber, web, sip}) {
    if (spelling_of(door) == text) return door;
  }
  return jabber;
}

}  // namespace rollcall::store
