// Generates the load of one run and says, line by line on stdout, where it is; at last what arrived.
//
//   load --clips FOLDER [--people N …]
//
// It is the MCU's allocator too: the MCU has to dial the port that `event=bench.listening` says. Ends on SIGTERM.
#include <gst/gst.h>
#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <string>

#include "tests/bench/crowd.h"

using namespace rollcall;
using namespace rollcall::bench;

namespace {

void say(const std::string& event, const std::string& more = "") {
  std::cout << "event=bench." << event << (more.empty() ? "" : " ") << more << std::endl;
}

std::chrono::milliseconds seconds(double count) {
  return std::chrono::milliseconds(static_cast<long>(count * 1000));
}

/// The steps of a run, one after the other on the loop.
class Run {
 public:
  Run(daemon::EventLoop& loop, const Scenario& scenario)
      : loop_(loop),
        scenario_(scenario),
        desk_(loop, scenario.token, {.mcu_up = [this] { start(); }, .failed = [this](const auto& why) { fail(why); }}),
        crowd_(loop, desk_, scenario) {
    say("listening", "port=" + std::to_string(desk_.port()));
  }

 private:
  void start() {
    say("ready");
    timer_ = loop_.after(seconds(scenario_.hold), [this] {
      crowd_.come_and_go(
          scenario_.rounds, [](int round) { say("round", "number=" + std::to_string(round)); }, [this] { join(); });
    });
  }
  void join() {
    say("joining");
    crowd_.gather([this](const std::string& problem) {
      if (!problem.empty()) return fail(problem);
      say("joined");
      timer_ = loop_.after(seconds(scenario_.warm), [this] { measure(); });
    });
  }
  void measure() {
    crowd_.begin();
    say("begin");
    crowd_.begin_fault();
    timer_ = loop_.after(seconds(scenario_.seconds), [this] { finish(); });
  }
  void finish() {
    crowd_.end();
    say("end");
    timer_ = loop_.after(seconds(0.2), [this] {
      crowd_.leave();
      say("left");
      say("result", crowd_.figures());
    });
  }
  void fail(const std::string& why) { say("failed", "why=\"" + why + "\""); }

  daemon::EventLoop& loop_;
  const Scenario& scenario_;
  AllocatorDesk desk_;
  Crowd crowd_;
  daemon::EventLoop::Registration timer_;
};

/// Two sockets for each of 200 people, and more with ICE.
void allow_many_files() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Scenario scenario = parse(count, arguments);
    allow_many_files();
    gst_init(nullptr, nullptr);
    daemon::EventLoop loop;
    Run run(loop, scenario);
    const auto over = loop.on_signal(SIGTERM, [&loop] { loop.quit(); });
    loop.run();
  } catch (const std::exception& problem) {
    std::cerr << "load: " << problem.what() << "\n";
    return 70;
  }
  return 0;
}
