#pragma once

#include <functional>
#include <vector>

#include "daemon/command_line.h"
#include "daemon/event_loop.h"

namespace rollcall::daemon {

/// Writing to a socket that the other side has closed is an error, not the end of the process. Before any thread.
void ignore_broken_pipes();

/// As many open files and sockets as the administrator allows, not only as many as the shell does. Returns the limit.
std::size_t raise_descriptor_limit();

/// The running process as the system sees it: its log level, its signals, its news to systemd (Type=notify), its
/// watchdog. One per daemon, owned by main(), loop thread.
class Process {
 public:
  struct Callbacks {
    /// SIGTERM, SIGINT: say goodbye, then quit the loop. A second signal quits it at once.
    std::function<void()> stop;
    /// SIGHUP, after reloadable settings were taken over.
    std::function<void(const Settings&)> reloaded = [](const auto&) {};
  };

  /// Sets the log level, raises the descriptor limit and ignores SIGPIPE. `command_line` is the caller's and outlives
  /// this; its settings change at SIGHUP.
  Process(EventLoop& loop, CommandLine& command_line, Callbacks callbacks);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Everything is up: systemd is told, and the log.
  void ready();

 private:
  void on_stop(const char* signal);
  void on_reload();

  EventLoop& loop_;
  CommandLine& command_line_;
  Callbacks callbacks_;
  bool stopping_ = false;
  std::vector<EventLoop::Registration> registrations_;
};

}  // namespace rollcall::daemon
