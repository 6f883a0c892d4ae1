#include "mcu/rtp/layer_choice.h"

#include <cassert>

namespace rollcall::mcu::rtp {
namespace {

constexpr int least_height = 180;

/// A picture that is drawn up to a third larger than it came is not told from one that fits.
bool fills(int height, int shown) {
  return shown > 0 && 4 * height >= 3 * shown;
}

}  // namespace

LayerChoice::LayerChoice(std::size_t layers) : layers_(layers) {
  assert(layers > 0);
  for (std::size_t i = 0; i < layers; ++i) {
    layers_[i].height = least_height << i;
  }
}

void LayerChoice::on_packet(std::size_t layer, Time now) {
  auto& one = layers_[layer];
  if (!is_sent(one, now)) {
    one.stopped_once = one.last != Time{};
    one.since = now;
  }
  one.last = now;
}

bool LayerChoice::on_key_frame(std::size_t layer, Time now) {
  const bool first = !current_;
  if (first || wanted(now) == layer) {
    current_ = layer;
  }
  return current_ == layer;
}

bool LayerChoice::is_sent(const Layer& layer, Time now) const {
  return layer.last != Time{} && now - layer.last < stopped_after;
}

bool LayerChoice::lasts(std::size_t layer, Time now) const {
  const auto& one = layers_[layer];
  return is_sent(one, now) && (layer == current_ || !one.stopped_once || now - one.since >= lasting_after);
}

std::optional<std::size_t> LayerChoice::wanted(Time now) const {
  const auto lasting = best([&](std::size_t layer) { return lasts(layer, now); });
  return lasting ? lasting : best([&](std::size_t layer) { return is_sent(layers_[layer], now); });
}

template <class Usable>
std::optional<std::size_t> LayerChoice::best(const Usable& usable) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const int height = layers_[i].height;
    const int before = best ? layers_[*best].height : 0;
    const bool enough = best && fills(before, shown_);
    if (usable(i) && (enough ? fills(height, shown_) && height < before : height > before)) {
      best = i;
    }
  }
  return best;
}

}  // namespace rollcall::mcu::rtp
