#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "mcu/gst/bus_watch.h"
#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"

namespace rollcall::mcu::record {

/// One file that a conference's mix goes to: Matroska with VP8 and Opus, from the first key frame on. Every block is on
/// the disk as soon as it is made, so that what a crash leaves plays to within a second of it; a file that was finished
/// has its length and an index besides. A GStreamer pipeline that only muxes the picture and encodes the sound. Owned
/// by the conference's recorder; loop thread, except picture() and sound().
class Recording {
 public:
  struct Format {
    int width = 1280;
    int height = 720;
    int frame_rate = 30;
  };
  struct Limits {
    std::chrono::nanoseconds longest = std::chrono::hours(4);
    std::uint64_t most_bytes = 4'000'000'000;
  };
  using Post = gst::BusWatch::Post;

  /// `path` exists and is empty. `over` comes once, on the loop thread, with the reason, if it must end by itself: the
  /// disk, a limit. It is to be finished then. Throws std::runtime_error where GStreamer lacks a plugin.
  Recording(const std::filesystem::path& path, const Format& format, const Limits& limits, Post post,
            std::function<void(const std::string& reason)> over);
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  /// An encoder's thread; VP8. What comes before the first key frame is left out.
  void picture(const gst::EncodedFrame& frame);
  /// The sound's tick thread; 48 kHz mono. What comes before the first picture is left out.
  void sound(std::chrono::nanoseconds running_time, std::span<const std::int16_t> samples);

  /// Closes the file; waits for the disk, not longer than a few seconds. Nothing is put any more. False: it is not
  /// complete, but plays.
  bool finish();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  void build(const Format& format);
  void end(const std::string& reason);
  void push(GstElement* source, gst::BufferPtr buffer, std::chrono::nanoseconds running_time);
  static GstPadProbeReturn on_event(GstPad* pad, GstPadProbeInfo* info, gpointer self);

  std::filesystem::path path_;
  Limits limits_;
  Post post_;
  std::shared_ptr<std::function<void(const std::string&)>> over_;  ///< empty when it was called, or is not wanted
  std::atomic<std::int64_t> begin_ = -1;                           ///< running time of the first picture; -1: none yet
  std::atomic<std::uint64_t> bytes_ = 0;
  std::atomic<bool> ended_ = false;
  bool broken_ = false;  ///< the pipeline, by an error
  std::mutex mutex_;
  std::condition_variable closed_changed_;
  bool closed_ = false;
  gst::ObjectPtr<GstElement> pipeline_;
  gst::ObjectPtr<GstElement> picture_;
  gst::ObjectPtr<GstElement> sound_;
  gst::PadProbe probe_;
  std::unique_ptr<gst::BusWatch> bus_;
};

}  // namespace rollcall::mcu::record
