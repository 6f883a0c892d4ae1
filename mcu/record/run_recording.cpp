// Records a test picture and a tone: one byte to standard output for each picture that was put. Kill it, and see what
// the file plays.
// usage: run_recording FILE [SECONDS]
#include <cstdlib>
#include <iostream>
#include <thread>

#include "mcu/record/test_recorded.h"

using namespace rollcall::mcu::record;

int main(int argc, char** argv) {
  if (argc < 2) return 64;
  const int seconds = argc > 2 ? std::atoi(argv[2]) : 10;
  Recorded conference(argv[1]);
  auto next = std::chrono::steady_clock::now();
  for (int i = 0; i < seconds * 10; ++i) {
    conference.step();
    std::cout << "..." << std::flush;
    std::this_thread::sleep_until(next += std::chrono::milliseconds(100));
  }
  conference.subscription = {};
  return conference.recording.finish() ? 0 : 70;
}
