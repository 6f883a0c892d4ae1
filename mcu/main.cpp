// rollcall-mcu: media only. Legs in, one mix out, as the allocator says over the control channel.
#include <malloc.h>
#include <sys/resource.h>

#include <csignal>
#include <exception>
#include <variant>

#include "daemon/command_line.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"
#include "mcu/from_settings.h"
#include "mcu/gst/media_clock.h"
#include "mcu/worker.h"

using namespace rollcall;

namespace {

/// Each leg takes several descriptors, and the usual limit of 1024 would end the hundredth.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// With many threads glibc would keep an arena of memory for each of them.
void keep_memory_together() {
  mallopt(M_ARENA_MAX, 2);
}

void run(const daemon::Settings& settings) {
  daemon::EventLoop loop;
  mcu::transport::IoContext io(mcu::io_options(settings));
  daemon::ControlPeer* peer = nullptr;
  mcu::Worker worker(loop, io, mcu::worker_settings(settings), [&peer](const mcu::Worker::News& news) {
    if (peer != nullptr && peer->is_connected()) std::visit([peer](const auto& one) { peer->notify(one); }, news);
  });
  daemon::ControlPeer control(
      loop, mcu::peer_settings(settings),
      {.hello = [&worker] { return worker.hello(); },
       .connected = [&worker](const auto&) { worker.greet(); },
       .message = [&worker](const control::Incoming& incoming,
                            control::Responder responder) { worker.take(incoming, std::move(responder)); }});
  peer = &control;
  const auto quit = [&loop] {
    daemon::log::info(daemon::event::process_stopping);
    loop.quit();
  };
  const auto on_term = loop.on_signal(SIGTERM, quit);
  const auto on_interrupt = loop.on_signal(SIGINT, quit);
  daemon::log::info(daemon::event::process_started, {{"version", ROLLCALL_VERSION}});
  loop.run();
  peer = nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  const daemon::Program program{.name = "rollcall-mcu",
                                .purpose = "Mixes the pictures and the sound of Rollcall's conferences.",
                                .required = {"control.mcu_token"}};
  const auto parsed = daemon::parse_command_line(program, argc, argv);
  if (const auto* code = std::get_if<daemon::ExitCode>(&parsed)) return static_cast<int>(*code);
  const daemon::Settings& settings = std::get<daemon::CommandLine>(parsed).settings;
  daemon::log::set_level(settings.text("log.level"));
  keep_memory_together();
  raise_descriptor_limit();
  try {
    mcu::gst::initialise();
    run(settings);
  } catch (const std::exception& problem) {
    daemon::log::error(daemon::event::mcu_failed, {{"conference", ""}, {"error", problem.what()}});
    return static_cast<int>(daemon::ExitCode::internal);
  }
  return static_cast<int>(daemon::ExitCode::ok);
}
