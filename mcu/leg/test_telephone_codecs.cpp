#include <doctest/doctest.h>

#include "mcu/leg/codec_choice.h"

using namespace rollcall;
using mcu::gst::Coding;
using mcu::leg::choose;
using mcu::leg::offered_media;
using model::MediaKind;

namespace {

model::Media sound(std::vector<model::Codec> codecs) {
  return {.mid = "audio", .codecs = std::move(codecs)};
}

model::Media picture(std::vector<model::Codec> codecs) {
  return {.mid = "video", .kind = MediaKind::video, .codecs = std::move(codecs)};
}

std::vector<std::string> names_of(const model::Media& media) {
  std::vector<std::string> names;
  for (const auto& codec : media.codecs) names.push_back(codec.name);
  return names;
}

}  // namespace

TEST_CASE("AMR is taken where its frames begin at octets and the rate that we send is allowed") {
  CHECK_FALSE(choose(sound({{96, "AMR", 8000}}), false));
  CHECK_FALSE(choose(sound({{96, "AMR", 8000, 1, {{"octet-align", "1"}, {"mode-set", "0,2"}}}}), false));
  const auto narrow = choose(sound({{96, "AMR", 8000, 1, {{"octet-align", "1"}, {"mode-set", "0,2,4,7"}}}}), false);
  REQUIRE(narrow);
  CHECK(narrow->known->coding == Coding::amr);
  const auto wide = choose(sound({{97, "AMR-WB", 16000}, {98, "AMR-WB", 16000, 1, {{"octet-align", "1"}}}}), false);
  REQUIRE(wide);
  CHECK(wide->codec.payload_type == 98);
}

TEST_CASE("what a profile names comes first, whatever else is in the offer") {
  const auto offer = sound({{9, "G722", 8000}, {97, "AMR-WB", 16000, 1, {{"octet-align", "1"}}}, {0, "PCMU", 8000}});
  CHECK(choose(offer, false)->known->coding == Coding::g722);
  CHECK(choose(offer, false, {"AMR-WB", "AMR"})->known->coding == Coding::amr_wb);
  CHECK(choose(offer, false, {"PCMA", "PCMU"})->known->coding == Coding::pcmu);
}

TEST_CASE("pictures that only telephones and gateways have") {
  CHECK(choose(picture({{34, "H263", 90000}}), false)->known->coding == Coding::h263);
  CHECK(choose(picture({{31, "H261", 90000}, {96, "H263-1998", 90000, 1, {{"CIF", "1"}}}}), false)->known->coding ==
        Coding::h263_1998);
  CHECK_FALSE(choose(picture({{31, "H261", 90000, 1, {{"QCIF", "1"}}}}), false));  // CIF is what we send
  CHECK(choose(picture({{96, "H264", 90000}}), false)->known->coding == Coding::h264_single);
}

TEST_CASE("browsers and Jabber clients are offered none of it; a gateway what its profile names, in its order") {
  for (const auto kind : {MediaKind::audio, MediaKind::video})
    for (const auto& codec : offered_media(kind, true).codecs) {
      CAPTURE(codec.name);
      CHECK_FALSE(codec.name.starts_with("AMR"));
      CHECK((!codec.name.starts_with("H26") || codec.name == "H264"));
    }
  model::LegProfile h320{.bundle = false, .security = model::LegSecurity::plain};
  h320.sound = {"G722", "PCMA"};
  h320.picture = {"H263", "H261"};
  CHECK(names_of(offered_media(MediaKind::video, h320)) == std::vector<std::string>{"H263", "H261"});
  model::LegProfile mobile = h320;
  mobile.sound = {"AMR-WB", "AMR", "PCMA"};
  mobile.picture = {"H264"};
  CHECK(names_of(offered_media(MediaKind::audio, mobile)) ==
        std::vector<std::string>{"AMR-WB", "AMR", "PCMA", "telephone-event", "telephone-event"});
  CHECK(names_of(offered_media(MediaKind::video, mobile)) == std::vector<std::string>{"H264", "H264"});
}
