#include "mcu/from_settings.h"

#include <glib.h>
#include <unistd.h>

#include <algorithm>
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

int workers_of(const daemon::Settings& settings) {
  const auto wanted = static_cast<int>(settings.number("mcu.workers"));
  return wanted > 0 ? wanted : std::max(1, static_cast<int>(g_get_num_processors()));
}

std::string name_of(const daemon::Settings& settings) {
  return settings.text("mcu.name").empty() ? name_of_this_process() : settings.text("mcu.name");
}

calibration::Picture picture_of(const daemon::Settings& settings) {
  return {even(settings.number("mcu.width")), even(settings.number("mcu.height")),
          static_cast<int>(settings.number("mcu.frame_rate"))};
}

Worker::Settings worker_settings(const daemon::Settings& settings, const Order& order) {
  Worker::Settings worker;
  worker.name = order ? supervisor::name_of(*order) : name_of(settings);
  worker.host = order ? order->name : worker.name;
  worker.cores = static_cast<int>(g_get_num_processors());
  // Published ratios speak of the standard picture; a measured machine has reckoned with the settings' one already.
  worker.costs = order ? order->costs : calibration::costs_of(calibration::published, picture_of(settings));
  worker.conference.picture.size = {even(settings.number("mcu.width")), even(settings.number("mcu.height"))};
  worker.conference.picture.frame_rate = static_cast<int>(settings.number("mcu.frame_rate"));
  worker.conference.picture_kbit = static_cast<int>(settings.number("mcu.video_kbit"));
  auto& recording = worker.conference.recording;
  recording.directory = settings.text("recording.directory");
  recording.longest = std::chrono::minutes(settings.number("recording.max_minutes"));
  recording.most_megabytes = static_cast<std::uint64_t>(settings.number("recording.max_megabytes"));
  worker.capacity_units = static_cast<double>(settings.number("mcu.capacity_units"));
  if (worker.capacity_units == 0) worker.capacity_units = capacity_of_cores(g_get_num_processors());
  worker.figures_every = std::chrono::seconds(settings.number("mcu.figures_seconds"));
  return worker;
}

transport::IoContext::Options io_options(const daemon::Settings& settings, const Order& order) {
  transport::IoContext::Options options;
  options.addresses = settings.texts("mcu.addresses");
  options.port_min = static_cast<int>(settings.number("mcu.port_min"));
  options.port_max = static_cast<int>(settings.number("mcu.port_max"));
  if (order) {
    const auto ports = supervisor::ports_of(*order, {options.port_min, options.port_max});
    options.port_min = ports.first;
    options.port_max = ports.last;
  }
  if (const auto stun = settings.text("mcu.stun"); !stun.empty()) options.stun = transport::resolve_server(stun);
  if (const auto turn = settings.text("mcu.turn"); !turn.empty()) {
    options.turn = transport::resolve_server(turn);
    options.turn->user = settings.text("mcu.turn_user");
    options.turn->secret = settings.text("mcu.turn_secret");
  }
  return options;
}

daemon::ControlPeer::Settings peer_settings(const daemon::Settings& settings) {
  return {.url = settings.text("control.url"), .token = settings.text("control.mcu_token")};
}

}  // namespace rollcall::mcu
