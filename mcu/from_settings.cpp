#include "mcu/from_settings.h"

#include <glib.h>
#include <unistd.h>

#include <string>

#include "mcu/capacity.h"

namespace rollcall::mcu {
namespace {

/// Colour planes have half the size, so odd numbers have none.
int even(std::int64_t pixels) {
  return static_cast<int>(pixels) & ~1;
}

std::string name_of_this_process() {
  return std::string(g_get_host_name()) + "-" + std::to_string(getpid());
}

}  // namespace

Worker::Settings worker_settings(const daemon::Settings& settings) {
  Worker::Settings worker;
  worker.name = settings.text("mcu.name").empty() ? name_of_this_process() : settings.text("mcu.name");
  worker.conference.picture.size = {even(settings.number("mcu.width")), even(settings.number("mcu.height"))};
  worker.conference.picture.frame_rate = static_cast<int>(settings.number("mcu.frame_rate"));
  worker.conference.picture_kbit = static_cast<int>(settings.number("mcu.video_kbit"));
  worker.capacity_units = static_cast<double>(settings.number("mcu.capacity_units"));
  if (worker.capacity_units == 0) worker.capacity_units = capacity_of_cores(g_get_num_processors());
  worker.figures_every = std::chrono::seconds(settings.number("mcu.figures_seconds"));
  return worker;
}

transport::IoContext::Options io_options(const daemon::Settings& settings) {
  transport::IoContext::Options options;
  options.addresses = settings.texts("mcu.addresses");
  options.port_min = static_cast<int>(settings.number("mcu.port_min"));
  options.port_max = static_cast<int>(settings.number("mcu.port_max"));
  return options;
}

daemon::ControlPeer::Settings peer_settings(const daemon::Settings& settings) {
  return {.url = settings.text("control.url"), .token = settings.text("control.mcu_token")};
}

}  // namespace rollcall::mcu
