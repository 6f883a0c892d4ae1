// What the codecs alone cost: the same decodes, one scaling into the grid, one picture encode, the Opus decodes and one
// Opus encode per mix, in one thread and without a network. Nothing that mixes can be cheaper on this machine.
//
//   bound FOLDER vp8|h264|none PICTURES SOUNDS TALKERS
//
// Prints `cpu=… picture_cpu=… sound_cpu=… psnr_db=…`, in CPU seconds per second.
#include <gst/video/video.h>
#include <libyuv/scale.h>
#include <opus/opus.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "tests/bench/chain.h"
#include "tests/bench/films.h"
#include "tests/bench/statistics.h"
#include "tests/bench/tiles.h"

using namespace rollcall::bench;

namespace {

constexpr int width = 1280;
constexpr int height = 720;
constexpr int canvas_size = width * height * 3 / 2;
constexpr int block = 960;
// Pinned: a slower bound must not make us look good.
constexpr const char* vp8_encoder =
    "vp8enc deadline=1 cpu-used=-6 threads=1 end-usage=cbr target-bitrate=1500000 keyframe-max-dist=3000 "
    "min-quantizer=2 max-quantizer=56 buffer-size=600 buffer-initial-size=300 buffer-optimal-size=400 undershoot=95";
constexpr const char* h264_encoder =
    "x264enc tune=zerolatency speed-preset=superfast threads=1 bitrate=1500 key-int-max=3000 bframes=0 "
    "byte-stream=true vbv-buf-capacity=400 ! "
    "capsfilter caps=video/x-h264,stream-format=byte-stream,alignment=au,profile=constrained-baseline";

double cpu_now() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Canvas {
  std::vector<std::uint8_t> data = std::vector<std::uint8_t>(canvas_size, 128);
  void put(const GstVideoFrame& frame, const Tile& tile) {
    std::uint8_t* luma = data.data() + tile.y * width + tile.x;
    std::uint8_t* u = data.data() + width * height + tile.y / 2 * (width / 2) + tile.x / 2;
    const auto plane = [&](int index) {
      return static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, index));
    };
    const auto stride = [&](int index) { return GST_VIDEO_FRAME_PLANE_STRIDE(&frame, index); };
    libyuv::I420Scale(plane(0), stride(0), plane(1), stride(1), plane(2), stride(2), GST_VIDEO_FRAME_WIDTH(&frame),
                      GST_VIDEO_FRAME_HEIGHT(&frame), luma, width, u, width / 2, u + width * height / 4, width / 2,
                      tile.width, tile.height, libyuv::kFilterBilinear);
  }
};

class Pictures {
 public:
  Pictures(const std::string& folder, Packing packing, int count)
      : packing_(packing), tiles_(tiles_of(static_cast<std::size_t>(count), width, height)) {
    const bool h264 = packing == Packing::h264;
    for (int number = 0; number < picture_clips; ++number)
      clips_.push_back(load(folder + "/" + clip_name(h264 ? "h264" : "vp8", number)));
    for (int index = 0; index < count; ++index)
      decoders_.push_back(std::make_unique<Chain>(
          decoder_of(packing), caps_of(packing),
          [this, tile = tiles_[static_cast<std::size_t>(index)]](GstBuffer* buffer, const GstCaps* caps) {
            GstVideoInfo info;
            GstVideoFrame frame;
            if (!gst_video_info_from_caps(&info, caps) || !gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ))
              return;
            canvas_.put(frame, tile);
            gst_video_frame_unmap(&frame);
          }));
    encoder_ = std::make_unique<Chain>(h264 ? h264_encoder : vp8_encoder,
                                       "video/x-raw,format=I420,width=1280,height=720,framerate=30/1",
                                       [this](GstBuffer* buffer, const GstCaps*) { keep(buffer); });
  }

  void run() {
    for (int frame = 0; frame < clip_frames; ++frame) {
      const GstClockTime time = static_cast<GstClockTime>(frame) * GST_SECOND / picture_rate;
      for (std::size_t index = 0; index < decoders_.size(); ++index) {
        const auto& clip = clips_[index % picture_clips];
        const auto start = static_cast<int>(index) / picture_clips % clip_seconds * picture_rate;
        const auto& data = clip[static_cast<std::size_t>((frame + start) % clip_frames)].data;
        decoders_[index]->push(make_buffer(data.data(), data.size(), time));
      }
      encoder_->push(make_buffer(canvas_.data.data(), canvas_.data.size(), time));
    }
  }

  /// Of what came out, as a receiver sees it.
  [[nodiscard]] double psnr() {
    std::vector<Film> films;
    for (const Clip& clip : clips_) films.emplace_back(clip, packing_);
    std::vector<double> similarities;
    int count = 0;
    Chain viewer(decoder_of(packing_), caps_of(packing_), [&](GstBuffer* buffer, const GstCaps* caps) {
      GstVideoInfo info;
      GstVideoFrame frame;
      if (++count % 10 != 0 || !gst_video_info_from_caps(&info, caps) ||
          !gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ))
        return;
      const Plane all{static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)),
                      GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0), width, height};
      for (const Tile& tile : tiles_) {
        const Plane shown = all.part(tile.x, tile.y, tile.width, tile.height);
        if (const auto code = read(shown); code && code->frame < clip_frames)
          similarities.push_back(
              similarity_db(shown, films[static_cast<std::size_t>(code->clip)].picture(code->frame)));
      }
      gst_video_frame_unmap(&frame);
    });
    for (const Frame& frame : encoded_)
      viewer.push(make_buffer(frame.data.data(), frame.data.size(), GST_CLOCK_TIME_NONE));
    viewer.finish();
    return percentile(similarities, 0.5);
  }
  [[nodiscard]] double kbit() const {
    std::size_t bytes = 0;
    for (const Frame& frame : encoded_) bytes += frame.data.size();
    return static_cast<double>(bytes) * 8 / 1000 / clip_seconds;
  }

 private:
  void keep(GstBuffer* buffer) {
    GstMapInfo map;
    gst_buffer_map(buffer, &map, GST_MAP_READ);
    encoded_.push_back({{map.data, map.data + map.size}});
    gst_buffer_unmap(buffer, &map);
  }

  Packing packing_;
  std::vector<Tile> tiles_;
  std::vector<Clip> clips_;
  Canvas canvas_;
  std::vector<std::unique_ptr<Chain>> decoders_;
  std::unique_ptr<Chain> encoder_;
  Clip encoded_;
};

