#include "mcu/mixer/composer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "mcu/mixer/mapped_picture.h"

namespace rollcall::mcu::mixer {
namespace {

constexpr int even(int value) {
  return value & ~1;
}

bool overlap(const layout::Tile& a, const layout::Tile& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Where somebody who has just come begins to grow.
layout::Tile seed(const layout::Tile& tile) {
  return {tile.x + even(tile.width / 4), tile.y + even(tile.height / 4), even(tile.width / 2), even(tile.height / 2)};
}

/// The same tiles, whoever has them: two have changed places, which is a cut and no journey.
bool same_tiles(const std::vector<Seat>& before, const std::vector<Seat>& now) {
  const auto sorted = [](const std::vector<Seat>& seats) {
    std::vector<std::tuple<int, int, int, int>> tiles;
    for (const Seat& seat : seats) tiles.emplace_back(seat.tile.x, seat.tile.y, seat.tile.width, seat.tile.height);
    std::sort(tiles.begin(), tiles.end());
    return tiles;
  };
  return sorted(before) == sorted(now);
}

bool same_places(const std::vector<Seat>& before, const std::vector<Seat>& now) {
  return std::equal(before.begin(), before.end(), now.begin(), now.end(),
                    [](const Seat& a, const Seat& b) { return a.id == b.id && a.slot == b.slot && a.tile == b.tile; });
}

void draw_edges_on(Canvas& canvas, const layout::Tile& tile, const Edges& edges) {
  const layout::Size corner = edges.corners.front().size;
  if (2 * corner.width > tile.width || 2 * corner.height > tile.height) return;
  if (edges.ring > 0)
    canvas.outline(
        {tile.x + edges.margin, tile.y + edges.margin, tile.width - 2 * edges.margin, tile.height - 2 * edges.margin},
        edges.ring, palette::speaking);
  canvas.outline(tile, edges.margin, palette::background);
  const int right = tile.x + tile.width - corner.width;
  const int bottom = tile.y + tile.height - corner.height;
  canvas.lay_over(edges.corners[0], tile.x, tile.y);
  canvas.lay_over(edges.corners[1], right, tile.y);
  canvas.lay_over(edges.corners[2], tile.x, bottom);
  canvas.lay_over(edges.corners[3], right, bottom);
}

}  // namespace

Composer::Composer(layout::Size size, std::chrono::milliseconds glide) : size_(size), glide_(glide) {
  last_ = pictures_.emplace_back(std::make_shared<MixedPicture>(size));
}

Composer::~Composer() = default;

const Canvas& Composer::canvas() const {
  return last_->canvas;
}

void Composer::set_scene(Scene scene, Time now) {
  const bool stay = same_places(scene_.seats, scene.seats) && scene_.over == scene.over;
  std::vector<layout::Tile> places;
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) places.push_back(place(i, now));
  const Scene before = std::exchange(scene_, std::move(scene));
  if (stay) {
    for (std::size_t i = 0; i < shown_.size(); ++i)
      if (before.seats[i] != scene_.seats[i]) shown_[i].version = 0;
    return;
  }
  if (!same_places(before.seats, scene_.seats)) {
    shown_.clear();
    shown_.resize(scene_.seats.size());
    begin_glide(before.seats, places, now);
  }
  for (std::size_t i = 0; i < shown_.size(); ++i)
    shown_[i].under = std::any_of(scene_.over.begin(), scene_.over.end(),
                                  [&](const Placed& placed) { return overlap(placed.area(), scene_.seats[i].tile); });
  scene_version_ = ++versions_;
  under_version_ = ++versions_;
}

void Composer::begin_glide(const std::vector<Seat>& before, const std::vector<layout::Tile>& places, Time now) {
  const bool cut = before.empty() || scene_.seats.empty() || same_tiles(before, scene_.seats);
  glide_until_ = cut ? Time{} : now + glide_;
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) {
    const auto same = [&](const Seat& other) { return other.id == scene_.seats[i].id; };
    const auto at = std::find_if(before.begin(), before.end(), same);
    shown_[i].from =
        at == before.end() ? seed(scene_.seats[i].tile) : places[static_cast<std::size_t>(at - before.begin())];
  }
}

layout::Tile Composer::place(std::size_t seat, Time now) const {
  const layout::Tile& to = scene_.seats[seat].tile;
  if (!gliding(now)) return to;
  const double left = std::chrono::duration<double>(glide_until_ - now) / std::chrono::duration<double>(glide_);
  const double done = 1 - left * left * left;  // fast at first, then gently
  const auto between = [done](int a, int b) { return even(static_cast<int>(a + (b - a) * done)); };
  const layout::Tile& from = shown_[seat].from;
  return {between(from.x, to.x), between(from.y, to.y), std::max(2, between(from.width, to.width)),
          std::max(2, between(from.height, to.height))};
}

