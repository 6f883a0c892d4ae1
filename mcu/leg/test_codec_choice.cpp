#include <doctest/doctest.h>

#include <algorithm>

#include "mcu/leg/codec_choice.h"
#include "mcu/leg/description_check.h"

using namespace rollcall;
using mcu::leg::choose;
using mcu::leg::mid_uri;
using mcu::leg::twcc_uri;
using model::Direction;
using model::MediaKind;
using model::Reason;

namespace {

/// As a browser offers it.
model::Media browser_video() {
  return {.mid = "1",
          .kind = MediaKind::video,
          .codecs = {{102, "H264", 90000, 1, {}, {}},
                     {120,
                      "VP8",
                      90000,
                      1,
                      {},
                      {{"goog-remb"}, {"transport-cc"}, {"ccm", "fir"}, {"nack"}, {"nack", "pli"}, {"x-new"}}},
                     {121, "rtx", 90000, 1, {{"apt", "102"}}, {}},
                     {124, "rtx", 90000, 1, {{"apt", "120"}}, {}}},
          .header_extensions = {{3, twcc_uri}, {4, mid_uri}, {5, "urn:3gpp:video-orientation"}}};
}

model::Media browser_sound() {
  return {
      .mid = "0",
      .kind = MediaKind::audio,
      .codecs = {{0, "PCMU", 8000, 1, {}, {}},
                 {109, "OPUS", 48000, 2, {{"sprop-stereo", "1"}, {"useinbandfec", "1"}}, {{"nack"}, {"transport-cc"}}}},
      .header_extensions = {{1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"}, {3, twcc_uri}}};
}

model::MediaDescription whole() {
  model::MediaDescription description;
  description.transports.resize(1);
  description.transports[0].ice = {"abcd", "0123456789012345678901", {}};
  description.transports[0].dtls = {"sha-256", "AB:CD", {}};
  description.media = {browser_sound(), browser_video()};
  return description;
}

}  // namespace

TEST_CASE("our preference decides, the offer's numbers stay") {
  const auto sound = choose(browser_sound(), true);
  REQUIRE(sound.has_value());
  CHECK(sound->codec.payload_type == 109);
  CHECK(sound->known->coding == mcu::gst::Coding::opus);
  const auto video = choose(browser_video(), true);
  REQUIRE(video.has_value());
  CHECK(video->codec.payload_type == 120);
  REQUIRE(video->rtx.has_value());
  CHECK(video->rtx->payload_type == 124);
}

TEST_CASE("the peer's order decides between VP8 and H.264, as far as its H.264 is ours") {
  auto media = browser_video();
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::vp8);  // packetization-mode 0
  media.codecs[0].feedback = {{"nack"}};
  media.codecs[0].parameters = {{"packetization-mode", "1"}, {"profile-level-id", "42e01f"}};
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::h264);
  REQUIRE(choose(media, true)->rtx.has_value());
  CHECK(choose(media, true)->rtx->payload_type == 121);
  std::swap(media.codecs[0], media.codecs[1]);
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::vp8);
  std::swap(media.codecs[0], media.codecs[1]);
  media.codecs[0].parameters["profile-level-id"] = "640c1f";
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::vp8);
}

TEST_CASE("VP9 is taken where there is nothing else, and never offered") {
  auto media = browser_video();
  media.codecs.insert(media.codecs.begin(), {98, "VP9", 90000, 1, {}, {}});
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::vp8);
  media.codecs.resize(1);
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::vp9);
  media.codecs[0].parameters["profile-id"] = "2";
  CHECK_FALSE(choose(media, true).has_value());
  for (const auto& codec : mcu::leg::offered_media(MediaKind::video, true).codecs) {
    CHECK(codec.name != "VP9");
  }
}

TEST_CASE("a telephone's sound is G.722, then PCMU, then PCMA") {
  auto media = browser_sound();
  media.codecs = {{8, "PCMA", 8000, 1, {}, {}}, {0, "PCMU", 8000, 1, {}, {}}, {9, "G722", 8000, 1, {}, {}}};
  for (const auto coding : {mcu::gst::Coding::g722, mcu::gst::Coding::pcmu, mcu::gst::Coding::pcma}) {
    CHECK(choose(media, false)->known->coding == coding);
    media.codecs.pop_back();
  }
}

