// Whether a description from the other side makes sense, before anything is made of it. Pure.
#pragma once

#include "allocator/model/expected.h"
#include "allocator/model/media_description.h"

namespace rollcall::mcu::leg {

/// Refuses bad_request (no media, too many, a mid twice, a transport that is not there, numbers out of range) and
/// no_security.
[[nodiscard]] model::Expected<void> check_description(const model::MediaDescription& theirs);

/// A media without codecs stands for an m-line that is refused or no longer used.
[[nodiscard]] inline bool is_unused(const model::Media& media) {
  return media.codecs.empty();
}

/// Null: no media with this mid.
[[nodiscard]] const model::Media* find_media(const model::MediaDescription& description, const std::string& mid);

/// The transports that media of `description` use, and nothing else is bundled: goog-remb and the like are for peers
/// that know bundle. A single media counts as bundled if it offers the mid extension.
[[nodiscard]] bool knows_bundle(const model::MediaDescription& description);

}  // namespace rollcall::mcu::leg
