#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "web/request.h"

namespace rollcall::web {

/// The port cannot be had; what() is a sentence.
class CannotListen : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The HTTP port. Poco's threads read requests, hand each to `take`, wait for the answer and write it; one thread per
/// connection, so both are limited. Owned by main(); its destructor waits for its threads.
class Server {
 public:
  struct Settings {
    std::string host = "127.0.0.1";
    int port = 7380;  ///< 0: any free one
    std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
    int most_threads = 256;
    std::chrono::seconds answer_within{40};  ///< longer than the door's own limits; then 504
  };
  /// Called on an HTTP thread; may do one thing: post both to the loop. `respond` may be called on any thread, late,
  /// and even when nobody waits any more.
  using Take = std::function<void(Request, Respond respond)>;

  /// Listens at once. Throws CannotListen.
  Server(Settings settings, Take take);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] int port() const;
  /// No new connections; those that wait for an answer still get it if it comes soon.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::web
