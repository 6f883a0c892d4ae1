// What a leg costs: pairs of legs that call each other on this machine. run_legs PAIRS [sound]
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>

#include "mcu/leg/test_rig.h"

using namespace rollcall;
using namespace rollcall::mcu::leg::test;

namespace {

struct Pair {
  Pair(Loop& loop, mcu::transport::IoContext& io, Sender& sender, bool video)
      : caller(loop, io, {.video = video}, sender), callee(loop, io, {}, sender) {
    const auto answer = callee.leg->answer(*caller.leg->offer());
    if (!answer || !caller.leg->accept(*answer)) {
      std::exit(EXIT_FAILURE);
    }
  }
  Party caller;
  Party callee;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long entries(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

}  // namespace

int main(int count, char** words) {
  const int pairs = count > 1 ? std::atoi(words[1]) : 1;
  const bool video = count < 3 || std::strcmp(words[2], "sound") != 0;
  Loop loop;
  mcu::transport::IoContext io(loopback());
  Sender sender(Colour::red, 440);
  const double before = cpu_seconds();
  std::vector<std::unique_ptr<Pair>> calls;
  for (int i = 0; i < pairs; ++i) {
    calls.push_back(std::make_unique<Pair>(loop, io, sender, video));
  }
  const bool connected = loop.run_until([&] {
    return std::all_of(calls.begin(), calls.end(),
                       [](const auto& c) { return c->caller.connected && c->callee.connected; });
  });
  const double joined = cpu_seconds();
  loop.run_for(3s);
  const double begin = cpu_seconds();
  const auto began = std::chrono::steady_clock::now();
  loop.run_for(10s);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%d legs%s: %.4f core, %ld threads, %ld files, join %.1f ms CPU a leg, %d pictures, %ld samples\n",
              2 * pairs, connected ? "" : " (NOT CONNECTED)", (cpu_seconds() - begin) / took.count(),
              entries("/proc/self/task"), entries("/proc/self/fd"), 1000 * (joined - before) / (2 * pairs),
              calls.empty() ? 0 : calls[0]->callee.receiver.pictures(),
              calls.empty() ? 0 : calls[0]->callee.receiver.samples());
  return connected ? EXIT_SUCCESS : EXIT_FAILURE;
}
