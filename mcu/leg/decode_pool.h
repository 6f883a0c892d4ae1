#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace rollcall::mcu::leg {

/// The threads that decode the pictures of all legs of the process: one per core, however many legs there are.
class DecodePool {
 public:
  /// Something with work in a queue of its own.
  class Work {
   public:
    virtual ~Work() = default;
    /// On one of the threads, never on two at once. Does one piece; true if there is more.
    virtual bool step() = 0;
  };

  explicit DecodePool(unsigned threads);
  ~DecodePool();
  DecodePool(const DecodePool&) = delete;
  DecodePool& operator=(const DecodePool&) = delete;

  /// `work` has something to do. Whoever calls this has made sure that it is not waiting here already. Any thread.
  void add(Work& work);

  /// The one of this process, as many threads as cores.
  [[nodiscard]] static DecodePool& of_process();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Work*> waiting_;
  bool over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace rollcall::mcu::leg
