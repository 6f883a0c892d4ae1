#include "mcu/leg/test_rig.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include <cmath>
#include <numbers>
#include <sstream>
#include <stdexcept>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::leg::test {
namespace {

constexpr int sound_rate = 48000;
constexpr std::size_t sound_window = sound_rate / 2;

std::string pattern_of(Colour colour) {
  switch (colour) {
    case Colour::red:
      return "pattern=red";
    case Colour::green:
      return "pattern=green";
    case Colour::blue:
      return "pattern=blue";
  }
  return {};
}

int mean_of_plane(const GstVideoFrame& frame, guint plane) {
  const auto* data = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane));
  const int width = GST_VIDEO_FRAME_COMP_WIDTH(&frame, plane);
  const int height = GST_VIDEO_FRAME_COMP_HEIGHT(&frame, plane);
  const int stride = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane);
  long sum = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      sum += data[y * stride + x];
    }
  }
  return static_cast<int>(sum / (static_cast<long>(width) * height));
}

}  // namespace

Leg::Post Loop::post() {
  return [this](std::function<void()> closure) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(closure));
    wake_.notify_one();
  };
}

bool Loop::run_until(const std::function<bool()>& done, std::chrono::milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!done()) {
    std::function<void()> next;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, 20ms, [this] { return !queue_.empty(); });
      if (!queue_.empty()) {
        next = std::move(queue_.front());
        queue_.pop_front();
      }
    }
    if (next) {
      next();
    } else if (std::chrono::steady_clock::now() > end) {
      return false;
    }
  }
  return true;
}

void Loop::run_for(std::chrono::milliseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  run_until([end] { return std::chrono::steady_clock::now() >= end; }, duration + 1s);
}

Sender::Sender(Colour colour, double tone_hz) {
  gst::initialise();
  encode("videotestsrc is-live=true " + pattern_of(colour) +
             " ! video/x-raw,width=320,height=180,framerate=15/1 ! vp8enc deadline=1 cpu-used=-12 threads=1 "
             "end-usage=cbr target-bitrate=200000 keyframe-max-dist=3000",
         gst::Coding::vp8);
  encode("audiotestsrc is-live=true samplesperbuffer=960 freq=" + std::to_string(tone_hz) +
             " ! audio/x-raw,rate=48000,channels=1 ! opusenc bitrate=32000 inband-fec=true packet-loss-percentage=5",
         gst::Coding::opus);
}

void Sender::encode(const std::string& description, gst::Coding coding) {
  auto branch = std::make_unique<Branch>();
  branch->sender = this;
  branch->coding = coding;
  branch->begin = gst::running_time_now();
  branch->pipeline = gst_parse_launch((description + " ! appsink name=out sync=false").c_str(), nullptr);
  if (branch->pipeline == nullptr) {
    throw std::runtime_error("the test sender does not parse");
  }
  gst::use_media_clock(branch->pipeline);
  const auto sink = gst::adopt(gst_bin_get_by_name(GST_BIN(branch->pipeline), "out"));
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* element, gpointer data) { return on_frame(GST_ELEMENT(element), data); };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, branch.get(), nullptr);
  gst_element_set_state(branch->pipeline, GST_STATE_PLAYING);
  branches_.push_back(std::move(branch));
}

Sender::~Sender() {
  for (const auto& branch : branches_) {
    gst_element_set_state(branch->pipeline, GST_STATE_NULL);
    gst_object_unref(branch->pipeline);
  }
}

void Sender::add(Leg& leg) {
  const std::lock_guard lock(mutex_);
  legs_.insert(&leg);
}

void Sender::remove(Leg& leg) {
  const std::lock_guard lock(mutex_);
  legs_.erase(&leg);
}

