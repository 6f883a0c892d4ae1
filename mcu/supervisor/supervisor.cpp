#include "mcu/supervisor/supervisor.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <utility>

#include "daemon/exit_code.h"
#include "daemon/log.h"

namespace rollcall::mcu::supervisor {

namespace event = daemon::event;
namespace log = daemon::log;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Supervisor::Supervisor(daemon::EventLoop& loop, Settings settings, Callbacks callbacks)
    : loop_(loop), settings_(std::move(settings)), callbacks_(std::move(callbacks)) {
  for (int number = 1; number <= settings_.workers; ++number) workers_.push_back({.number = number});
  settings_.calibrate ? calibrate() : start_all();
}

Supervisor::~Supervisor() = default;

std::vector<std::string> Supervisor::arguments_with(const Order& order) const {
  auto arguments = settings_.arguments;
  arguments.insert(arguments.begin() + 1, to_argument(order));
  arguments.insert(arguments.begin() + 1, settings_.before_order.begin(), settings_.before_order.end());
  return arguments;
}

/// In a process of its own, so that this one need not load a single plugin.
void Supervisor::calibrate() {
  const auto said = [this](const std::string& line) {
    if (const auto costs = costs_of(line)) costs_ = *costs;
  };
  const auto ended = [this](const Child::End& end) {
    limit_.reset();
    if (!end.well()) {
      log::warning(event::worker_ended,
                   {{"worker", 0}, {"status", end.status}, {"signal", end.signal}, {"again_ms", -1}});
    }
    loop_.post([this] {
      calibration_.reset();
      stopping_ ? finish_if_empty() : start_all();
    });
  };
  calibration_ = std::make_unique<Child>(loop_, settings_.program, arguments_with(CalibrationOrder{::getpid()}),
                                         Child::Callbacks{said, ended});
  limit_ = loop_.after(settings_.calibration_limit, [this] { calibration_->signal(SIGKILL); });
}

void Supervisor::start_all() {
  for (auto& worker : workers_) start(worker);
}

void Supervisor::start(Worker& worker) {
  const WorkerOrder order{worker.number, settings_.workers, ::getpid(), costs_, settings_.name};
  worker.since = steady_clock::now();
  worker.ready = false;
  try {
    worker.child =
        std::make_unique<Child>(loop_, settings_.program, arguments_with(order),
                                Child::Callbacks{[this, &worker](const std::string& line) { on_said(worker, line); },
                                                 [this, &worker](const Child::End& end) { on_ended(worker, end); }});
    log::info(event::worker_started, {{"worker", name_of(order)}, {"pid", worker.child->pid()}});
  } catch (const std::exception& problem) {
    log::error(event::mcu_failed, {{"conference", ""}, {"error", problem.what()}});
    start_later(worker, worker.restarts.after(milliseconds(0)));
  }
}

void Supervisor::on_said(Worker& worker, const std::string& line) {
  if (line != "ready") return;
  worker.ready = true;
  if (was_ready_ || !std::ranges::all_of(workers_, &Worker::ready)) return;
  was_ready_ = true;
  callbacks_.ready();
}

void Supervisor::on_ended(Worker& worker, const Child::End& end) {
  const auto life = std::chrono::duration_cast<milliseconds>(steady_clock::now() - worker.since);
  const std::string name = settings_.name + "/" + std::to_string(worker.number);
  const auto wait = worker.restarts.after(life);
  // At the very start there is nobody to lose: what is wrong is said by the exit code, as one process would.
  const bool hopeless = !was_ready_ && end.signal == 0 && end.status != 0;
  const bool again = !stopping_ && !hopeless;
  (end.well() ? log::info : log::error)(
      event::worker_ended,
      {{"worker", name}, {"status", end.status}, {"signal", end.signal}, {"again_ms", again ? wait.count() : -1}});
  // The first that failed says why; one that SIGTERM met before it could set up for that has done as it was told.
  const bool as_told = stopping_ && end.signal == SIGTERM;
  if (!end.well() && !again && !as_told && exit_code_ == 0)
    exit_code_ = end.signal == 0 ? end.status : static_cast<int>(daemon::ExitCode::internal);
  if (again) return start_later(worker, wait);
  loop_.post([this, &worker] {
    worker.child.reset();
    stopping_ ? finish_if_empty() : stop();
  });
}

void Supervisor::start_later(Worker& worker, milliseconds wait) {
  worker.again = loop_.after(wait, [this, &worker] {
    if (!stopping_) start(worker);
  });
}

void Supervisor::pass_on(int signal) const {
  for (const auto& worker : workers_) {
    if (worker.child) worker.child->signal(signal);
  }
}

void Supervisor::stop() {
  stopping_ = true;
  for (auto& worker : workers_) {
    if (worker.again.active()) worker.child.reset();  // it has ended, and waits to be started again
    worker.again.reset();
  }
  if (calibration_) calibration_->signal(SIGKILL);
  pass_on(SIGTERM);
  limit_ = loop_.after(settings_.farewell_limit, [this] { pass_on(SIGKILL); });
  finish_if_empty();
}

void Supervisor::finish_if_empty() {
  const bool left = std::ranges::any_of(workers_, [](const Worker& worker) { return worker.child != nullptr; });
  if (!left && !calibration_) callbacks_.finished(exit_code_);
}

}  // namespace rollcall::mcu::supervisor
