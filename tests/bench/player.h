// The one thread that sends for all generated participants and reads the sockets of the plain ones.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/bench/participant.h"

namespace rollcall::bench {

/// Ends its thread in the destructor, before the participants go.
class Player {
 public:
  Player();
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  /// From the loop thread; `participant` has its answer and outlives the player.
  void add(Participant& participant);
  /// How late it was at the worst since the last question: when the generator itself was held up.
  [[nodiscard]] double worst_delay_ms() { return static_cast<double>(worst_delay_.exchange(0)) / 1e6; }

 private:
  struct Due {
    Time at;
    Participant* participant;
    bool operator<(const Due& other) const { return at > other.at; }
  };
  struct Watched {
    Participant* participant;
    int descriptor;
  };
  void run();
  void adopt(std::vector<Due>& heap);
  void wait_until(Time when);

  int poll_;
  std::atomic<bool> over_ = false;
  std::mutex mutex_;
  std::vector<Participant*> added_;
  std::vector<std::unique_ptr<Watched>> watched_;
  std::atomic<long> worst_delay_ = 0;
  std::thread thread_;
};

}  // namespace rollcall::bench
