// What the media tests need: a loop, pictures and tones to send, and eyes and ears for what arrives.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "mcu/leg/leg.h"
#include "mcu/leg/test_forms.h"
#include "mcu/transport/io_context.h"

namespace rollcall::mcu::leg::test {

using namespace std::chrono_literals;

/// A queue for posted closures, run on the test's thread.
class Loop {
 public:
  [[nodiscard]] Leg::Post post();
  /// Runs what comes until `done` is true; false if it is not within `deadline`.
  bool run_until(const std::function<bool()>& done, std::chrono::milliseconds deadline = 20s);
  void run_for(std::chrono::milliseconds duration);

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
};

enum class Colour { red, green, blue };

/// Encodes a moving pattern of one colour and a tone, in real time, for any number of legs.
class Sender {
 public:
  Sender(Colour colour, double tone_hz);
  ~Sender();
  void add(Leg& leg);
  void remove(Leg& leg);
  void want_key_frame() { key_wanted_ = true; }

 private:
  void encode(const std::string& description, gst::Coding coding);
  static GstFlowReturn on_frame(GstElement* sink, gpointer branch);
  struct Branch {
    Sender* sender = nullptr;
    gst::Coding coding = gst::Coding::vp8;
    std::chrono::nanoseconds begin{};
    std::int64_t count = 0;
    GstElement* pipeline = nullptr;
  };
  std::mutex mutex_;
  std::set<Leg*> legs_;
  std::atomic<bool> key_wanted_ = false;
  std::vector<std::unique_ptr<Branch>> branches_;
};

/// What one leg decoded.
class Receiver {
 public:
  [[nodiscard]] Leg::Sinks sinks(Sender* asked_for_key_frames = nullptr);
  void take_picture(GstSample* sample);
  void take_samples(std::span<const std::int16_t> samples);
  void forget();
  [[nodiscard]] int pictures() const { return pictures_; }
  [[nodiscard]] long samples() const { return samples_; }
  [[nodiscard]] std::optional<Colour> colour() const;
  [[nodiscard]] int width() const { return width_; }
  /// How much of the last half second is this tone, 0…1.
  [[nodiscard]] double share_of_tone(double hz) const;
  [[nodiscard]] int key_frame_wishes() const { return wishes_; }

 private:
  std::atomic<int> pictures_ = 0;
  std::atomic<long> samples_ = 0;
  std::atomic<int> width_ = 0;
  std::atomic<int> wishes_ = 0;
  mutable std::mutex mutex_;
  std::array<int, 3> yuv_{};
  SampleDecoder decoder_;  ///< the I/O thread's
  std::deque<std::int16_t> sound_;
};

/// A leg with its receiver and what was reported of it.
struct Party {
  Party(Loop& loop, transport::IoContext& io, model::LegProfile profile, Sender& sender);
  ~Party();
  /// Pictures and tone have come.
  [[nodiscard]] bool sees(Colour colour, int pictures = 10) const;
  [[nodiscard]] bool hears(double hz) const;

  /// For people, when a test fails.
  [[nodiscard]] std::string state() const;

  Sender& sender;
  Receiver receiver;
  int connected = 0;
  std::vector<model::Reason> ended;
  std::vector<Health> health;
  std::unique_ptr<Leg> leg;
};

[[nodiscard]] transport::IoContext::Options loopback();

}  // namespace rollcall::mcu::leg::test
