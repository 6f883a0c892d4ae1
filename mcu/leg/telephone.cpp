// What telephones and their gateways are offered.
#include <strings.h>

#include <algorithm>

#include "mcu/leg/codec_choice.h"

namespace rollcall::mcu::leg {
namespace {

using model::Codec;
using model::Feedback;
using model::MediaKind;

constexpr const char* keys_name = "telephone-event";

bool same_name(const std::string& first, const char* second) {
  return strcasecmp(first.c_str(), second) == 0;
}

Codec offered_keys(int payload_type, int clock_rate) {
  return {payload_type, keys_name, clock_rate, 1, {{"0-15", ""}}, {}};
}

/// Only those of `names`, in their order; all where there are none.
void keep_named(std::vector<Codec>& codecs, const std::vector<std::string>& names) {
  if (names.empty()) {
    return;
  }
  std::vector<Codec> kept;
  for (const auto& name : names) {
    std::copy_if(codecs.begin(), codecs.end(), std::back_inserter(kept),
                 [&](const Codec& codec) { return same_name(codec.name, name.c_str()); });
  }
  codecs = std::move(kept);
}

}  // namespace

std::optional<Codec> telephone_keys(const std::vector<Codec>& codecs, int clock_rate) {
  const Codec* found = nullptr;
  for (const auto& codec : codecs) {
    if (same_name(codec.name, keys_name) && codec.payload_type >= 0 && codec.payload_type <= 127 &&
        (found == nullptr || codec.clock_rate == clock_rate)) {
      found = &codec;
    }
  }
  return found == nullptr ? std::nullopt : std::optional(*found);
}

model::Media offered_media(MediaKind kind, const model::LegProfile& profile) {
  const auto& named = kind == MediaKind::audio ? profile.sound : profile.picture;
  const bool telephone = profile.security != model::LegSecurity::ice_dtls;
  auto media = offered_media(kind, profile.bundle, telephone && !named.empty());
  if (!telephone) {
    return media;
  }
  std::erase_if(media.codecs, [](const Codec& codec) { return codec.name == "rtx"; });
  keep_named(media.codecs, named);
  for (auto& codec : media.codecs) {
    std::erase_if(codec.feedback, [](const Feedback& feedback) { return feedback == Feedback{"nack"}; });
  }
  media.header_extensions.clear();
  media.rtcp_mux = false;
  if (kind == MediaKind::audio) {
    // The keys' clock is the voice's (RFC 4733 §2.1).
    const auto has_rate = [&media](int rate) {
      return std::any_of(media.codecs.begin(), media.codecs.end(),
                         [rate](const Codec& codec) { return codec.clock_rate == rate; });
    };
    const bool wide = has_rate(16000);
    const bool full = has_rate(48000);
    media.codecs.push_back(offered_keys(101, 8000));
    if (wide) {
      media.codecs.push_back(offered_keys(103, 16000));
    }
    if (full) {
      media.codecs.push_back(offered_keys(102, 48000));
    }
  }
  return media;
}

}  // namespace rollcall::mcu::leg
