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

[[nodiscard]] constexpr std::string_view spelling_of(model::Role role) {
  switch (role) {
    case model::Role::guest:
      return "guest";
    case model::Role::member:
      return "member";
    case model::Role::moderator:
      return "moderator";
    case model::Role::owner:
      return "owner";
  }
  __builtin_unreachable();
}

[[nodiscard]] constexpr model::Role role_from(std::string_view text) {
  using enum model::Role;
  for (const auto role : {member, moderator, owner}) {
    if (spelling_of(role) == text) return role;
  }
  return guest;
}

[[nodiscard]] constexpr std::string_view spelling_of(model::PictureLayout layout) {
  switch (layout) {
    case model::PictureLayout::automatic:
      return "auto";
    case model::PictureLayout::grid:
      return "grid";
    case model::PictureLayout::speaker:
      return "speaker";
    case model::PictureLayout::spotlight:
      return "spotlight";
    case model::PictureLayout::presentation:
      return "presentation";
  }
  __builtin_unreachable();
}

[[nodiscard]] constexpr model::PictureLayout layout_from(std::string_view text) {
  using enum model::PictureLayout;
  for (const auto layout : {grid, speaker, spotlight, presentation}) {
    if (spelling_of(layout) == text) return layout;
  }
  return automatic;
}

/// In place of an offset from UTC.
inline constexpr int no_clock = -10000;

}  // namespace rollcall::store
