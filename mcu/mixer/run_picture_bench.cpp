// What one tick of the picture costs, in microseconds of CPU: drawing with everything, beside the bare scaling into the
// tiles and a copy of the finished picture.
// usage: run_picture_bench [TICKS]
#include <libyuv.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mcu/gst/media_clock.h"
#include "mcu/layout/layouts.h"
#include "mcu/mixer/composer.h"
#include "mcu/mixer/mapped_picture.h"
#include "mcu/mixer/synthetic.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

namespace {

double cpu_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// The cheapest of five rounds, because whatever else the machine does only adds.
double cost(int ticks, const std::function<void(int)>& tick) {
  double best = 1e12;
  for (int round = 0; round < 5; ++round) {
    const double begin = cpu_microseconds();
    for (int i = 0; i < ticks; ++i) tick(i);
    best = std::min(best, (cpu_microseconds() - begin) / ticks);
  }
  return best;
}

/// Everybody's pictures and the composer that draws them. Two pictures for each, so that memory is not always warm.
struct Stage {
  Stage(const std::vector<layout::Tile>& places, bool as_large_as_tiles) : tiles(places), slots(places.size()) {
    Scene scene;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      const layout::Size size{tiles[i].width, tiles[i].height};
      const layout::Size source = as_large_as_tiles ? size : layout::Size{640, 360};
      pictures.push_back({solid_picture(source, {200, 30, 30}), solid_picture(source, {30, 160, 30})});
      Seat seat;
      seat.id = std::to_string(i);
      seat.slot = &slots[i];
      seat.tile = tiles[i];
      const Label label{"Juliet Capulet"};
      seat.artwork = std::make_shared<const Artwork>(Artwork{draw_name(label, size), draw_card(label, size)});
      if (tiles.size() > 1) seat.edges = std::make_shared<const Edges>(draw_edges(size, i == 1));
      scene.seats.push_back(std::move(seat));
    }
    composer.set_scene(std::move(scene), now);
  }
  /// Everybody, or every other one, has sent a new picture.
  void put(int tick, int share) {
    now += std::chrono::milliseconds(33);
    for (std::size_t i = 0; i < slots.size(); ++i)
      if ((tick + static_cast<int>(i)) % share == 0)
        slots[i].put(gst::SamplePtr(gst_sample_ref(pictures[i][tick % 2].get())), now);
  }
  /// `kept`: the encoder is still busy with the last picture when the next is drawn.
  void compose(bool kept) {
    const auto result = composer.compose(now);
    if (!kept || !result.picture) return;
    ++result.picture->readers;
    if (held) --held->readers;
    held = result.picture;
  }
  std::vector<layout::Tile> tiles;
  std::vector<PictureSlot> slots;
  std::vector<std::array<gst::SamplePtr, 2>> pictures;
  Composer composer{{}};
  std::shared_ptr<MixedPicture> held;
  PictureSlot::Time now{std::chrono::hours(1)};
};

void measure(const std::string& name, const std::vector<layout::Tile>& tiles, bool as_large_as_tiles, int ticks) {
  Stage stage(tiles, as_large_as_tiles);
  const double all = cost(ticks, [&](int tick) {
    stage.put(tick, 1);
    stage.compose(false);
  });
  const double kept = cost(ticks, [&](int tick) {
    stage.put(tick, 1);
    stage.compose(true);
  });
  const double half = cost(ticks, [&](int tick) {
    stage.put(tick, 2);
    stage.compose(true);
  });
  const double none = cost(ticks, [&](int) { stage.compose(true); });
  Canvas canvas({});
  const double bare = cost(ticks, [&](int tick) {
    for (std::size_t i = 0; i < tiles.size(); ++i)
      canvas.draw(MappedPicture(stage.pictures[i][static_cast<std::size_t>(tick % 2)].get()).view(), tiles[i], {});
  });
  std::printf("%-16s %-9s %8.0f %8.0f %8.0f %8.0f %8.0f\n", name.c_str(), as_large_as_tiles ? "tile" : "640x360", bare,
              all, kept, half, none);
}

}  // namespace

int main(int argc, char** argv) {
  gst::initialise();
  const int ticks = argc > 1 ? std::atoi(argv[1]) : 100;
  Canvas from({}), to({});
  std::printf("copy of the canvas: %.0f us\n", cost(ticks, [&](int) { to.copy(from, {0, 0, 1280, 720}); }));
  std::printf("%-16s %-9s %8s %8s %8s %8s %8s\n", "us per tick", "sources", "scaling", "all", "kept", "half", "none");
  for (const bool as_large_as_tiles : {false, true}) {
    for (const std::size_t count : {1U, 4U, 9U, 16U, 25U, 49U})
      measure("grid " + std::to_string(count), layout::equal_grid(count, {}), as_large_as_tiles, ticks);
    for (const std::size_t count : {5U, 8U, 13U, 29U})
      measure("speaker " + std::to_string(count), layout::speaker_with_strip(count, {}), as_large_as_tiles, ticks);
  }
}
