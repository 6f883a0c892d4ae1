// Generates the load of one run and says, line by line on stdout, where it is; at last what arrived.
//
//   load --clips FOLDER [--people N …]
//
// It is the MCU's allocator too: the MCU has to dial the port that `event=bench.listening` says. With --answers
// somebody else's mixer is measured, and a script is the allocator. Ends on SIGTERM.
#include <gst/gst.h>
#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <string>

#include "tests/bench/allocator_desk.h"
#include "tests/bench/crowd.h"
#include "tests/bench/foreign_desk.h"

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
      : loop_(loop), scenario_(scenario), desk_(make_desk()), crowd_(loop, *desk_, scenario) {
    if (!scenario.answers.empty()) timer_ = loop.after(seconds(0), [this] { start(); });
  }

 private:
  std::unique_ptr<Desk> make_desk() {
    if (!scenario_.answers.empty()) return std::make_unique<ForeignDesk>(loop_, scenario_.answers);
    auto desk = std::make_unique<AllocatorDesk>(
        loop_, scenario_.token, AllocatorDesk::Events{[this] { start(); }, [this](const auto& why) { fail(why); }});
    say("listening", "port=" + std::to_string(desk->port()));
    return desk;
  }
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
  std::unique_ptr<Desk> desk_;
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
