#include "mcu/mixer/composer.h"

#include <gst/video/video.h>

#include <algorithm>
#include <utility>

namespace rollcall::mcu::mixer {
namespace {

/// A sample mapped for reading; not a picture we can show if it is not I420.
class MappedPicture {
 public:
  explicit MappedPicture(GstSample* sample) {
    GstVideoInfo info;
    mapped_ = gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) != FALSE &&
              GST_VIDEO_INFO_FORMAT(&info) == GST_VIDEO_FORMAT_I420 && info.width >= 2 && info.height >= 2 &&
              gst_video_frame_map(&frame_, &info, gst_sample_get_buffer(sample), GST_MAP_READ) != FALSE;
  }
  ~MappedPicture() {
    if (mapped_) gst_video_frame_unmap(&frame_);
  }
  MappedPicture(const MappedPicture&) = delete;
  MappedPicture& operator=(const MappedPicture&) = delete;

  [[nodiscard]] bool valid() const { return mapped_; }
  [[nodiscard]] PictureView view() const {
    return {plane(0),
            plane(1),
            plane(2),
            stride(0),
            stride(1),
            stride(2),
            {GST_VIDEO_FRAME_WIDTH(&frame_), GST_VIDEO_FRAME_HEIGHT(&frame_)}};
  }

 private:
  [[nodiscard]] const std::uint8_t* plane(unsigned number) const {
    return static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame_, number));
  }
  [[nodiscard]] int stride(unsigned number) const { return GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, number); }

  GstVideoFrame frame_{};
  bool mapped_ = false;
};

constexpr int even(int value) {
  return value & ~1;
}

}  // namespace

Composer::Composer(layout::Size size, std::chrono::milliseconds card_after) : canvas_(size), card_after_(card_after) {}

void Composer::set_scene(Scene scene) {
  scene_ = std::move(scene);
  drawn_.assign(scene_.seats.size(), {});
  clean_ = false;
}

std::size_t Composer::compose(Time now) {
  if (!clean_) canvas_.fill({0, 0, canvas_.size().width, canvas_.size().height}, palette::background);
  std::size_t count = 0;
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) count += draw_seat(scene_.seats[i], drawn_[i], now) ? 1 : 0;
  if (scene_.notice && (count > 0 || !clean_)) draw_notice();
  clean_ = true;
  return count;
}

bool Composer::draw_seat(const Seat& seat, Drawn& drawn, Time now) {
  PictureSlot::Look look = seat.slot->look();
  bool picture = look.sample != nullptr && !seat.camera_muted && now - look.arrived <= card_after_;
  if (drawn.anything && picture == drawn.picture && (!picture || look.serial == drawn.serial)) return false;
  if (picture) {
    const MappedPicture mapped(look.sample.get());
    picture = mapped.valid();
    if (picture) canvas_.draw(mapped.view(), seat.tile, palette::card);
  }
  if (!picture) canvas_.lay_over(seat.artwork->card, seat.tile.x, seat.tile.y);
  if (picture) {
    const Overlay& name = seat.artwork->name;
    const int margin = even(std::max(4, seat.tile.height / 40));
    canvas_.lay_over(name, std::min(seat.tile.x + margin, seat.tile.x + seat.tile.width - name.size.width),
                     std::max(seat.tile.y, seat.tile.y + seat.tile.height - margin - name.size.height));
  }
  finish_seat(seat);
  drawn = {look.serial, picture, true};
  return true;
}

void Composer::finish_seat(const Seat& seat) {
  const bool alone = seat.tile.width == canvas_.size().width;
  if (!alone) canvas_.outline(seat.tile, 2, palette::background);
  if (!seat.speaking || alone) return;
  const layout::Tile inner{seat.tile.x + 2, seat.tile.y + 2, seat.tile.width - 4, seat.tile.height - 4};
  canvas_.outline(inner, std::max(2, even(seat.tile.height / 90)), palette::speaking);
}

void Composer::draw_notice() {
  const layout::Size size = scene_.notice->size;
  const bool empty = scene_.seats.empty();
  const int y = empty ? (canvas_.size().height - size.height) / 2 : canvas_.size().height / 30;
  canvas_.lay_over(*scene_.notice, even(std::max(0, (canvas_.size().width - size.width) / 2)), even(y));
}

}  // namespace rollcall::mcu::mixer
