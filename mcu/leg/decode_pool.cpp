#include "mcu/leg/decode_pool.h"

#include <algorithm>

namespace rollcall::mcu::leg {

DecodePool::DecodePool(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

DecodePool::~DecodePool() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    thread.join();
  }
}

void DecodePool::add(Work& work) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(&work);
  }
  wake_.notify_one();
}

void DecodePool::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return over_ || !waiting_.empty(); });
    if (over_) {
      return;
    }
    auto* work = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    const bool more = work->step();
    lock.lock();
    // One picture at a time: a leg with much to decode does not keep the others waiting.
    if (more) {
      waiting_.push_back(work);
    }
  }
}

DecodePool& DecodePool::of_process() {
  static DecodePool pool(std::max(1U, std::thread::hardware_concurrency()));
  return pool;
}

}  // namespace rollcall::mcu::leg
