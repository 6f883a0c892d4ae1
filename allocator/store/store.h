#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "allocator/model/records.h"

namespace rollcall::store {

/// The database cannot be used. The text says which, why, and what to do.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The database file that `url` names. Throws StoreError.
[[nodiscard]] std::string file_in(const std::string& url);

/// Keeps what must survive. Read once at start, then only written to, by one worker thread in the order of asking.
/// Owned by the process; every function is called on the loop thread.
class Store {
 public:
  /// Hands a closure to the loop thread.
  using Post = std::function<void(std::function<void()>)>;

  /// `url`: `sqlite:/var/lib/rollcall/rollcall.db`, or `sqlite::memory:`. Opens it and brings its tables up to date.
  /// Throws StoreError.
  Store(const std::string& url, Post post);
  /// Writes what is still in the queue.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Throws StoreError. To be called before the first write.
  [[nodiscard]] model::Records load();

  /// All of `writes` or none. `done` is posted with an empty text, or with why they could not be written.
  void write(std::vector<model::Write> writes, std::function<void(std::string error)> done);

 private:
  struct Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace rollcall::store
