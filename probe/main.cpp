// rollcall-probe: an ordinary participant without a screen.
#include <gst/gst.h>

#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>

#include "probe/options.h"
#include "probe/participant.h"

namespace {

volatile std::sig_atomic_t stopped = 0;

void on_signal(int) {
  stopped = 1;
}

constexpr int usage = 64;
constexpr int internal = 70;

int run(const rollcall::probe::Options& options) {
  std::ofstream file;
  if (options.output != "-") file.open(options.output);
  if (options.output != "-" && !file) {
    std::cerr << "rollcall-probe: " << options.output << " cannot be written.\n";
    return usage;
  }
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
  gst_init(nullptr, nullptr);
  const auto prepared =
      options.expectations.call ? rollcall::probe::prepare_media() : rollcall::model::Expected<void>{};
  if (!prepared) {
    std::cerr << "rollcall-probe: " << prepared.error().subject << "\n";
    return internal;
  }
  rollcall::probe::Report report(options.output == "-" ? std::cout : file);
  rollcall::probe::Participant participant(options, report);
  return participant.run(stopped);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const auto options = rollcall::probe::parse_options(count, arguments);
    if (!options) {
      std::cerr << "rollcall-probe: " << options.error().subject << "\n";
      return usage;
    }
    return *options ? run(**options) : 0;
  } catch (const std::exception& failure) {
    std::cerr << "rollcall-probe: " << failure.what() << "\n";
    return internal;
  }
}
