#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

#include "daemon/event_loop.h"

using namespace std::chrono_literals;
using rollcall::daemon::EventLoop;

namespace {
struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() { REQUIRE(::pipe(ends.data()) == 0); }
  ~Pipe() {
    for (const int end : ends) {
      if (end >= 0) ::close(end);
    }
  }
};
}  // namespace

TEST_CASE("what is posted runs in order of posting, on the thread of run()") {
  EventLoop loop;
  std::vector<int> seen;
  for (int i = 0; i < 100; ++i) loop.post([&seen, i] { seen.push_back(i); });
  loop.post([&] { CHECK(loop.on_loop_thread()); });
  loop.quit();
  loop.run();
  REQUIRE(seen.size() == 100);
  for (int i = 0; i < 100; ++i) CHECK(seen[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("other threads may post while the loop runs, and nothing is lost") {
  EventLoop loop;
  int count = 0;
  const auto guard = loop.after(10s, [&] { loop.quit(); });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      CHECK_FALSE(loop.on_loop_thread());
      for (int i = 0; i < 1000; ++i) {
        loop.post([&] {
          if (++count == 4000) loop.quit();
        });
      }
    });
  }
  loop.run();
  for (auto& thread : threads) thread.join();
  CHECK(count == 4000);
}

TEST_CASE("a quit before run is not lost") {
  EventLoop loop;
  loop.quit();
  loop.run();
  CHECK(loop.on_loop_thread());
}

TEST_CASE("a timer runs once and is inactive afterwards") {
  EventLoop loop;
  int runs = 0;
  auto timer = loop.after(1ms, [&] { ++runs; });
  auto stop = loop.after(20ms, [&] { loop.quit(); });
  CHECK(timer.active());
  loop.run();
  CHECK(runs == 1);
  CHECK_FALSE(timer.active());
}

TEST_CASE("a repeated timer may end itself from within its own task") {
  EventLoop loop;
  int runs = 0;
  EventLoop::Registration timer;
  timer = loop.every(1ms, [&] {
    if (++runs == 3) {
      timer.reset();
      loop.quit();
    }
  });
  loop.run();
  CHECK(runs == 3);
  CHECK_FALSE(timer.active());
}

TEST_CASE("a timer whose registration is gone never runs") {
  EventLoop loop;
  bool ran = false;
  {
    const auto forgotten = loop.after(0ms, [&] { ran = true; });
  }
  auto stop = loop.after(5ms, [&] { loop.quit(); });
  loop.run();
  CHECK_FALSE(ran);
}

TEST_CASE("assigning over a registration forgets the old timer") {
  EventLoop loop;
  std::vector<int> seen;
  auto timer = loop.after(0ms, [&] { seen.push_back(1); });
  timer = loop.after(0ms, [&] { seen.push_back(2); });
  auto stop = loop.after(5ms, [&] { loop.quit(); });
  loop.run();
  CHECK(seen == std::vector<int>{2});
}

TEST_CASE("a descriptor that can be read calls its watcher") {
  EventLoop loop;
  const Pipe pipe;
  char byte = 0;
  const auto watch = loop.watch(pipe.ends[0], EventLoop::Interest::read, [&](EventLoop::Interest ready) {
    CHECK(ready == EventLoop::Interest::read);
    CHECK(::read(pipe.ends[0], &byte, 1) == 1);
    loop.quit();
  });
  REQUIRE(::write(pipe.ends[1], "x", 1) == 1);
  loop.run();
  CHECK(byte == 'x');
}

TEST_CASE("a descriptor whose other end is closed calls its watcher, whatever it waits for") {
  EventLoop loop;
  Pipe pipe;
  bool called = false;
  const auto watch = loop.watch(pipe.ends[1], EventLoop::Interest::write, [&](EventLoop::Interest ready) {
    called = ready == EventLoop::Interest::write;
    loop.quit();
  });
  ::close(pipe.ends[0]);
  pipe.ends[0] = -1;
  loop.run();
  CHECK(called);
}

TEST_CASE("a Unix signal arrives as an ordinary task") {
  EventLoop loop;
  bool arrived = false;
  const auto signal = loop.on_signal(SIGHUP, [&] {
    arrived = loop.on_loop_thread();
    loop.quit();
  });
  loop.post([] { ::kill(::getpid(), SIGHUP); });
  loop.run();
  CHECK(arrived);
}

TEST_CASE("an exception that leaves a task ends run and is thrown from there; the next run goes on behind it") {
  EventLoop loop;
  bool later = false;
  loop.post([] { throw std::runtime_error("the disk is gone"); });
  loop.post([&] { later = true; });
  CHECK_THROWS_WITH(loop.run(), "the disk is gone");
  CHECK_FALSE(later);
  loop.quit();
  loop.run();
  CHECK(later);
}

TEST_CASE("a registration may outlive its loop") {
  EventLoop::Registration timer;
  {
    EventLoop loop;
    timer = loop.after(1h, [] {});
  }
  CHECK_FALSE(timer.active());
}
