// A path as simple as can be for tests of the estimate: a capacity, a queue before it, a delay, losses by chance; and a
// sender that chooses among three classes by its estimate. One step is a millisecond.
#pragma once

#include <array>
#include <deque>
#include <random>
#include <vector>

#include "mcu/rtp/rtcp_reader.h"
#include "mcu/rtp/send_estimate.h"

namespace rollcall::mcu::rtp::test {

struct Link {
  unsigned kbit = 10'000;
  std::size_t queue_bytes = 60'000;
  std::chrono::milliseconds delay{20};
  double loss = 0;
  int jitter_ms = 0;
};

/// Sound of 40 kbit and a picture of the class, in bursts as an encoder makes them.
class Call {
 public:
  static constexpr std::array<unsigned, 3> classes{1500, 500, 150};
  static constexpr unsigned sound_kbit = 45;

  Link link = {};
  SendEstimate estimate = {};
  bool transport_feedback = true;
  int key_frame_every = 0;  ///< pictures; 0: never
  Time now{std::chrono::seconds(100)};
  unsigned changes = 0;  ///< of the class

  void run(std::chrono::milliseconds length) {
    for (; length > length.zero(); --length) {
      step();
    }
  }
  /// What is sent besides sound: a class, or 0 if not even the lowest fits.
  [[nodiscard]] unsigned chosen() const { return class_; }
  /// Runs until the class is at most, or at least, so high; returns how long that took, `limit` if it did not happen.
  std::chrono::milliseconds until(auto condition, std::chrono::milliseconds limit) {
    std::chrono::milliseconds taken{0};
    for (; !condition() && taken < limit; ++taken) {
      step();
    }
    return taken;
  }

 private:
  struct Flying {
    Time arrives;
    std::uint16_t sequence;
  };
  struct Queued {
    double bytes;
    std::uint16_t sequence;
  };
  void step() {
    now += std::chrono::milliseconds(1);
    ++tick_;
    if (tick_ % 20 == 0) {
      send(110);
    }
    if (tick_ % 33 == 0) {
      send_picture();
    }
    carry();
    arrive();
    feed_back();
    if (tick_ % 100 == 0) {
      estimate.update(now);
      choose();
    }
  }
  void choose() {
    unsigned chosen = 0;
    for (const auto one : classes) {
      chosen = std::max(chosen, one + sound_kbit <= estimate.kbit() ? one : 0);
    }
    changes += chosen != class_ ? 1 : 0;
    class_ = chosen;
  }
  void send_picture() {
    ++pictures_;
    const bool key = key_frame_every != 0 && pictures_ % key_frame_every == 0;
    std::size_t bytes = class_ * 1000 / 8 / 30 * (key ? 4 : 1);
    for (; bytes > 0; bytes -= std::min<std::size_t>(bytes, 1200)) {
      send(std::min<std::size_t>(bytes, 1200) + 50);
    }
  }
  void send(std::size_t bytes) {
    const auto sequence = sender_.next(bytes, now);
    estimate.sent(bytes, now);
    ++sent_;
    if (queued_ + bytes > link.queue_bytes || chance_(random_) < link.loss) {
      ++lost_;
      return;
    }
    queue_.push_back({.bytes = static_cast<double>(bytes), .sequence = sequence});
    queued_ += bytes;
  }
  /// A millisecond's worth of the queue goes on its way.
  void carry() {
    credit_ = queue_.empty() ? 0 : credit_ + link.kbit / 8.0;
    for (; !queue_.empty() && queue_.front().bytes <= credit_; queue_.pop_front()) {
      credit_ -= queue_.front().bytes;
      queued_ -= static_cast<std::size_t>(queue_.front().bytes);
      const auto jitter =
          std::chrono::milliseconds(link.jitter_ms == 0 ? 0 : random_() % static_cast<unsigned>(link.jitter_ms));
      last_arrival_ = std::max(last_arrival_, now + link.delay + jitter);
      flying_.push_back({.arrives = last_arrival_, .sequence = queue_.front().sequence});
    }
  }
  void arrive() {
    for (; !flying_.empty() && flying_.front().arrives <= now; flying_.pop_front()) {
      recorder_.arrived(flying_.front().sequence, flying_.front().arrives);
    }
  }
  void feed_back() {
    if (transport_feedback && recorder_.due(now)) {
      std::array<std::uint8_t, 1200> buffer = {};
      RtcpWriter writer(buffer);
      recorder_.write(writer, 1, 2, now);
      feedback_.emplace_back(now + link.delay, std::vector(writer.bytes().begin(), writer.bytes().end()));
    }
    if (!transport_feedback && tick_ % 1000 == 0) {
      estimate.on_loss(sent_ == 0 ? 0 : lost_ / static_cast<double>(sent_), now);
      sent_ = lost_ = 0;
    }
    for (; !feedback_.empty() && feedback_.front().first <= now; feedback_.pop_front()) {
      RtcpReader reader(feedback_.front().second);
      const auto block = reader.next();
      std::vector<PacketResult> results;
      sender_.on_feedback(std::get<TransportFeedback>(*block), results);
      estimate.on_results(results, now);
    }
  }

  TwccSender sender_ = TwccSender();
  TwccRecorder recorder_ = {};
  std::deque<Flying> flying_ = {};
  std::deque<std::pair<Time, std::vector<std::uint8_t>>> feedback_ = {};
  std::mt19937 random_{1};
  std::uniform_real_distribution<> chance_{0, 1};
  std::deque<Queued> queue_ = {};
  std::size_t queued_ = 0;
  double credit_ = 0;
  Time last_arrival_ = {};
  int tick_ = 0;
  int pictures_ = 0;
  unsigned class_ = 500;
  unsigned sent_ = 0;
  unsigned lost_ = 0;
};

}  // namespace rollcall::mcu::rtp::test
