// Shows what people see: writes the mixed picture in each layout, for so many participants, as PNG files.
// usage: run_mixer FOLDER [COUNT…]
#include <cairo.h>
#include <gst/video/video.h>
#include <libyuv.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"
#include "mcu/mixer/picture_mixer.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

namespace {

const std::vector<std::string> names{"Juliet Capulet",
                                     "Romeo",
                                     "مرحبا بالعالم",
                                     "nurse@capulet.example",
                                     "A name that is so long that it will hardly fit on any tile that is ever drawn",
                                     "Zoë 🎈 Müller",
                                     "山田 太郎",
                                     "Friar Laurence",
                                     "<b>Tybalt</b> & Co"};

/// The mixer's newest picture.
class Latest {
 public:
  void put(GstBuffer* picture) {
    const std::lock_guard lock(mutex_);
    picture_.reset(gst_buffer_ref(picture));
  }
  [[nodiscard]] GstBuffer* get() const {
    const std::lock_guard lock(mutex_);
    return picture_.get();
  }

 private:
  mutable std::mutex mutex_;
  gst::BufferPtr picture_;
};

/// A picture that looks a little like somebody before a wall, in the sender's own size.
gst::SamplePtr portrait(layout::Size size, Rgb colour) {
  Canvas canvas(size);
  canvas.fill({0, 0, size.width, size.height}, {0x8a, 0x90, 0x98});
  const int head = size.height / 4 & ~1;
  canvas.fill({(size.width / 2 - head) & ~1, size.height / 2 & ~1, head * 2, size.height / 2 & ~1}, colour);
  canvas.fill({(size.width / 2 - head / 2) & ~1, size.height / 5 & ~1, head, head + 20}, {0xd9, 0xb3, 0x94});
  const PictureView view = canvas.view();
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_I420, static_cast<guint>(size.width),
                            static_cast<guint>(size.height));
  GstBuffer* buffer = gst_buffer_new_allocate(nullptr, info.size, nullptr);
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &info, buffer, GST_MAP_WRITE);
  for (unsigned plane = 0; plane < 3; ++plane) {
    const std::uint8_t* from = plane == 0 ? view.y : plane == 1 ? view.u : view.v;
    const int width = plane == 0 ? size.width : size.width / 2;
    const int height = plane == 0 ? size.height : size.height / 2;
    libyuv::CopyPlane(from, width, static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane)),
                      GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane), width, height);
  }
  gst_video_frame_unmap(&frame);
  const gst::CapsPtr caps(gst_video_info_to_caps(&info));
  gst::SamplePtr sample(gst_sample_new(buffer, caps.get(), nullptr, nullptr));
  gst_buffer_unref(buffer);
  return sample;
}

void write_png(GstBuffer* picture, layout::Size size, const std::string& path) {
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_I420, static_cast<guint>(size.width),
                            static_cast<guint>(size.height));
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &info, picture, GST_MAP_READ);
  const auto plane = [&](unsigned number) {
    return static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, number));
  };
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.width, size.height);
  libyuv::I420ToARGB(plane(0), GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0), plane(1),
                     GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 1), plane(2), GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 2),
                     cairo_image_surface_get_data(surface), cairo_image_surface_get_stride(surface), size.width,
                     size.height);
  gst_video_frame_unmap(&frame);
  cairo_surface_mark_dirty(surface);
  cairo_surface_write_to_png(surface, path.c_str());
  cairo_surface_destroy(surface);
}

PictureMixer::Appearance appearance(std::size_t number) {
  PictureMixer::Appearance look{names[number % names.size()]};
  look.microphone_muted = number % 2 == 1;
  look.note = number % 7 == 4 ? "connection lost" : number % 7 == 6 ? "on hold" : "";
  look.poor_connection = number % 5 == 3;
  look.hand_raised = number % 6 == 2;
  return look;
}

/// The mixer's own picture, `wait` after everybody has come.
void write(PictureMixer& mixer, layout::Size size, std::chrono::milliseconds wait, Latest& latest,
           const std::string& path) {
  mixer.start();
  std::this_thread::sleep_for(wait);
  mixer.stop();
  write_png(latest.get(), size, path);
}

void show(std::size_t count, layout::Layout layout, const std::string& path) {
  const auto now = PictureSlot::Time::clock::now();
  const layout::Size sizes[] = {{640, 360}, {640, 480}, {360, 640}};
  std::vector<PictureSlot> slots(count);
  Latest latest;
  PictureMixer::Settings settings;
  settings.glide = {};
  PictureMixer mixer(settings, [&](GstBuffer* picture, bool) { latest.put(picture); });
  mixer.set_layout(layout);
  mixer.set_slate("Team", count == 0 ? "waiting for others" : count == 1 ? "you are the only one here" : "");
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 3 != 1) slots[i].put(portrait(sizes[i % 4 % 3], colour_of(names[i % names.size()])), now);
    mixer.add("leg-" + std::to_string(i), appearance(i), slots[i]);
  }
  if (count > 2) mixer.set_speaker("leg-2");
  mixer.set_recording(count % 2 == 1);
  if (layout == layout::Layout::presentation && count > 0) mixer.set_presentation("leg-0");
  write(mixer, settings.size, std::chrono::milliseconds(100), latest, path);
}

const std::map<std::string, layout::Layout> layouts{{"auto", layout::Layout::automatic},
                                                    {"grid", layout::Layout::grid},
                                                    {"speaker", layout::Layout::speaker},
                                                    {"spotlight", layout::Layout::spotlight},
                                                    {"presentation", layout::Layout::presentation}};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: run_mixer FOLDER [COUNT...]: a picture for each layout and number of people\n";
    return 64;
  }
  gst::initialise();
  std::vector<std::size_t> counts;
  for (int i = 2; i < argc; ++i) counts.push_back(std::min<std::size_t>(std::strtoul(argv[i], nullptr, 10), 49));
  if (counts.empty()) counts = {0, 1, 2, 3, 5, 8, 16, 30};
  for (const std::size_t count : counts)
    for (const auto& [name, layout] : layouts)
      show(count, layout, std::string(argv[1]) + "/" + name + "-" + std::to_string(count) + ".png");
}
