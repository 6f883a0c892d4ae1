// rollcall-mcu: media only. Legs in, one mix out, as the allocator says over the control channel. Started by an
// operator it is the parent of its workers, or, where one is enough, the worker itself.
#include <malloc.h>
#include <sys/prctl.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "daemon/command_line.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"
#include "daemon/process.h"
#include "mcu/calibration/calibration.h"
#include "mcu/from_settings.h"
#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"
#include "mcu/leg/codec_choice.h"
#include "mcu/supervisor/supervisor.h"
#include "mcu/worker.h"

using namespace rollcall;

namespace {

/// With many threads glibc would keep an arena of memory for each of them.
void keep_memory_together() {
  mallopt(M_ARENA_MAX, 2);
}

control::UnitCosts measured_costs(const daemon::Settings& settings) {
  const auto times = mcu::calibration::measure();
  const auto costs = mcu::calibration::costs_of(times, mcu::picture_of(settings));
  daemon::log::info(daemon::event::mcu_calibrated, {{"encode_us", std::lround(times.encode * 1000)},
                                                    {"decode_us", std::lround(times.decode * 1000)},
                                                    {"sound_us", std::lround(times.sound * 1000)},
                                                    {"conference", std::lround(costs.conference)},
                                                    {"encoder", std::lround(costs.encoder)},
                                                    {"video_leg", std::lround(costs.video_leg)},
                                                    {"audio_leg", std::lround(costs.audio_leg)}});
  return costs;
}

/// What the machine's GStreamer does not have is not offered to anybody.
void look_at_codecs() {
  for (const auto& name : mcu::leg::forget_codecs_without(&mcu::gst::is_installed))
    daemon::log::warning(daemon::event::mcu_failed,
                         {{"conference", ""}, {"error", "GStreamer lacks what " + name + " needs: it is not offered"}});
}

void carry_media(daemon::CommandLine& command_line, const mcu::Order& order) {
  look_at_codecs();
  const daemon::Settings& settings = command_line.settings;
  auto worker_settings = mcu::worker_settings(settings, order);
  if (!order && settings.flag("mcu.calibrate")) worker_settings.costs = measured_costs(settings);
  daemon::EventLoop loop;
  daemon::Process process(loop, command_line, {.stop = [&loop] { loop.quit(); }});
  mcu::transport::IoContext io(mcu::io_options(settings, order));
  daemon::ControlPeer* peer = nullptr;
  mcu::Worker worker(loop, io, worker_settings, [&peer](const mcu::Worker::News& news) {
    if (peer != nullptr && peer->is_connected()) std::visit([peer](const auto& one) { peer->notify(one); }, news);
  });
  daemon::ControlPeer control(
      loop, mcu::peer_settings(settings),
      {.hello = [&worker] { return worker.hello(); },
       .connected = [&worker](const auto&) { worker.greet(); },
       .message = [&worker](const control::Incoming& incoming,
                            control::Responder responder) { worker.take(incoming, std::move(responder)); }});
  peer = &control;
  process.ready();
  if (order) mcu::supervisor::report("ready");
  loop.run();
  peer = nullptr;
}

int supervise(daemon::CommandLine& command_line, int workers, const std::vector<std::string>& arguments) {
  const daemon::Settings& settings = command_line.settings;
  daemon::EventLoop loop;
  int code = static_cast<int>(daemon::ExitCode::ok);
  std::optional<mcu::supervisor::Supervisor> supervisor;
  daemon::Process process(
      loop, command_line,
      {.stop = [&] { supervisor->stop(); }, .reloaded = [&](const auto&) { supervisor->pass_on(SIGHUP); }});
  supervisor.emplace(loop,
                     mcu::supervisor::Supervisor::Settings{.workers = workers,
                                                           .name = mcu::name_of(settings),
                                                           .arguments = arguments,
                                                           .calibrate = settings.flag("mcu.calibrate")},
                     mcu::supervisor::Supervisor::Callbacks{.ready = [&process] { process.ready(); },
                                                            .finished =
                                                                [&](int its_code) {
                                                                  code = its_code;
                                                                  loop.quit();
                                                                }});
  loop.run();
  return code;
}

/// What a child does, that the parent has started.
void obey(daemon::CommandLine& command_line, const mcu::supervisor::Order& order) {
  daemon::log::set_level(command_line.settings.text("log.level"));
  mcu::gst::initialise();
  if (const auto* worker = std::get_if<mcu::supervisor::WorkerOrder>(&order)) {
    ::prctl(PR_SET_NAME, ("rollcall-mcu/" + std::to_string(worker->number)).c_str());
    return carry_media(command_line, *worker);
  }
  mcu::supervisor::report(mcu::supervisor::to_line(measured_costs(command_line.settings)));
}

int run(daemon::CommandLine& command_line, const std::optional<mcu::supervisor::Order>& order,
        const std::vector<std::string>& arguments) {
  const int workers = mcu::workers_of(command_line.settings);
  if (order) {
    obey(command_line, *order);
  } else if (workers > 1) {
    return supervise(command_line, workers, arguments);
  } else {
    mcu::gst::initialise();
    carry_media(command_line, {});
  }
  return static_cast<int>(daemon::ExitCode::ok);
}

/// The parent's order, taken off the arguments; what a child owes its parent first of all.
std::optional<mcu::supervisor::Order> take_order(std::vector<std::string>& arguments) {
  const auto order = arguments.size() > 1 ? mcu::supervisor::order_of(arguments[1]) : std::nullopt;
  if (!order) return std::nullopt;
  arguments.erase(arguments.begin() + 1);
  const int parent = std::visit([](const auto& one) { return one.parent; }, *order);
  if (!mcu::supervisor::end_with_parent(parent)) std::exit(static_cast<int>(daemon::ExitCode::ok));
  for (const char* systemd : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(systemd);
  return order;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv, argv + argc);
  const auto order = take_order(arguments);
  const daemon::Program program{.name = "rollcall-mcu",
                                .purpose = "Mixes the pictures and the sound of Rollcall's conferences.",
                                .required = {"control.mcu_token"}};
  auto parsed = daemon::parse_command_line(program, order ? argc - 1 : argc, order ? argv + 1 : argv);
  if (const auto* code = std::get_if<daemon::ExitCode>(&parsed)) return static_cast<int>(*code);
  keep_memory_together();
  try {
    return run(std::get<daemon::CommandLine>(parsed), order, arguments);
  } catch (const std::exception& problem) {
    daemon::log::error(daemon::event::mcu_failed, {{"conference", ""}, {"error", problem.what()}});
    return static_cast<int>(daemon::ExitCode::internal);
  }
}