TEST_CASE("feedback and extensions are what both sides know") {
  const auto video = choose(browser_video(), true);
  CHECK(video->codec.feedback.size() == 5);
  CHECK_FALSE(video->has_feedback("x-new"));
  CHECK(video->extension_id(twcc_uri) == 3);
  CHECK(video->extension_id(mid_uri) == 4);
  CHECK(video->extensions.size() == 2);
}

TEST_CASE("layers are taken, three at most, where the extension that names them is agreed") {
  auto media = browser_video();
  media.send_rids = {"a", "b", "c", "d"};
  CHECK(choose(media, true)->rids.empty());
  CHECK(choose(media, true)->layers() == 1);
  media.header_extensions.push_back({10, mcu::leg::rid_uri});
  media.header_extensions.push_back({11, mcu::leg::repaired_rid_uri});
  const auto video = choose(media, true);
  CHECK(video->rids == std::vector<std::string>{"a", "b", "c"});
  CHECK(video->layers() == 3);
  const auto ours = mcu::leg::agreed_media("1", Direction::sendrecv, *video);
  CHECK(ours.receive_rids == video->rids);
  CHECK(ours.send_rids.empty());
  CHECK(ours.header_extensions.size() == 4);
}

TEST_CASE("whoever sends one stream is not told of layers") {
  auto media = browser_video();
  media.header_extensions.push_back({10, mcu::leg::rid_uri});
  const auto video = choose(media, true);
  CHECK(video->rids.empty());
  CHECK(video->extension_id(mcu::leg::rid_uri) == 0);
}

TEST_CASE("sound has neither retransmission nor transport-wide numbers") {
  const auto sound = choose(browser_sound(), true);
  CHECK(sound->codec.feedback.empty());
  CHECK(sound->extension_id(twcc_uri) == 0);
  CHECK_FALSE(sound->rtx.has_value());
}

TEST_CASE("transport-cc is not agreed without its extension") {
  auto media = browser_video();
  media.header_extensions.clear();
  CHECK_FALSE(choose(media, true)->has_feedback("transport-cc"));
}

TEST_CASE("a telephone may be asked for less by TMMBR, which we do not offer ourselves") {
  auto media = browser_video();
  CHECK_FALSE(choose(media, false)->has_feedback("ccm", "tmmbr"));
  media.codecs[1].feedback.push_back({"ccm", "tmmbr"});
  CHECK(choose(media, false)->has_feedback("ccm", "tmmbr"));
  for (const auto& codec : mcu::leg::offered_media(MediaKind::video, true).codecs) {
    CHECK(std::find(codec.feedback.begin(), codec.feedback.end(), model::Feedback{"ccm", "tmmbr"}) ==
          codec.feedback.end());
  }
}

TEST_CASE("a peer without bundle gets no goog-remb") {
  CHECK(choose(browser_video(), true)->has_feedback("goog-remb"));
  CHECK_FALSE(choose(browser_video(), false)->has_feedback("goog-remb"));
}

TEST_CASE("PCMU will do where there is no Opus, and nothing is nothing") {
  auto media = browser_sound();
  media.codecs.resize(1);
  CHECK(choose(media, true)->known->coding == mcu::gst::Coding::pcmu);
  media.codecs[0].name = "GSM";
  CHECK_FALSE(choose(media, true).has_value());
  media.codecs = {{200, "opus", 48000, 2, {}, {}}};
  CHECK_FALSE(choose(media, true).has_value());
}

TEST_CASE("an answer holds one codec, its retransmission, and nothing of the peer's own") {
  const auto video = mcu::leg::agreed_media("1", Direction::recvonly, *choose(browser_video(), true));
  CHECK(video.mid == "1");
  CHECK(video.direction == Direction::recvonly);
  REQUIRE(video.codecs.size() == 2);
  CHECK(video.codecs[0].payload_type == 120);
  CHECK(video.codecs[1].payload_type == 124);
  const auto sound = mcu::leg::agreed_media("0", Direction::sendrecv, *choose(browser_sound(), true));
  REQUIRE(sound.codecs.size() == 1);
  CHECK_FALSE(sound.codecs[0].parameters.contains("sprop-stereo"));
  CHECK(sound.codecs[0].parameters.contains("useinbandfec"));
}

