// Encodes the load once, so that nothing need be encoded while something is measured.
//
//   make_clips FOLDER
#include <opus/opus.h>

#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "tests/bench/chain.h"
#include "tests/bench/clip.h"
#include "tests/bench/scene.h"

using namespace rollcall::bench;

namespace {

constexpr const char* raw_caps = "video/x-raw,format=I420,width=640,height=360,framerate=30/1";
// A key frame each second, to which a sender jumps when he is asked for one.
constexpr const char* vp8 =
    "vp8enc deadline=1 cpu-used=-4 threads=1 end-usage=cbr target-bitrate=500000 keyframe-max-dist=30 "
    "min-quantizer=2 max-quantizer=56 buffer-size=600 buffer-initial-size=300 buffer-optimal-size=400 undershoot=95";
constexpr const char* small =
    "videoscale ! video/x-raw,width=320,height=180 ! "
    "vp8enc deadline=1 cpu-used=-4 threads=1 end-usage=cbr target-bitrate=150000 keyframe-max-dist=30";
constexpr const char* h264 =
    "x264enc tune=zerolatency speed-preset=veryfast threads=1 bitrate=500 key-int-max=30 bframes=0 byte-stream=true ! "
    "capsfilter caps=video/x-h264,stream-format=byte-stream,alignment=au,profile=constrained-baseline";

Clip film(int number, const char* encoder) {
  Clip clip;
  Chain chain(encoder, raw_caps, [&clip](GstBuffer* buffer, const GstCaps*) {
    GstMapInfo map;
    gst_buffer_map(buffer, &map, GST_MAP_READ);
    clip.push_back({{map.data, map.data + map.size}, !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT)});
    gst_buffer_unmap(buffer, &map);
  });
  Camera camera(number);
  for (int frame = 0; frame < clip_frames; ++frame) {
    const auto picture = camera.picture(frame);
    GstBuffer* buffer = make_buffer(picture.data(), picture.size(), frame * GST_SECOND / picture_rate);
    GST_BUFFER_DURATION(buffer) = GST_SECOND / picture_rate;
    chain.push(buffer);
  }
  chain.finish();
  if (clip.size() != clip_frames) throw std::runtime_error("the encoder left pictures out");
  return clip;
}

std::uint8_t level_of(const std::int16_t* samples, int count) {
  double squares = 1;
  for (int index = 0; index < count; ++index) squares += std::pow(samples[index] / 32768.0, 2);
  const double level = -10 * std::log10((squares - 1) / count + 1e-13);
  return static_cast<std::uint8_t>(std::min(127.0, std::max(0.0, level)));
}

struct Destroy {
  void operator()(OpusEncoder* encoder) const { opus_encoder_destroy(encoder); }
};

Clip record(Voice voice, unsigned seed, bool dtx) {
  constexpr int block = 960;
  const auto samples = microphone(voice, seed);
  const std::unique_ptr<OpusEncoder, Destroy> encoder(opus_encoder_create(48000, 1, OPUS_APPLICATION_VOIP, nullptr));
  opus_encoder_ctl(encoder.get(), OPUS_SET_BITRATE(32000));
  opus_encoder_ctl(encoder.get(), OPUS_SET_COMPLEXITY(5));
  opus_encoder_ctl(encoder.get(), OPUS_SET_DTX(dtx ? 1 : 0));
  Clip clip;
  for (std::size_t at = 0; at + block <= samples.size(); at += block) {
    Frame frame{.data = std::vector<std::uint8_t>(1275), .key = true, .level = level_of(&samples[at], block)};
    const int length = opus_encode(encoder.get(), &samples[at], block, frame.data.data(), 1275);
    frame.data.resize(length > (dtx ? 2 : 0) ? static_cast<std::size_t>(length) : 0);
    clip.push_back(std::move(frame));
  }
  return clip;
}

void make(const std::string& folder) {
  const auto path = [&folder](const std::string& kind, int number) { return folder + "/" + clip_name(kind, number); };
  for (int number = 0; number < picture_clips; ++number) {
    save(film(number, vp8), path("vp8", number));
    save(film(number, h264), path("h264", number));
    save(film(number, small), path("low", number));
  }
  save(film(0, small), path("small", -1));
  for (int number = 0; number < talk_clips; ++number)
    save(record(Voice::talk, static_cast<unsigned>(number), false), path("talk", number));
  save(record(Voice::click, 5, false), path("click", -1));
  save(record(Voice::silent, 9, false), path("silent", -1));
  save(record(Voice::silent, 9, true), path("dtx", -1));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 64;
  gst_init(nullptr, nullptr);
  const std::filesystem::path folder = arguments[1];
  try {
    const auto unfinished = folder.string() + ".new";
    std::filesystem::remove_all(unfinished);
    std::filesystem::create_directories(unfinished);
    make(unfinished);
    std::filesystem::rename(unfinished, folder);
  } catch (const std::exception& problem) {
    std::cerr << "make_clips: " << problem.what() << "\n";
    return 70;
  }
  return 0;
}
