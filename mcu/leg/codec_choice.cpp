#include "mcu/leg/codec_choice.h"

#include <strings.h>

#include <algorithm>

namespace rollcall::mcu::leg {
namespace {

using model::Codec;
using model::Direction;
using model::Feedback;
using model::MediaKind;

/// How telephones are asked for less (RFC 5104 §3.5.4). Taken where it is offered: Jingle clients stumble over what
/// they do not know.
const Feedback tmmbr = {"ccm", "tmmbr"};

bool same_name(const std::string& first, const char* second) {
  return strcasecmp(first.c_str(), second) == 0;
}

std::string parameter(const Codec& codec, const char* name, const char* otherwise) {
  const auto found = codec.parameters.find(name);
  return found == codec.parameters.end() ? otherwise : found->second;
}

/// The mode that we send is one of theirs, and the frames begin at octets: nothing else has a depayloader.
bool has_amr_mode(const Codec& codec, const char* mode) {
  const auto set = parameter(codec, "mode-set", "");
  return parameter(codec, "octet-align", "0") == "1" && parameter(codec, "interleaving", "").empty() &&
         parameter(codec, "crc", "0") == "0" && (set.empty() || set.find(mode) != std::string::npos);
}

/// H.264: baseline (constrained or not); whether its units may be spread over packets makes two codecs of it (RFC 6184
/// §8.1). VP9: 8 bits, 4:2:0. H.261 and H.263: we send CIF first.
bool is_possible(const Codec& codec, gst::Coding coding) {
  if (coding == gst::Coding::h264 || coding == gst::Coding::h264_single) {
    return parameter(codec, "packetization-mode", "0") == (coding == gst::Coding::h264 ? "1" : "0") &&
           parameter(codec, "profile-level-id", "420010").starts_with("42");
  }
  if (coding == gst::Coding::amr || coding == gst::Coding::amr_wb) {
    return has_amr_mode(codec, coding == gst::Coding::amr ? "7" : "2");
  }
  if (gst::has_fixed_sizes(coding)) {
    return !codec.parameters.contains("QCIF") || codec.parameters.contains("CIF");
  }
  return coding != gst::Coding::vp9 || parameter(codec, "profile-id", "0") == "0";
}

bool is_known(const Codec& codec, const KnownCodec& known) {
  return is_possible(codec, known.coding) && same_name(codec.name, known.name) &&
         codec.clock_rate == known.clock_rate && codec.payload_type >= 0 && codec.payload_type <= 127;
}

std::vector<model::HeaderExtension> common_extensions(const model::Media& theirs) {
  std::vector<model::HeaderExtension> common;
  for (const auto& extension : theirs.header_extensions) {
    // Feedback of every packet is for what adapts: the pictures. Their numbers are contiguous by themselves.
    const bool names_layer =
        !theirs.send_rids.empty() && (extension.uri == rid_uri || extension.uri == repaired_rid_uri);
    const bool wanted = extension.uri == mid_uri || names_layer ||
                        (extension.uri == twcc_uri && theirs.kind == MediaKind::video) ||
                        (extension.uri == audio_level_uri && theirs.kind == MediaKind::audio);
    if (wanted && extension.id >= 1 && extension.id <= 14) {
      common.push_back(extension);
    }
  }
  return common;
}

std::vector<Feedback> common_feedback(const Codec& codec, const Choice& choice, bool bundled) {
  std::vector<Feedback> common;
  if (choice.known->kind == MediaKind::audio) {
    return common;
  }
  for (const auto& feedback : codec.feedback) {
    const bool known = feedback == tmmbr ||
                       std::find(video_feedback().begin(), video_feedback().end(), feedback) != video_feedback().end();
    const bool possible = (feedback.type != "transport-cc" || choice.extension_id(twcc_uri) != 0) &&
                          (feedback.type != "goog-remb" || bundled);
    if (known && possible) {
      common.push_back(feedback);
    }
  }
  return common;
}

std::optional<Codec> retransmission_of(int payload_type, const std::vector<Codec>& codecs) {
  for (const auto& codec : codecs) {
    const auto apt = codec.parameters.find("apt");
    if (same_name(codec.name, "rtx") && apt != codec.parameters.end() && apt->second == std::to_string(payload_type) &&
        codec.payload_type >= 0 && codec.payload_type <= 127) {
      auto rtx = codec;
      rtx.feedback.clear();
      return rtx;
    }
  }
  return std::nullopt;
}

}  // namespace

bool Choice::has_feedback(const char* type, const char* parameter) const {
  return std::find(codec.feedback.begin(), codec.feedback.end(), Feedback{type, parameter}) != codec.feedback.end();
}

int Choice::extension_id(const char* uri) const {
  const auto found = std::find_if(extensions.begin(), extensions.end(), [uri](const auto& e) { return e.uri == uri; });
  return found == extensions.end() ? 0 : found->id;
}

namespace {

/// What the profile names, then by the table; but between VP8 and H.264 the other side decides: what it names first
/// costs it least.
int rank(const KnownCodec& known, const std::vector<std::string>& wanted) {
  const auto named =
      std::find_if(wanted.begin(), wanted.end(), [&](const std::string& name) { return same_name(name, known.name); });
  const auto place = static_cast<int>(&known - known_codecs().data());
  const int by_table = known.coding == gst::Coding::h264 ? place - 1 : place;
  constexpr int beyond_table = 100;
  return by_table + beyond_table * static_cast<int>(named - wanted.begin());
}

struct Match {
  const KnownCodec* known = nullptr;
  const Codec* codec = nullptr;
};

Match best_match(const model::Media& theirs, const std::vector<std::string>& wanted) {
  Match best;
  for (const auto& codec : theirs.codecs) {
    for (const auto& known : known_codecs()) {
      if (known.kind == theirs.kind && is_known(codec, known) &&
          (best.known == nullptr || rank(known, wanted) < rank(*best.known, wanted))) {
        best = {&known, &codec};
      }
    }
  }
  return best;
}

}  // namespace

std::optional<Choice> choose(const model::Media& theirs, bool bundled, const std::vector<std::string>& wanted) {
  const auto [known, codec] = best_match(theirs, wanted);
  if (known == nullptr) {
    return std::nullopt;
  }
  Choice choice{known, *codec, std::nullopt, common_extensions(theirs)};
  choice.codec.feedback = common_feedback(*codec, choice, bundled);
  if (known->kind == MediaKind::audio) {
    choice.keys = telephone_keys(theirs.codecs, codec->clock_rate);
  }
  if (choice.has_feedback("nack")) {
    choice.rtx = retransmission_of(codec->payload_type, theirs.codecs);
  }
  if (theirs.kind == MediaKind::video && choice.extension_id(rid_uri) != 0) {
    choice.rids = theirs.send_rids;
    choice.rids.resize(std::min(choice.rids.size(), most_layers));
  }
  return choice;
}

model::Media offered_media(MediaKind kind, bool bundled, bool telephone) {
  model::Media media{.mid = kind == MediaKind::audio ? "audio" : "video", .kind = kind};
  for (const auto& known : known_codecs()) {
    // VP9 costs most, and whoever has it has VP8.
    if (known.kind == kind && known.coding != gst::Coding::vp9 && (telephone || !known.telephone)) {
      media.codecs.push_back(known.offer(known.payload_type));
    }
  }
  if (bundled) {
    media.header_extensions.push_back({1, mid_uri});
  }
  if (kind == MediaKind::audio) {
    if (bundled) {
      media.header_extensions.push_back({3, audio_level_uri});
    }
    return media;
  }
  if (bundled) {
    media.header_extensions.push_back({2, twcc_uri});
  }
  for (auto& codec : media.codecs) {
    std::erase_if(codec.feedback, [bundled](const Feedback& feedback) {
      return !bundled && (feedback.type == "transport-cc" || feedback.type == "goog-remb");
    });
  }
  const auto offered = media.codecs;
  for (const auto& codec : offered) {
    const auto original = std::to_string(codec.payload_type);
    media.codecs.push_back({codec.payload_type + 1, "rtx", codec.clock_rate, 1, {{"apt", original}}, {}});
  }
  return media;
}

model::Media agreed_media(const std::string& mid, Direction direction, const Choice& choice) {
  model::Media ours{.mid = mid, .kind = choice.known->kind, .direction = direction};
  ours.codecs.push_back(choice.codec);
  // What the offer says of stereo and of its own recording is not ours to repeat.
  ours.codecs.back().parameters.erase("sprop-stereo");
  ours.codecs.back().parameters.erase("sprop-maxcapturerate");
  ours.codecs.back().parameters.erase("stereo");
  ours.codecs.back().parameters.erase("sprop-parameter-sets");
  if (choice.rtx) {
    ours.codecs.push_back(*choice.rtx);
  }
  if (choice.keys) {
    ours.codecs.push_back(*choice.keys);
  }
  ours.header_extensions = choice.extensions;
  ours.receive_rids = choice.rids;
  return ours;
}

Direction mirrored(Direction theirs) {
  switch (theirs) {
    case Direction::sendrecv:
      return Direction::sendrecv;
    case Direction::sendonly:
      return Direction::recvonly;
    case Direction::recvonly:
      return Direction::sendonly;
    case Direction::inactive:
      return Direction::inactive;
  }
  return Direction::inactive;
}

bool sends(Direction direction) {
  return direction == Direction::sendrecv || direction == Direction::sendonly;
}
bool receives(Direction direction) {
  return direction == Direction::sendrecv || direction == Direction::recvonly;
}

}  // namespace rollcall::mcu::leg
