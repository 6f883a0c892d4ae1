#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "allocator/control/messages.h"
#include "daemon/event_loop.h"
#include "mcu/supervisor/child.h"
#include "mcu/supervisor/order.h"
#include "mcu/supervisor/restarts.h"

namespace rollcall::mcu::supervisor {

/// The parent of the worker processes: has the machine measured by a child of its own, starts the workers, starts those
/// again that end by themselves, ends them all. Carries no media and knows no allocator, so there is little that could
/// end it. Owned by main(); loop thread.
class Supervisor {
 public:
  struct Settings {
    int workers = 2;
    std::string name;                         ///< of all of them together
    std::string program = "/proc/self/exe";   ///< so that an upgrade on the disk does not mix two versions
    std::vector<std::string> arguments = {};  ///< our own, with the program's name first; passed on behind the order
    bool calibrate = true;
    std::chrono::milliseconds calibration_limit{20'000};
    std::chrono::milliseconds farewell_limit{10'000};
    std::vector<std::string> before_order = {};  ///< for tests, whose program is a shell: its script
  };
  struct Callbacks {
    /// All workers said that they run. Called once.
    std::function<void()> ready;
    /// No worker is left: all ended after stop(), or the first ones could not even start. An exit code.
    std::function<void(int code)> finished;
  };

  Supervisor(daemon::EventLoop& loop, Settings settings, Callbacks callbacks);
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  /// To every worker; SIGHUP.
  void pass_on(int signal) const;
  /// Asks every worker to end, and ends him who does not.
  void stop();

 private:
  struct Worker {
    int number = 1;
    std::unique_ptr<Child> child = {};
    Restarts restarts = {};
    std::chrono::steady_clock::time_point since = {};
    bool ready = false;
    daemon::EventLoop::Registration again = {};
  };

  void calibrate();
  void start_all();
  void start(Worker& worker);
  void on_said(Worker& worker, const std::string& line);
  void on_ended(Worker& worker, const Child::End& end);
  void start_later(Worker& worker, std::chrono::milliseconds wait);
  void finish_if_empty();
  [[nodiscard]] std::vector<std::string> arguments_with(const Order& order) const;

  daemon::EventLoop& loop_;
  Settings settings_;
  Callbacks callbacks_;
  control::UnitCosts costs_ = {};
  std::unique_ptr<Child> calibration_;
  std::vector<Worker> workers_;
  bool was_ready_ = false;
  bool stopping_ = false;
  int exit_code_ = 0;
  daemon::EventLoop::Registration limit_;
};

}  // namespace rollcall::mcu::supervisor
