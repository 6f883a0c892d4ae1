#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "mcu/encode/key_frames.h"
#include "mcu/encode/subscribers.h"
#include "mcu/gst/bus_watch.h"
#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"

namespace rollcall::mcu::encode {

/// What distinguishes one encoder's output from another's.
struct PictureClass {
  gst::Coding coding = gst::Coding::vp8;
  int width = 1280;
  int height = 720;
  int frame_rate = 30;
  int kbit = 1500;
  auto operator<=>(const PictureClass&) const = default;
};

/// One running picture encoder: a GStreamer pipeline that takes I420 pictures of its class and sends the encoded ones
/// to its subscribers, on the pipeline's own thread. What comes faster than it can encode is dropped, oldest first.
/// Owned by PictureEncoders; loop thread, except put() and want_key_frame().
class PictureEncoder {
 public:
  using Post = gst::BusWatch::Post;

  /// Throws std::runtime_error where the encoder is not installed. `failed` comes on the loop thread.
  PictureEncoder(const PictureClass& wanted, Post post, std::function<void(const std::string& text)> failed);
  ~PictureEncoder();
  PictureEncoder(const PictureEncoder&) = delete;
  PictureEncoder& operator=(const PictureEncoder&) = delete;

  /// The tick thread. `picture` has its running time as PTS.
  void put(GstBuffer* picture);
  /// Any thread.
  void want_key_frame() { key_frame_wanted_ = true; }
  [[nodiscard]] Subscribers& subscribers() { return subscribers_; }
  [[nodiscard]] std::uint64_t key_frames() const { return key_frames_; }

 private:
  void build(const PictureClass& wanted);
  static GstFlowReturn on_sample(GstElement* sink, gpointer self);
  void fan_out(GstSample* sample);

  gst::Coding coding_;
  Subscribers subscribers_;
  KeyFramePolicy policy_;  ///< the tick thread
  std::atomic<bool> key_frame_wanted_ = false;
  std::atomic<std::uint64_t> key_frames_ = 0;
  gst::ObjectPtr<GstElement> pipeline_;
  GstElement* source_ = nullptr;  ///< these two: owned by the pipeline
  GstElement* sink_ = nullptr;
  std::unique_ptr<gst::BusWatch> bus_;
};

}  // namespace rollcall::mcu::encode
