// Which of several sizes of the same picture is decoded (simulcast, RFC 8853; RFC 7667 §3.6). Pure: time is an
// argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "mcu/rtp/bytes.h"

namespace rollcall::mcu::rtp {

/// One per picture that comes in layers, smallest first. It is told of what arrives and what is shown, and says whose
/// pictures go to the decoder: those of current(), until a key frame of wanted() has come whole, so that nothing shown
/// is ever without a picture to start from. Whoever owns it serialises the calls.
class LayerChoice {
 public:
  /// Nothing came of a layer for so long: its sender has stopped it.
  static constexpr std::chrono::milliseconds stopped_after{700};
  /// A layer that comes and goes is used again only when it has lasted so long.
  static constexpr std::chrono::milliseconds lasting_after{1000};

  explicit LayerChoice(std::size_t layers);

  /// A packet of the layer, with something in it.
  void on_packet(std::size_t layer, Time now);
  /// What the layer's key frames say of their size. Until then each layer counts as twice the one before, from 180 on.
  void set_height(std::size_t layer, int pixels) { layers_[layer].height = pixels; }
  /// A key frame is there, whole. True: from now on this layer is the current one.
  bool on_key_frame(std::size_t layer, Time now);

  /// So high is the tile; 0: as large as it comes.
  void set_shown(int height) { shown_ = height; }

  /// Whose pictures are decoded; none before the first key frame.
  [[nodiscard]] std::optional<std::size_t> current() const { return current_; }
  /// Whose pictures should be: the smallest that fills three quarters of the tile's height, else the largest, of those
  /// that are being sent. Where it is not current(), a key frame of it is to be asked for. None: nothing is sent.
  [[nodiscard]] std::optional<std::size_t> wanted(Time now) const;
  [[nodiscard]] int height(std::size_t layer) const { return layers_[layer].height; }

 private:
  struct Layer {
    int height = 0;
    Time since = {};  ///< it comes without a stop since then
    Time last = {};
    bool stopped_once = false;
  };
  [[nodiscard]] bool is_sent(const Layer& layer, Time now) const;
  [[nodiscard]] bool lasts(std::size_t layer, Time now) const;
  template <class Usable>
  [[nodiscard]] std::optional<std::size_t> best(const Usable& usable) const;

  std::vector<Layer> layers_;
  std::optional<std::size_t> current_ = {};
  int shown_ = 0;
};

}  // namespace rollcall::mcu::rtp
