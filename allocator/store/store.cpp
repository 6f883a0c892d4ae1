#include "allocator/store/store.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>

#include "allocator/store/sqlite.h"

namespace rollcall::store {

std::string file_in(const std::string& url) {
  constexpr std::string_view scheme = "sqlite:";
  if (url.starts_with(scheme) && url.size() > scheme.size()) return url.substr(scheme.size());
  throw StoreError("The store's url \"" + url + "\" is not known. Write sqlite:/path/to/rollcall.db.");
}

/// The one thread that writes.
struct Store::Worker {
  struct Job {
    std::vector<model::Write> writes;
    std::function<void(std::string)> done;
  };

  Worker(const std::string& url, Post post_to_loop) : database(file_in(url)), post(std::move(post_to_loop)) {
    thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }

  void run(const std::stop_token& stop) {
    for (;;) {
      std::unique_lock lock(mutex);
      arrived.wait(lock, stop, [this] { return !jobs.empty(); });
      if (jobs.empty()) return;
      Job job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      carry_out(std::move(job));
    }
  }

  void carry_out(Job job) {
    std::string error;
    try {
      database.write(job.writes);
    } catch (const StoreError& failure) {
      error = failure.what();
    }
    post([done = std::move(job.done), error = std::move(error)] { done(error); });
  }

  Sqlite database;
  Post post;
  std::mutex mutex;
  std::condition_variable_any arrived;
  std::deque<Job> jobs;
  std::jthread thread;  // last: it uses all of the above
};

Store::Store(const std::string& url, Post post) : worker_(std::make_unique<Worker>(url, std::move(post))) {}
Store::~Store() = default;

model::Records Store::load() {
  return worker_->database.load();
}

void Store::write(std::vector<model::Write> writes, std::function<void(std::string)> done) {
  {
    const std::scoped_lock lock(worker_->mutex);
    worker_->jobs.push_back({std::move(writes), std::move(done)});
  }
  worker_->arrived.notify_one();
}

}  // namespace rollcall::store
