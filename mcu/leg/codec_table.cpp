// The codecs that there are, each as we offer it.
#include <sstream>

#include "mcu/leg/codec_choice.h"

namespace rollcall::mcu::leg {
namespace {

using model::Codec;
using model::Feedback;
using model::MediaKind;

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
          video_feedback()};
}
Codec offered_vp9(int payload_type) {
  return {payload_type, "VP9", 90000, 1, {{"profile-id", "0"}}, video_feedback()};
}
Codec offered_vp8(int payload_type) {
  return {payload_type, "VP8", 90000, 1, {}, video_feedback()};
}
Codec offered_amr(int payload_type) {
  return {payload_type, "AMR", 8000, 1, {{"octet-align", "1"}}, {}};
}
Codec offered_amr_wb(int payload_type) {
  return {payload_type, "AMR-WB", 16000, 1, {{"octet-align", "1"}}, {}};
}
Codec offered_h264_single(int payload_type) {
  return {payload_type,
          "H264",
          90000,
          1,
          {{"level-asymmetry-allowed", "1"}, {"packetization-mode", "0"}, {"profile-level-id", "42e01f"}},
          video_feedback()};
}
/// The sizes with the shortest time between two pictures, in 1/29.97 s.
Codec of_fixed_sizes(int payload_type, const char* name) {
  return {payload_type, name, 90000, 1, {{"CIF", "2"}, {"QCIF", "2"}}, video_feedback()};
}
Codec offered_h263(int payload_type) {
  return of_fixed_sizes(payload_type, "H263");
}
Codec offered_h263_1998(int payload_type) {
  return of_fixed_sizes(payload_type, "H263-1998");
}
Codec offered_h261(int payload_type) {
  return of_fixed_sizes(payload_type, "H261");
}

}  // namespace

const std::vector<Feedback>& video_feedback() {
  static const std::vector<Feedback> all = {{"nack"}, {"nack", "pli"}, {"ccm", "fir"}, {"transport-cc"}, {"goog-remb"}};
  return all;
}

namespace {

std::vector<KnownCodec>& table_of_codecs() {
  using gst::Coding;
  constexpr auto audio = MediaKind::audio;
  constexpr auto video = MediaKind::video;
  static std::vector<KnownCodec> table = {
      {Coding::opus, audio, "opus", 48000, 2, 111, &offered_opus},
      {Coding::g722, audio, "G722", 8000, 1, 9, &offered_g722},
      {Coding::amr_wb, audio, "AMR-WB", 16000, 1, 113, &offered_amr_wb, true},
      {Coding::pcmu, audio, "PCMU", 8000, 1, 0, &offered_pcmu},
      {Coding::pcma, audio, "PCMA", 8000, 1, 8, &offered_pcma},
      {Coding::amr, audio, "AMR", 8000, 1, 114, &offered_amr, true},
      {Coding::vp8, video, "VP8", 90000, 1, 96, &offered_vp8, false, "vp8enc vp8dec"},
      {Coding::h264, video, "H264", 90000, 1, 98, &offered_h264, false, "openh264enc avdec_h264 h264parse"},
      {Coding::h264_single, video, "H264", 90000, 1, 106, &offered_h264_single, true, "x264enc avdec_h264 h264parse"},
      {Coding::vp9, video, "VP9", 90000, 1, 100, &offered_vp9, false, "vp9enc vp9dec vp9parse"},
      {Coding::h263_1998, video, "H263-1998", 90000, 1, 104, &offered_h263_1998, true, "avenc_h263 avdec_h263"},
      {Coding::h263, video, "H263", 90000, 1, 34, &offered_h263, true, "avenc_h263 avdec_h263 rtph263pay"},
      {Coding::h261, video, "H261", 90000, 1, 31, &offered_h261, true, "avenc_h261 avdec_h261 rtph261pay"},
  };
  return table;
}

}  // namespace

const std::vector<KnownCodec>& known_codecs() {
  return table_of_codecs();
}

std::vector<std::string> forget_codecs_without(const std::function<bool(const std::string& element)>& has) {
  std::vector<std::string> missing;
  std::erase_if(table_of_codecs(), [&](const KnownCodec& codec) {
    std::istringstream elements(codec.elements);
    bool whole = true;
    for (std::string element; elements >> element;) whole = whole && has(element);
    if (!whole) {
      missing.emplace_back(codec.name);
    }
    return !whole;
  });
  return missing;
}

}  // namespace rollcall::mcu::leg