GstFlowReturn Sender::on_frame(GstElement* sink, gpointer data) {
  auto* branch = static_cast<Branch*>(data);
  const gst::SamplePtr sample(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  if (!sample) {
    return GST_FLOW_EOS;
  }
  auto* sender = branch->sender;
  const bool video = branch->coding == gst::Coding::vp8;
  if (video && sender->key_wanted_.exchange(false)) {
    const auto pad = gst::adopt(gst_element_get_static_pad(sink, "sink"));
    gst_pad_push_event(pad.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
  }
  GstMapInfo map;
  GstBuffer* buffer = gst_sample_get_buffer(sample.get());
  if (gst_buffer_map(buffer, &map, GST_MAP_READ) == FALSE) {
    return GST_FLOW_ERROR;
  }
  const std::span<const std::uint8_t> bytes(map.data, map.size);
  const auto counted = branch->begin + 20ms * branch->count++;
  const bool key = !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  const auto picture = video ? packetize(bytes, key, gst::running_time_now()) : nullptr;
  {
    const std::lock_guard lock(sender->mutex_);
    for (auto* leg : sender->legs_) {
      video ? leg->send(picture) : leg->send(gst::EncodedSound{branch->coding, counted, bytes});
    }
  }
  gst_buffer_unmap(buffer, &map);
  return GST_FLOW_OK;
}

Leg::Sinks Receiver::sinks(Sender* asked_for_key_frames) {
  return {.picture = [this](gst::SamplePtr sample) { take_picture(sample.get()); },
          .sound = [this](const gst::SoundPacket& packet) { take_samples(decoder_.decode(packet)); },
          .key_frame_wanted =
              [this, asked_for_key_frames] {
                ++wishes_;
                if (asked_for_key_frames != nullptr) {
                  asked_for_key_frames->want_key_frame();
                }
              }};
}

void Receiver::take_samples(std::span<const std::int16_t> samples) {
  samples_ += static_cast<long>(samples.size());
  const std::lock_guard lock(mutex_);
  sound_.insert(sound_.end(), samples.begin(), samples.end());
  while (sound_.size() > sound_window) {
    sound_.pop_front();
  }
}

void Receiver::forget() {
  const std::lock_guard lock(mutex_);
  pictures_ = 0;
  samples_ = 0;
  yuv_ = {};
  sound_.clear();
}

void Receiver::take_picture(GstSample* sample) {
  GstVideoInfo info;
  GstVideoFrame frame;
  if (!gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) ||
      !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ)) {
    return;
  }
  const std::array<int, 3> means = {mean_of_plane(frame, 0), mean_of_plane(frame, 1), mean_of_plane(frame, 2)};
  gst_video_frame_unmap(&frame);
  width_ = info.width;
  {
    const std::lock_guard lock(mutex_);
    yuv_ = means;
  }
  ++pictures_;
}

/// BT.601: red 81/90/240, green 145/54/34, blue 41/240/110.
std::optional<Colour> Receiver::colour() const {
  const std::lock_guard lock(mutex_);
  const auto near = [this](int y, int u, int v) {
    return std::abs(yuv_[0] - y) < 20 && std::abs(yuv_[1] - u) < 20 && std::abs(yuv_[2] - v) < 20;
  };
  if (near(81, 90, 240)) {
    return Colour::red;
  }
  if (near(145, 54, 34)) {
    return Colour::green;
  }
  return near(41, 240, 110) ? std::optional(Colour::blue) : std::nullopt;
}

double Receiver::share_of_tone(double hz) const {
  const std::lock_guard lock(mutex_);
  if (sound_.size() < sound_window) {
    return 0;
  }
  const double step = 2 * std::cos(2 * std::numbers::pi * hz / sound_rate);
  double before = 0;
  double last = 0;
  double energy = 0;
  for (const double sample : sound_) {
    const double next = sample + step * last - before;
    before = last;
    last = next;
    energy += sample * sample;
  }
  const double power = before * before + last * last - step * before * last;
  return energy < 1 ? 0 : 2 * power / (static_cast<double>(sound_.size()) * energy);
}

Party::Party(Loop& loop, transport::IoContext& io, model::LegProfile profile, Sender& given) : sender(given) {
  Leg::Callbacks callbacks{.connected = [this] { ++connected; },
                           .ended = [this](model::Reason reason) { ended.push_back(reason); },
                           .health = [this](const Health& now) { health.push_back(now); }};
  leg = std::make_unique<Leg>(model::LegId("leg"), profile, io, loop.post(), receiver.sinks(&sender),
                              std::move(callbacks));
  sender.add(*leg);
}

Party::~Party() {
  if (leg) {
    sender.remove(*leg);
  }
}

bool Party::sees(Colour colour, int pictures) const {
  return receiver.pictures() >= pictures && receiver.colour() == colour;
}

bool Party::hears(double hz) const {
  return receiver.share_of_tone(hz) > 0.7;
}

std::string Party::state() const {
  const auto colour = receiver.colour();
  std::ostringstream text;
  text << receiver.pictures() << " pictures, colour " << (colour ? static_cast<int>(*colour) : -1) << ", "
       << receiver.samples() << " samples, 440 Hz " << receiver.share_of_tone(440) << ", 660 Hz "
       << receiver.share_of_tone(660) << ", " << receiver.key_frame_wishes() << " key frames wanted, connected "
       << connected;
  for (const auto reason : ended) {
    text << ", ended: " << model::to_text(reason);
  }
  return text.str();
}

transport::IoContext::Options loopback() {
  return {.addresses = {"127.0.0.1"}};
}

}  // namespace rollcall::mcu::leg::test
