// Shows what people see: writes the mixed picture for one to nine (or more) participants as PNG files.
// usage: run_mixer FOLDER [COUNT…]
#include <cairo.h>
#include <gst/video/video.h>
#include <libyuv.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"
#include "mcu/mixer/composer.h"

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

void write_png(const Canvas& canvas, const std::string& path) {
  const PictureView view = canvas.view();
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, view.size.width, view.size.height);
  libyuv::I420ToARGB(view.y, view.y_stride, view.u, view.u_stride, view.v, view.v_stride,
                     cairo_image_surface_get_data(surface), cairo_image_surface_get_stride(surface), view.size.width,
                     view.size.height);
  cairo_surface_mark_dirty(surface);
  cairo_surface_write_to_png(surface, path.c_str());
  cairo_surface_destroy(surface);
}

void show(std::size_t count, const std::string& folder) {
  const auto now = PictureSlot::Time::clock::now();
  const layout::Size sizes[] = {{640, 360}, {640, 480}, {360, 640}};
  std::vector<PictureSlot> slots(count);
  Scene scene;
  const auto tiles = layout::equal_grid(count, {});
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "leg-" + std::to_string(i);
    if (i % 3 != 1) slots[i].put(portrait(sizes[i % 4 % 3], colour_of(id)), now);
    const Label label{id, names[i % names.size()], i % 2 == 1, i % 7 == 4 ? "connection lost" : ""};
    const layout::Size size{tiles[i].width, tiles[i].height};
    scene.seats.push_back({&slots[i], tiles[i],
                           std::make_shared<const Artwork>(Artwork{draw_name(label, size), draw_card(label, size)}),
                           false, i == 2});
  }
  if (count < 2)
    scene.notice = std::make_shared<const Overlay>(
        draw_notice(count == 0 ? "Team · nobody is here yet" : "Team · you are the only one here", {}));
  Composer composer({}, std::chrono::seconds(1));
  composer.set_scene(std::move(scene));
  composer.compose(now);
  write_png(composer.canvas(), folder + "/mixer-" + std::to_string(count) + ".png");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: run_mixer FOLDER [COUNT...]\n";
    return 64;
  }
  gst::initialise();
  std::vector<std::size_t> counts;
  for (int i = 2; i < argc; ++i) counts.push_back(std::min<std::size_t>(std::strtoul(argv[i], nullptr, 10), 49));
  if (counts.empty()) counts = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  for (const std::size_t count : counts) show(count, argv[1]);
}
