#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mcu/encode/frame_choice.h"
#include "mcu/encode/key_frames.h"
#include "mcu/encode/payloader_chain.h"
#include "mcu/encode/picture_class.h"
#include "mcu/encode/shedding.h"
#include "mcu/encode/subscribers.h"
#include "mcu/gst/bus_watch.h"
#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"

namespace rollcall::mcu::encode {

/// One running picture encoder: a GStreamer pipeline that takes I420 pictures of its class and sends the encoded ones,
/// cut into payloads, to its subscribers, on the pipeline's own thread. What comes faster than it can encode is
/// dropped, oldest first. Owned by PictureEncoders; loop thread, except what says otherwise.
class PictureEncoder {
 public:
  using Post = gst::BusWatch::Post;
  using Time = std::chrono::nanoseconds;

  /// Throws std::runtime_error where the encoder is not installed. `failed` comes on the loop thread.
  PictureEncoder(const PictureClass& wanted, Post post, std::function<void(const std::string& text)> failed);
  ~PictureEncoder();
  PictureEncoder(const PictureEncoder&) = delete;
  PictureEncoder& operator=(const PictureEncoder&) = delete;

  /// Not while takes() or put() run.
  void set_effort(const Effort& effort);
  /// The tick thread: whether the picture of that running time is to be put, in size().
  [[nodiscard]] bool takes(Time now, bool changed);
  [[nodiscard]] PictureSize size() const { return size_; }
  /// The tick thread. `picture` has its running time as PTS.
  void put(GstBuffer* picture);
  /// Any thread.
  void ask_key_frame(KeyFrameAsk why) { (why == KeyFrameAsk::join ? joined_ : broken_) = true; }
  [[nodiscard]] Subscribers& subscribers() { return subscribers_; }
  [[nodiscard]] PictureSubscribers& picture_subscribers() { return picture_subscribers_; }
  [[nodiscard]] std::uint64_t key_frames() const { return key_frames_; }
  [[nodiscard]] std::uint64_t frames() const { return frames_; }

 private:
  /// The encoder counts its pictures by its own even steps, so that a pause in which nothing changed is to its rate
  /// control no saving, to be spent in one burst when something moves.
  struct Stamp {
    GstClockTime encoder_time;
    Time running_time;
  };
  void build();
  void begin_size();
  [[nodiscard]] GstClockTime stamp(Time running_time);
  [[nodiscard]] std::optional<Time> running_time_of(GstClockTime encoder_time);
  static GstFlowReturn on_sample(GstElement* sink, gpointer self);
  void fan_out(GstSample* sample);

  PictureClass class_;
  std::unique_ptr<PayloaderChain> payloader_;  ///< for what cut() does not know
  PictureSize size_;
  std::optional<PictureSize> begun_size_ = {};  ///< of the pictures that were put; the tick thread
  Subscribers subscribers_;
  PictureSubscribers picture_subscribers_;
  KeyFramePolicy policy_;  ///< the tick thread
  FrameChoice choice_;
  std::atomic<bool> joined_ = false, broken_ = false;
  std::atomic<std::uint64_t> key_frames_ = 0, frames_ = 0;
  GstClockTime next_encoder_time_ = GST_SECOND;  ///< the tick thread
  std::mutex stamps_mutex_;
  std::deque<Stamp> stamps_;
  gst::ObjectPtr<GstElement> pipeline_;
  GstElement* source_ = nullptr;  ///< these three: owned by the pipeline
  GstElement* encoder_ = nullptr;
  GstElement* sink_ = nullptr;
  std::unique_ptr<gst::BusWatch> bus_;
};

}  // namespace rollcall::mcu::encode
