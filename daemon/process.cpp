#include "daemon/process.h"

#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>
#include <utility>

#include "daemon/log.h"

namespace rollcall::daemon {

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const rlim_t before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return before;
  return limit.rlim_cur;
}

Process::Process(EventLoop& loop, CommandLine& command_line, Callbacks callbacks)
    : loop_(loop), command_line_(command_line), callbacks_(std::move(callbacks)) {
  log::set_level(command_line.settings.text("log.level"));
  ignore_broken_pipes();
  raise_descriptor_limit();
  registrations_.push_back(loop.on_signal(SIGTERM, [this] { on_stop("SIGTERM"); }));
  registrations_.push_back(loop.on_signal(SIGINT, [this] { on_stop("SIGINT"); }));
  registrations_.push_back(loop.on_signal(SIGHUP, [this] { on_reload(); }));
  std::uint64_t watchdog_usec = 0;
  if (::sd_watchdog_enabled(0, &watchdog_usec) > 0) {
    const auto period = std::chrono::duration_cast<EventLoop::Duration>(std::chrono::microseconds(watchdog_usec / 2));
    registrations_.push_back(loop.every(period, [] { ::sd_notify(0, "WATCHDOG=1"); }));
  }
}

void Process::ready() {
  ::sd_notify(0, "READY=1");
  log::info(event::process_started, {{"version", ROLLCALL_VERSION}});
}

void Process::on_stop(const char* signal) {
  if (std::exchange(stopping_, true)) return loop_.quit();
  log::info(event::process_stopping, {{"signal", signal}});
  ::sd_notify(0, "STOPPING=1");
  callbacks_.stop();
}

void Process::on_reload() {
  const auto reloaded = reload_settings(command_line_);
  for (const auto& problem : reloaded.problems) log::error(event::settings_refused, {{"problem", problem}});
  if (!reloaded.problems.empty()) return;
  std::string need_restart;
  for (const auto& name : reloaded.need_restart) need_restart += (need_restart.empty() ? "" : ",") + name;
  log::set_level(command_line_.settings.text("log.level"));
  log::info(event::settings_reloaded, {{"need_restart", need_restart}});
  callbacks_.reloaded(command_line_.settings);
}

}  // namespace rollcall::daemon
