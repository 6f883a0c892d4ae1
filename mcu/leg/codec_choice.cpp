#include "mcu/leg/codec_choice.h"

#include <strings.h>

#include <algorithm>

namespace rollcall::mcu::leg {
namespace {

using model::Codec;
using model::Direction;
using model::Feedback;
using model::MediaKind;

const std::vector<Feedback> video_feedback = {
    {"nack"}, {"nack", "pli"}, {"ccm", "fir"}, {"transport-cc"}, {"goog-remb"}};

/// How telephones are asked for less (RFC 5104 §3.5.4). Taken where it is offered: Jingle clients stumble over what
/// they do not know.
const Feedback tmmbr = {"ccm", "tmmbr"};

Codec offered_opus(int payload_type) {
  return {payload_type, "opus", 48000, 2, {{"minptime", "10"}, {"useinbandfec", "1"}}, {}};
}
Codec offered_pcmu(int payload_type) {
  return {payload_type, "PCMU", 8000, 1, {}, {}};
}
Codec offered_pcma(int payload_type) {
  return {payload_type, "PCMA", 8000, 1, {}, {}};
}
/// RFC 3551 §4.5.2: its clock rate is 8000, by an old mistake.
Codec offered_g722(int payload_type) {
  return {payload_type, "G722", 8000, 1, {}, {}};
}
Codec offered_h264(int payload_type) {
  return {payload_type,
          "H264",
          90000,
          1,
          {{"level-asymmetry-allowed", "1"}, {"packetization-mode", "1"}, {"profile-level-id", "42e01f"}},
          video_feedback};
}
Codec offered_vp9(int payload_type) {
  return {payload_type, "VP9", 90000, 1, {{"profile-id", "0"}}, video_feedback};
}
Codec offered_vp8(int payload_type) {
  return {payload_type, "VP8", 90000, 1, {}, video_feedback};
}

bool same_name(const std::string& first, const char* second) {
  return strcasecmp(first.c_str(), second) == 0;
}

std::string parameter(const Codec& codec, const char* name, const char* otherwise) {
  const auto found = codec.parameters.find(name);
  return found == codec.parameters.end() ? otherwise : found->second;
}

/// H.264: baseline (constrained or not) whose units may be spread over packets (RFC 6184 §8.1). VP9: 8 bits, 4:2:0.
bool is_possible(const Codec& codec, gst::Coding coding) {
  if (coding == gst::Coding::h264) {
    return parameter(codec, "packetization-mode", "0") == "1" &&
           parameter(codec, "profile-level-id", "420010").starts_with("42");
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
    const bool known =
        feedback == tmmbr || std::find(video_feedback.begin(), video_feedback.end(), feedback) != video_feedback.end();
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

const std::vector<KnownCodec>& known_codecs() {
  static const std::vector<KnownCodec> table = {
      {gst::Coding::opus, MediaKind::audio, "opus", 48000, 2, 111, &offered_opus},
      {gst::Coding::g722, MediaKind::audio, "G722", 8000, 1, 9, &offered_g722},
      {gst::Coding::pcmu, MediaKind::audio, "PCMU", 8000, 1, 0, &offered_pcmu},
      {gst::Coding::pcma, MediaKind::audio, "PCMA", 8000, 1, 8, &offered_pcma},
      {gst::Coding::vp8, MediaKind::video, "VP8", 90000, 1, 96, &offered_vp8},
      {gst::Coding::h264, MediaKind::video, "H264", 90000, 1, 98, &offered_h264},
      {gst::Coding::vp9, MediaKind::video, "VP9", 90000, 1, 100, &offered_vp9},
  };
  return table;
}

bool Choice::has_feedback(const char* type, const char* parameter) const {
  return std::find(codec.feedback.begin(), codec.feedback.end(), Feedback{type, parameter}) != codec.feedback.end();
}

int Choice::extension_id(const char* uri) const {
  const auto found = std::find_if(extensions.begin(), extensions.end(), [uri](const auto& e) { return e.uri == uri; });
  return found == extensions.end() ? 0 : found->id;
}

namespace {

/// Between VP8 and H.264 the other side decides: what it names first costs it least.
int rank(const KnownCodec& known) {
  return static_cast<int>(known.coding == gst::Coding::h264 ? &known - known_codecs().data() - 1
                                                            : &known - known_codecs().data());
}

struct Match {
  const KnownCodec* known = nullptr;
  const Codec* codec = nullptr;
};

Match best_match(const model::Media& theirs) {
  Match best;
  for (const auto& codec : theirs.codecs) {
    for (const auto& known : known_codecs()) {
      if (known.kind == theirs.kind && is_known(codec, known) &&
          (best.known == nullptr || rank(known) < rank(*best.known))) {
        best = {&known, &codec};
      }
    }
  }
  return best;
}

}  // namespace

std::optional<Choice> choose(const model::Media& theirs, bool bundled) {
  const auto [known, codec] = best_match(theirs);
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

model::Media offered_media(MediaKind kind, bool bundled) {
  model::Media media{.mid = kind == MediaKind::audio ? "audio" : "video", .kind = kind};
  for (const auto& known : known_codecs()) {
    // VP9 costs most, and whoever has it has VP8.
    if (known.kind == kind && known.coding != gst::Coding::vp9) {
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