struct Destroy {
  void operator()(OpusDecoder* decoder) const { opus_decoder_destroy(decoder); }
  void operator()(OpusEncoder* encoder) const { opus_encoder_destroy(encoder); }
};

/// `sounds` decodes; each of at most three talkers has a mix without himself, the others share one.
void mix(const std::string& folder, int sounds, int talkers) {
  constexpr int most_mixed = 3;
  const int mixed = std::min(talkers, most_mixed);
  const int mixes = std::min(sounds, mixed + 1);
  std::vector<Clip> clips;
  std::vector<std::unique_ptr<OpusDecoder, Destroy>> decoders(static_cast<std::size_t>(sounds));
  std::vector<std::unique_ptr<OpusEncoder, Destroy>> encoders(static_cast<std::size_t>(mixes));
  for (int number = 0; number < talk_clips; ++number) clips.push_back(load(folder + "/" + clip_name("talk", number)));
  clips.push_back(load(folder + "/" + clip_name("silent")));
  for (auto& one : decoders) one.reset(opus_decoder_create(48000, 1, nullptr));
  for (auto& one : encoders) {
    one.reset(opus_encoder_create(48000, 1, OPUS_APPLICATION_VOIP, nullptr));
    opus_encoder_ctl(one.get(), OPUS_SET_BITRATE(32000));
    opus_encoder_ctl(one.get(), OPUS_SET_COMPLEXITY(4));
  }
  std::vector<std::array<std::int16_t, block>> heard(static_cast<std::size_t>(mixed));
  for (std::size_t tick = 0; tick < clip_seconds * 50; ++tick) {
    std::array<int, block> sum{};
    for (std::size_t index = 0; index < decoders.size(); ++index) {
      const bool talks = static_cast<int>(index) < talkers;
      const Clip& clip = clips[talks ? index % talk_clips : talk_clips];
      const auto& data = clip[(tick + index * 37) % clip.size()].data;
      std::array<std::int16_t, block> samples{};
      if (opus_decode(decoders[index].get(), data.data(), static_cast<int>(data.size()), samples.data(), block, 0) < 0)
        throw std::runtime_error("a sound clip cannot be decoded");
      if (index >= heard.size()) continue;
      heard[index] = samples;
      for (std::size_t at = 0; at < block; ++at) sum[at] += samples[at];
    }
    for (std::size_t index = 0; index < encoders.size(); ++index) {
      std::array<std::int16_t, block> out{};
      std::array<std::uint8_t, 1275> packet;
      for (std::size_t at = 0; at < block; ++at)
        out[at] = static_cast<std::int16_t>(
            std::clamp(sum[at] - (index < heard.size() ? heard[index][at] : 0), -32768, 32767));
      if (opus_encode(encoders[index].get(), out.data(), block, packet.data(), packet.size()) < 0)
        throw std::runtime_error("Opus does not encode");
    }
  }
}

void print(const std::string& folder, const std::string& codec, int pictures, int sounds, int talkers) {
  double picture_cpu = 0;
  double psnr = 0;
  double kbit = 0;
  if (codec != "none") {
    Pictures all(folder, codec == "h264" ? Packing::h264 : Packing::vp8, pictures);
    const double before = cpu_now();
    all.run();
    picture_cpu = (cpu_now() - before) / clip_seconds;
    psnr = all.psnr();
    kbit = all.kbit();
  }
  const double before = cpu_now();
  mix(folder, sounds, talkers);
  const double sound_cpu = (cpu_now() - before) / clip_seconds;
  std::cout << "cpu=" << picture_cpu + sound_cpu << " picture_cpu=" << picture_cpu << " sound_cpu=" << sound_cpu
            << " psnr_db=" << psnr << " kbit=" << kbit << "\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) return 64;
  gst_init(nullptr, nullptr);
  try {
    print(arguments[1], arguments[2], std::atoi(arguments[3]), std::atoi(arguments[4]), std::atoi(arguments[5]));
  } catch (const std::exception& problem) {
    std::cerr << "bound: " << problem.what() << "\n";
    return 70;
  }
  return 0;
}
