#include "allocator/model/media_description.h"

#include <algorithm>

namespace rollcall::model {

bool has_video(const MediaDescription& description) {
  return std::ranges::any_of(description.media, [](const Media& media) {
    return media.kind == MediaKind::video && media.direction != Direction::inactive;
  });
}

bool is_bundled(const MediaDescription& description) {
  return description.media.size() > 1 && std::ranges::all_of(description.media, [&](const Media& media) {
           return media.transport == description.media.front().transport;
         });
}

}  // namespace rollcall::model