TEST_CASE("what we offer, we would take") {
  for (const bool bundled : {true, false}) {
    for (const auto kind : {MediaKind::audio, MediaKind::video}) {
      const auto offered = mcu::leg::offered_media(kind, bundled);
      const auto choice = choose(offered, bundled);
      REQUIRE(choice.has_value());
      CHECK(choice->codec == offered.codecs.front());
      CHECK(choice->rtx.has_value() == (kind == MediaKind::video));
      CHECK(choice->has_feedback("goog-remb") == (bundled && kind == MediaKind::video));
    }
  }
}

TEST_CASE("an answer mirrors the direction") {
  CHECK(mcu::leg::mirrored(Direction::sendonly) == Direction::recvonly);
  CHECK(mcu::leg::mirrored(Direction::recvonly) == Direction::sendonly);
  CHECK(mcu::leg::mirrored(Direction::sendrecv) == Direction::sendrecv);
  CHECK(mcu::leg::mirrored(Direction::inactive) == Direction::inactive);
}

TEST_CASE("a description that makes no sense is refused") {
  CHECK(mcu::leg::check_description(whole()).has_value());
  CHECK(mcu::leg::check_description({}).error().reason == Reason::bad_request);
  auto twice = whole();
  twice.media[1].mid = "0";
  CHECK(mcu::leg::check_description(twice).error().reason == Reason::bad_request);
  auto nowhere = whole();
  nowhere.media[1].transport = 1;
  CHECK(mcu::leg::check_description(nowhere).error().reason == Reason::bad_request);
  auto open = whole();
  open.transports[0].dtls.reset();
  CHECK(mcu::leg::check_description(open).error().reason == Reason::no_security);
}

TEST_CASE("an unused media needs no transport") {
  auto description = whole();
  description.media[1] = {.mid = "1", .kind = MediaKind::video, .direction = Direction::inactive, .transport = 7};
  CHECK(mcu::leg::check_description(description).has_value());
}

TEST_CASE("who bundles, knows bundle") {
  CHECK(mcu::leg::knows_bundle(whole()));
  auto dino = whole();
  dino.transports.push_back(dino.transports[0]);
  dino.media[1].transport = 1;
  CHECK_FALSE(mcu::leg::knows_bundle(dino));
  auto alone = whole();
  alone.media.erase(alone.media.begin());
  CHECK(mcu::leg::knows_bundle(alone));
  alone.media[0].header_extensions.clear();
  CHECK_FALSE(mcu::leg::knows_bundle(alone));
}

TEST_CASE("a telephone is offered the profile's codecs in their order, its keys, and nothing of browsers") {
  model::LegProfile profile{.bundle = false, .security = model::LegSecurity::plain, .sound = {"PCMA", "G722"}};
  profile.picture = {"H264"};
  const auto sound = mcu::leg::offered_media(MediaKind::audio, profile);
  std::string names;
  for (const auto& codec : sound.codecs) names += codec.name + " ";
  CHECK(names == "PCMA G722 telephone-event ");
  CHECK_FALSE(sound.rtcp_mux);
  const auto picture = mcu::leg::offered_media(MediaKind::video, profile);
  REQUIRE(picture.codecs.size() == 2);
  CHECK(picture.codecs[0].name == "H264");
  CHECK(picture.header_extensions.empty());
}

TEST_CASE("of a telephone's keys those with the voice's clock are taken, else the others") {
  model::Media media{.mid = "0",
                     .codecs = {{8, "PCMA", 8000}, {97, "telephone-event", 48000}, {101, "telephone-event", 8000}}};
  auto choice = choose(media, false);
  REQUIRE(choice);
  REQUIRE(choice->keys);
  CHECK(choice->keys->payload_type == 101);
  CHECK(mcu::leg::agreed_media("0", Direction::sendrecv, *choice).codecs.size() == 2);
  media.codecs.pop_back();
  CHECK(choose(media, false)->keys->payload_type == 97);
  media.codecs.pop_back();
  CHECK_FALSE(choose(media, false)->keys);
}
