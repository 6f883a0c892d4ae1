#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "daemon/event_loop.h"

namespace rollcall::mcu::supervisor {

/// A process that we started, and what it reports by a pipe. Deleting it neither ends the process nor waits for it: a
/// child of ours asks the kernel to be ended with its parent. Owned by the supervisor; loop thread.
class Child {
 public:
  /// How it ended: by itself with a status, or by a signal.
  struct End {
    int status = 0;
    int signal = 0;  ///< 0: it ended by itself
    [[nodiscard]] bool well() const { return status == 0 && signal == 0; }
  };
  struct Callbacks {
    /// A line that the child wrote to its report pipe.
    std::function<void(const std::string& line)> said;
    /// Called once; everything that it said was delivered before. The child may be deleted within.
    std::function<void(const End&)> ended;
  };
  /// Where a child finds the pipe for its reports.
  static constexpr int report_descriptor = 3;

  /// `command` is a program's path and its arguments. Throws std::runtime_error where it cannot be started.
  Child(daemon::EventLoop& loop, const std::string& program, const std::vector<std::string>& arguments,
        Callbacks callbacks);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number) const;

 private:
  void on_report();
  void on_end();

  Callbacks callbacks_;
  pid_t pid_ = 0;
  int process_ = -1;  ///< a descriptor that becomes readable when the process has ended
  int report_ = -1;
  std::string half_line_;
  daemon::EventLoop::Registration report_watch_;
  daemon::EventLoop::Registration end_watch_;
};

/// In the child: a line to the parent. Without a parent's pipe it does nothing.
void report(const std::string& line);

/// In the child, first of all: its end when the parent ends. False: `parent` has gone already.
[[nodiscard]] bool end_with_parent(pid_t parent);

}  // namespace rollcall::mcu::supervisor
