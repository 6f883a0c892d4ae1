#include "mcu/leg/description_check.h"

#include <algorithm>

#include "mcu/leg/codec_choice.h"
#include "mcu/transport/transport.h"

namespace rollcall::mcu::leg {
namespace {

constexpr std::size_t most_media = 8;
constexpr std::size_t longest_mid = 64;

model::Expected<void> check_media(const model::Media& media, const model::MediaDescription& all) {
  if (media.mid.empty() || media.mid.size() > longest_mid ||
      std::count_if(all.media.begin(), all.media.end(), [&](const auto& other) { return other.mid == media.mid; }) >
          1) {
    return model::refuse(model::Reason::bad_request, "the media's name '" + media.mid.substr(0, longest_mid) + "'");
  }
  if (is_unused(media)) {
    return {};
  }
  if (media.transport >= all.transports.size()) {
    return model::refuse(model::Reason::bad_request, "the media '" + media.mid + "' names no transport");
  }
  return transport::check(all.transports[media.transport]);
}

}  // namespace

model::Expected<void> check_description(const model::MediaDescription& theirs) {
  if (theirs.media.empty() || theirs.media.size() > most_media || theirs.transports.size() > theirs.media.size()) {
    return model::refuse(model::Reason::bad_request, "the number of media or transports");
  }
  for (const auto& media : theirs.media) {
    if (auto checked = check_media(media, theirs); !checked) {
      return checked;
    }
  }
  return {};
}

const model::Media* find_media(const model::MediaDescription& description, const std::string& mid) {
  const auto found = std::find_if(description.media.begin(), description.media.end(),
                                  [&](const model::Media& media) { return media.mid == mid; });
  return found == description.media.end() ? nullptr : &*found;
}

bool knows_bundle(const model::MediaDescription& description) {
  if (description.media.size() > 1) {
    return model::is_bundled(description);
  }
  return std::any_of(description.media.begin(), description.media.end(), [](const model::Media& media) {
    return std::any_of(media.header_extensions.begin(), media.header_extensions.end(),
                       [](const auto& extension) { return extension.uri == mid_uri; });
  });
}

}  // namespace rollcall::mcu::leg