bool Composer::look_at_slots(Time now) {
  bool changed = false, under_changed = false;
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) {
    const Seat& seat = scene_.seats[i];
    Shown& shown = shown_[i];
    const std::uint64_t serial = shown.look.serial;
    shown.look = seat.slot->look();
    const bool picture =
        shown.look.sample != nullptr && !seat.camera_off && now - shown.look.arrived <= seat.card_after;
    const bool same = shown.version != 0 && picture == shown.picture && (!picture || shown.look.serial == serial);
    shown.picture = picture;
    if (same) continue;
    shown.version = ++versions_;
    changed = true;
    under_changed = under_changed || shown.under;
  }
  if (under_changed) under_version_ = ++versions_;
  return changed;
}

Composer::Result Composer::compose(Time now) {
  owed_ = look_at_slots(now) || owed_;
  const bool glides = gliding(now);
  Result result;
  if (!owed_ && !glides && last_->scene == scene_version_) {
    result.picture = last_;
  } else if ((result.picture = free_picture()) != nullptr) {
    result.changed = true;
    owed_ = false;
    result.drawn = glides ? draw_all(*result.picture, now) : draw_changes(*result.picture);
    last_ = result.picture;
  }
  for (Shown& shown : shown_) shown.look.sample.reset();  // the decoder's memory is not ours to keep
  return result;
}

std::shared_ptr<MixedPicture> Composer::free_picture() {
  if (last_->readers.load(std::memory_order_acquire) == 0) return last_;
  for (const auto& picture : pictures_)
    if (picture->readers.load(std::memory_order_acquire) == 0) return picture;
  if (pictures_.size() >= most_pictures) return nullptr;
  return pictures_.emplace_back(std::make_shared<MixedPicture>(size_));
}

void Composer::clear(MixedPicture& to) const {
  to.canvas.fill({0, 0, size_.width, size_.height}, palette::background);
  to.seats.assign(scene_.seats.size(), 0);
}

std::size_t Composer::draw_all(MixedPicture& to, Time now) {
  clear(to);
  to.scene = 0;  // nothing of it can be used again
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) draw_seat(to.canvas, i, place(i, now));
  for (const Placed& placed : scene_.over) to.canvas.lay_over(*placed.overlay, placed.x, placed.y);
  return scene_.seats.size();
}

std::size_t Composer::draw_changes(MixedPicture& to) {
  const MixedPicture* last = last_.get() != &to && last_->scene == scene_version_ ? last_.get() : nullptr;
  if (to.scene != scene_version_) {
    clear(to);
    to.scene = scene_version_;
    to.under = 0;
  }
  std::size_t drawn = draw_what_lies_under(to, last);
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) {
    const std::uint64_t version = shown_[i].version;
    if (shown_[i].under || to.seats[i] == version) continue;
    if (last != nullptr && last->seats[i] == version) {
      to.canvas.copy(last->canvas, scene_.seats[i].tile);
    } else {
      draw_seat(to.canvas, i, scene_.seats[i].tile);
      ++drawn;
    }
    to.seats[i] = version;
  }
  return drawn;
}

/// Translucent things cannot be laid over the same pixels twice: all tiles that they touch are drawn together.
std::size_t Composer::draw_what_lies_under(MixedPicture& to, const MixedPicture* last) {
  if (to.under == under_version_) return 0;
  to.under = under_version_;
  const bool copy = last != nullptr && last->under == under_version_;
  std::size_t drawn = 0;
  for (const Placed& placed : scene_.over)
    copy ? to.canvas.copy(last->canvas, placed.area()) : to.canvas.fill(placed.area(), palette::background);
  for (std::size_t i = 0; i < scene_.seats.size(); ++i) {
    if (!shown_[i].under) continue;
    to.seats[i] = shown_[i].version;
    if (copy) {
      to.canvas.copy(last->canvas, scene_.seats[i].tile);
    } else {
      draw_seat(to.canvas, i, scene_.seats[i].tile);
      ++drawn;
    }
  }
  if (copy) return 0;
  for (const Placed& placed : scene_.over) to.canvas.lay_over(*placed.overlay, placed.x, placed.y);
  return drawn;
}

void Composer::draw_seat(Canvas& canvas, std::size_t number, const layout::Tile& tile) {
  const Seat& seat = scene_.seats[number];
  bool picture = shown_[number].picture;
  if (picture) {
    const MappedPicture mapped(shown_[number].look.sample.get());
    picture = mapped.valid();
    if (picture) canvas.draw(mapped.view(), tile, palette::card, seat.fit);
  }
  if (!picture) canvas.draw(seat.artwork->card.view(), tile, palette::card);
  const int margin = even(std::max(8, tile.height / 30));
  const Overlay& name = seat.artwork->name;
  if (picture && name.size.width + 2 * margin <= tile.width && name.size.height + 2 * margin <= tile.height)
    canvas.lay_over(name, tile.x + margin, tile.y + tile.height - margin - name.size.height);
  if (seat.edges) draw_edges_on(canvas, tile, *seat.edges);
}

}  // namespace rollcall::mcu::mixer
