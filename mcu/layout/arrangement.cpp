#include "mcu/layout/arrangement.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rollcall::mcu::layout {
namespace {

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Each hole gets the next of those who enter; the rest go to the end; what holes remain are filled from the end.
void fill_holes(std::vector<std::string>& places, std::vector<std::string> entering) {
  for (std::string& place : places)
    if (place.empty() && !entering.empty()) {
      place = std::move(entering.front());
      entering.erase(entering.begin());
    }
  std::move(entering.begin(), entering.end(), std::back_inserter(places));
  for (std::size_t i = 0; i < places.size(); ++i) {
    while (places.size() > i && places.back().empty()) places.pop_back();
    if (i >= places.size() || !places[i].empty()) continue;
    places[i] = std::move(places.back());
    places.pop_back();
  }
}

}  // namespace

void Arrangement::join(const std::string& id) {
  assert(!id.empty() && find(id) == nullptr);
  members_.push_back({id});
  arrange();
}

void Arrangement::leave(const std::string& id) {
  if (find(id) == nullptr) return;
  std::erase_if(members_, [&](const Member& member) { return member.id == id; });
  if (spotlight_ == id) spotlight_.clear();
  if (presentation_ == id) presentation_.clear();
  arrange();
}

void Arrangement::spoke(const std::string& id) {
  const auto at = std::find_if(members_.begin(), members_.end(), [&](const Member& member) { return member.id == id; });
  if (at == members_.end()) return;
  at->spoke = ++spoken_;
  arrange();
}

void Arrangement::set_layout(Layout layout) {
  wanted_ = layout;
  arrange();
}

void Arrangement::set_spotlight(const std::string& id) {
  spotlight_ = id;
  arrange();
}

void Arrangement::set_presentation(const std::string& id) {
  presentation_ = id;
  arrange();
}

const Arrangement::Member* Arrangement::find(const std::string& id) const {
  const auto at = std::find_if(members_.begin(), members_.end(), [&](const Member& member) { return member.id == id; });
  return at == members_.end() ? nullptr : &*at;
}

void Arrangement::arrange() {
  const Layout now = resolve(wanted_, members_.size(), find(presentation_) != nullptr, find(spotlight_) != nullptr);
  const std::size_t count = std::min(members_.size(), capacity(wanted_, now));
  const std::vector<Tile> tiles = layout::tiles(now, count, canvas_);
  const bool same_tiles = now == layout_ && !tiles.empty() && !shown_.empty() && tiles.front() == shown_.front().tile &&
                          tiles.back().width == shown_.back().tile.width;
  layout_ = now;
  const std::string first = has_large_tile(now) ? large() : "";
  std::vector<std::string> order = chosen(count, first);
  if (same_tiles) {
    order = with_few_moves(order, first);
  } else if (!first.empty()) {
    const auto at = std::find(order.begin(), order.end(), first);
    std::rotate(order.begin(), at, at + 1);
  }
  assert(order.size() == count);
  shown_.clear();
  for (std::size_t i = 0; i < count; ++i)
    shown_.push_back({order[i], tiles[i], order[i] == presentation_ ? Fit::whole : Fit::fill});
}

std::string Arrangement::large() const {
  if (members_.empty()) return {};
  if (layout_ == Layout::presentation && find(presentation_) != nullptr) return presentation_;
  if (find(spotlight_) != nullptr) return spotlight_;
  const auto last = std::max_element(members_.begin(), members_.end(),
                                     [](const Member& a, const Member& b) { return a.spoke < b.spoke; });
  return last->id;  // nobody has spoken: the first
}

std::vector<std::string> Arrangement::chosen(std::size_t count, const std::string& large) const {
  std::vector<const Member*> ranked;
  for (const Member& member : members_) ranked.push_back(&member);
  const auto pinned = [&](const Member* member) { return member->id == large || member->id == spotlight_; };
  std::stable_sort(ranked.begin(), ranked.end(), [&](const Member* a, const Member* b) {
    return std::pair(pinned(a), a->spoke) > std::pair(pinned(b), b->spoke);
  });
  ranked.resize(count);
  std::sort(ranked.begin(), ranked.end());  // they lie in one vector, in order of joining
  std::vector<std::string> ids;
  for (const Member* member : ranked) ids.push_back(member->id);
  return ids;
}

std::vector<std::string> Arrangement::with_few_moves(const std::vector<std::string>& chosen,
                                                     const std::string& large) const {
  std::vector<std::string> places, entering;
  for (const Shown& shown : shown_) places.push_back(contains(chosen, shown.id) ? shown.id : "");
  for (const std::string& id : chosen)
    if (!contains(places, id)) entering.push_back(id);
  if (!large.empty()) {
    const auto at = std::find(places.begin(), places.end(), large);
    if (at != places.end()) {
      std::swap(places.front(), *at);
    } else {
      std::erase(entering, large);
      if (!places.front().empty()) entering.insert(entering.begin(), places.front());
      places.front() = large;
    }
  }
  fill_holes(places, std::move(entering));
  return places;
}

}  // namespace rollcall::mcu::layout
