// The supervisor with shell scripts as its workers.
#include <doctest/doctest.h>
#include <sys/types.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/log.h"
#include "mcu/supervisor/supervisor.h"

using namespace rollcall;
using namespace rollcall::mcu::supervisor;
using namespace std::chrono_literals;

namespace {

/// Gone with the test.
struct ScriptFile {
  std::string path = std::filesystem::temp_directory_path() / ("rollcall-worker-" + std::to_string(::getpid()) + ".sh");
  ~ScriptFile() { std::filesystem::remove(path); }
};

struct Play {
  explicit Play(const std::string& script, bool calibrate = false, int workers = 2) {
    // The order comes before all other arguments, as it does for our own program.
    std::ofstream(script_file.path) << "#!/bin/sh\norder=$1\n" << script << "\n";
    supervisor = std::make_unique<Supervisor>(
        loop,
        Supervisor::Settings{.workers = workers,
                             .name = "mcu-1",
                             .program = "/bin/sh",
                             .arguments = {"sh"},
                             .calibrate = calibrate,
                             .farewell_limit = 500ms,
                             .before_order = {script_file.path}},
        Supervisor::Callbacks{[this] { ++ready; }, [this](int its_code) { code = its_code; }});
  }
  bool until(const std::function<bool()>& holds) {
    bool held = false;
    const auto poll = loop.every(2ms, [&] {
      held = holds();
      if (held) loop.quit();
    });
    const auto deadline = loop.after(20s, [&] { loop.quit(); });
    loop.run();
    return held;
  }
  [[nodiscard]] std::size_t logged(const std::string& part) const {
    std::size_t count = 0;
    for (const auto& line : lines) count += line.find(part) == std::string::npos ? 0 : 1;
    return count;
  }
  [[nodiscard]] pid_t pid_of(const std::string& worker) const {
    std::string found;
    for (const auto& line : lines) {
      if (line.find("event=worker.started worker=" + worker) != std::string::npos)
        found = line.substr(line.find("pid=") + 4);
    }
    return found.empty() ? 0 : std::stoi(found);
  }

  ScriptFile script_file;
  daemon::EventLoop loop;
  std::vector<std::string> lines;
  daemon::log::Capture capture{[this](auto, const std::string& line) { lines.push_back(line); }};
  int ready = 0;
  std::optional<int> code;
  std::unique_ptr<Supervisor> supervisor;
};

constexpr const char* good_worker = "echo ready >&3; exec 3>&-; trap 'exit 0' TERM; while :; do sleep 0.02; done";

}  // namespace

TEST_CASE("all workers are started, are ready once, and end when they are asked to") {
  Play play(good_worker);
  CHECK(play.until([&] { return play.ready == 1; }));
  CHECK(play.logged("event=worker.started worker=mcu-1/1") == 1);
  CHECK(play.logged("event=worker.started worker=mcu-1/2") == 1);
  play.supervisor->stop();
  CHECK(play.until([&] { return play.code.has_value(); }));
  CHECK(play.code == 0);
  CHECK(play.logged("event=worker.ended") == 2);
}

TEST_CASE("a worker that is killed is started again at once, and the others are left alone") {
  Play play(good_worker);
  REQUIRE(play.until([&] { return play.ready == 1; }));
  ::kill(play.pid_of("mcu-1/2"), SIGKILL);
  CHECK(play.until([&] { return play.logged("event=worker.started worker=mcu-1/2") == 2; }));
  CHECK(play.logged("event=worker.ended worker=mcu-1/2 status=0 signal=9 again_ms=0") == 1);
  CHECK(play.logged("event=worker.started worker=mcu-1/1") == 1);
  CHECK(play.ready == 1);
  play.supervisor->stop();
  CHECK(play.until([&] { return play.code == 0; }));
}

TEST_CASE("a worker that does not heed is ended, and the exit code says so") {
  Play play("trap '' TERM; echo ready >&3; while :; do sleep 0.02; done");
  REQUIRE(play.until([&] { return play.ready == 1; }));
  play.supervisor->stop();
  CHECK(play.until([&] { return play.code.has_value(); }));
  CHECK(play.code == 70);
}

TEST_CASE("workers that cannot even start end the parent with their own exit code") {
  Play play("exit 78");
  CHECK(play.until([&] { return play.code.has_value(); }));
  CHECK(play.code == 78);
  CHECK(play.ready == 0);
}

TEST_CASE("what the calibration found is what the workers are told") {
  Play play(std::string("case $order in --calibrate*) echo '1 2 3 4' >&3; exit 0;; esac; "
                        "case $order in *' 1 2 3 4 mcu-1') ;; *) exit 9;; esac; ") +
                good_worker,
            true);
  CHECK(play.until([&] { return play.ready == 1; }));
  play.supervisor->stop();
  CHECK(play.until([&] { return play.code == 0; }));
}

TEST_CASE("a calibration that crashes costs nothing but the figures") {
  Play play(std::string("case $order in --calibrate*) kill -9 $$;; esac; "
                        "case $order in *' 200 150 65 10 mcu-1') ;; *) exit 9;; esac; ") +
                good_worker,
            true);
  CHECK(play.until([&] { return play.ready == 1; }));
  play.supervisor->stop();
  CHECK(play.until([&] { return play.code == 0; }));
}

TEST_CASE("a parent that is told to end while it waits to start a worker again does not wait for it") {
  Play play("[ -e test_supervisor.tmp.ok ] && exit 1; echo ready >&3; sleep 0.2; touch test_supervisor.tmp.ok; exit 1",
            false, 1);
  std::remove("test_supervisor.tmp.ok");
  CHECK(play.until([&] { return play.logged("again_ms=1000") == 1; }));
  play.supervisor->stop();
  CHECK(play.until([&] { return play.code.has_value(); }));
  std::remove("test_supervisor.tmp.ok");
}
