#include "mcu/mixer/picture_mixer.h"

#include <gst/video/video.h>
#include <libyuv.h>

#include <algorithm>
#include <cassert>
#include <stdexcept>
#include <utility>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::mixer {

using Clock = Ticker::Clock;

namespace {

gst::ObjectPtr<GstBufferPool> make_pool() {
  gst::initialise();
  return gst::sink_floating(gst_video_buffer_pool_new());
}

}  // namespace

/// Buffers for finished pictures; they come back when the last encoder has let go.
struct PictureMixer::Pool {
  explicit Pool(layout::Size size) : pool(make_pool()) {
    gst_video_info_set_format(&info, GST_VIDEO_FORMAT_I420, static_cast<guint>(size.width),
                              static_cast<guint>(size.height));
    const gst::CapsPtr caps(gst_video_info_to_caps(&info));
    GstStructure* config = gst_buffer_pool_get_config(pool.get());
    gst_buffer_pool_config_set_params(config, caps.get(), static_cast<guint>(info.size), 2, 0);
    if (!gst_buffer_pool_set_config(pool.get(), config) || !gst_buffer_pool_set_active(pool.get(), TRUE))
      throw std::runtime_error("no memory for pictures of this size");
  }
  ~Pool() { gst_buffer_pool_set_active(pool.get(), FALSE); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  GstVideoInfo info{};
  gst::ObjectPtr<GstBufferPool> pool;
};

PictureMixer::PictureMixer(Settings settings, Output output)
    : settings_(settings),
      output_(std::move(output)),
      composer_(settings.size, settings.card_after),
      pool_(std::make_unique<Pool>(settings.size)),
      ticker_(std::chrono::nanoseconds(std::chrono::seconds(1)) / settings.frame_rate, 0,
              [this](std::uint64_t number) { tick(number); }) {}

PictureMixer::~PictureMixer() {
  stop();
}

void PictureMixer::start() {
  if (running()) return;
  start_time_ = gst::running_time_now();
  last_frame_ = {};
  ticker_.start();
}

void PictureMixer::stop() {
  ticker_.stop();
}

void PictureMixer::add(const std::string& id, Appearance appearance, const PictureSlot& slot) {
  assert(std::none_of(participants_.begin(), participants_.end(), [&](const auto& other) { return other.id == id; }));
  participants_.push_back({id, std::move(appearance), &slot});
  rearrange();
}

void PictureMixer::update(const std::string& id, Appearance appearance) {
  Participant& participant = find(id);
  if (participant.appearance == appearance) return;
  participant.appearance = std::move(appearance);
  participant.artwork.reset();
  rearrange();
}

void PictureMixer::set_speaker(const std::string& id) {
  if (speaker_ == id) return;
  speaker_ = id;
  rearrange();
}

void PictureMixer::remove(const std::string& id) {
  const auto at = std::find_if(participants_.begin(), participants_.end(), [&](auto& other) { return other.id == id; });
  assert(at != participants_.end());
  participants_.erase(at);
  rearrange();
}

void PictureMixer::set_notice(const std::string& text) {
  notice_ = text.empty() ? nullptr : std::make_shared<const Overlay>(draw_notice(text, settings_.size));
  rearrange();
}

PictureFigures PictureMixer::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

PictureMixer::Participant& PictureMixer::find(const std::string& id) {
  const auto at = std::find_if(participants_.begin(), participants_.end(), [&](auto& other) { return other.id == id; });
  assert(at != participants_.end());
  return *at;
}

void PictureMixer::rearrange() {
  const std::size_t shown = std::min(participants_.size(), layout::most_tiles);
  const std::vector<layout::Tile> tiles = layout::equal_grid(shown, settings_.size);
  Scene scene{{}, notice_};
  for (std::size_t i = 0; i < shown; ++i) {
    Participant& who = participants_[i];
    const layout::Size size{tiles[i].width, tiles[i].height};
    if (!who.artwork || who.drawn_for != size) {
      const Label label{who.id, who.appearance.name, who.appearance.microphone_muted, who.appearance.note};
      who.artwork = std::make_shared<const Artwork>(Artwork{draw_name(label, size), draw_card(label, size)});
      who.drawn_for = size;
    }
    scene.seats.push_back({who.slot, tiles[i], who.artwork, who.appearance.camera_muted, who.id == speaker_});
  }
  const std::lock_guard lock(mutex_);
  composer_.set_scene(std::move(scene));
}

void PictureMixer::tick(std::uint64_t number) {
  gst::BufferPtr picture;
  {
    const std::lock_guard lock(mutex_);
    const Clock::time_point now = Clock::now();
    figures_.tiles_drawn += composer_.compose(now);
    picture = copy_of_canvas();
    if (picture) count(now);
  }
  if (!picture) return;
  const std::chrono::nanoseconds second = std::chrono::seconds(1);
  const std::chrono::nanoseconds running_time = start_time_ + number * second / settings_.frame_rate;
  GST_BUFFER_PTS(picture.get()) = static_cast<GstClockTime>(running_time.count());
  GST_BUFFER_DURATION(picture.get()) = static_cast<GstClockTime>((second / settings_.frame_rate).count());
  output_(picture.get());
}

void PictureMixer::count(Clock::time_point now) {
  ++figures_.frames;
  const Clock::time_point before = std::exchange(last_frame_, now);
  if (before == Clock::time_point{}) return;
  const auto gap = std::chrono::duration_cast<std::chrono::microseconds>(now - before);
  figures_.max_gap = std::max(figures_.max_gap, gap);
  if (gap * settings_.frame_rate > std::chrono::milliseconds(1500)) ++figures_.late;
}

gst::BufferPtr PictureMixer::copy_of_canvas() {
  GstBuffer* acquired = nullptr;
  if (gst_buffer_pool_acquire_buffer(pool_->pool.get(), &acquired, nullptr) != GST_FLOW_OK) return {};
  gst::BufferPtr buffer(acquired);
  GstVideoFrame frame;
  if (!gst_video_frame_map(&frame, &pool_->info, acquired, GST_MAP_WRITE)) return {};
  const auto plane = [&frame](unsigned number) {
    return static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, number));
  };
  const PictureView from = composer_.canvas().view();
  libyuv::I420Copy(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, plane(0),
                   GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0), plane(1), GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 1), plane(2),
                   GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 2), from.size.width, from.size.height);
  gst_video_frame_unmap(&frame);
  return buffer;
}

}  // namespace rollcall::mcu::mixer
