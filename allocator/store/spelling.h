// How enumerations are spelt in the tables.
#pragma once

#include <string_view>

#include "allocator/model/conference.h"
#include "allocator/model/modes.h"

namespace rollcall::store {

[[nodiscard]] inline model::CommunicationMode mode_from(std::string_view text) {
  return model::mode_from_text(text).value_or(model::CommunicationMode::computer);
}

[[nodiscard]] constexpr std::string_view spelling_of(model::ModesSource source) {
  switch (source) {
    case model::ModesSource::node:
      return "node";
    case model::ModesSource::person:
      return "person";
    case model::ModesSource::vcard:
      return "vcard";
  }
  __builtin_unreachable();
}

[[nodiscard]] constexpr model::ModesSource source_from(std::string_view text) {
  using enum model::ModesSource;
  for (const auto source : {node, person}) {
    if (spelling_of(source) == text) return source;
  }
  return vcard;
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
