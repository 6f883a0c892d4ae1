#include "mcu/usage.h"

#include <ctime>

namespace rollcall::mcu {
namespace {

std::chrono::nanoseconds cpu_time() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

CpuUsage::CpuUsage() : cpu_(cpu_time()), at_(std::chrono::steady_clock::now()) {}

double CpuUsage::take() {
  const auto cpu = cpu_time();
  const auto now = std::chrono::steady_clock::now();
  const double passed = std::chrono::duration<double>(now - at_).count();
  const double busy = passed > 0 ? std::chrono::duration<double>(cpu - cpu_).count() / passed : 0;
  cpu_ = cpu;
  at_ = now;
  return busy;
}

}  // namespace rollcall::mcu
