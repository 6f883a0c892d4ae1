// rollcall-mcu: media only. Legs in, one mix out, as the allocator says over the control channel.
#include <malloc.h>

#include <exception>
#include <utility>
#include <variant>

#include "daemon/command_line.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"
#include "daemon/process.h"
#include "mcu/from_settings.h"
#include "mcu/gst/media_clock.h"
#include "mcu/worker.h"

using namespace rollcall;

namespace {

/// With many threads glibc would keep an arena of memory for each of them.
void keep_memory_together() {
  mallopt(M_ARENA_MAX, 2);
}

void run(daemon::CommandLine& command_line) {
  const daemon::Settings& settings = command_line.settings;
  daemon::EventLoop loop;
  daemon::Process process(loop, command_line, {.stop = [&loop] { loop.quit(); }});
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
  process.ready();
  loop.run();
  peer = nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  const daemon::Program program{.name = "rollcall-mcu",
                                .purpose = "Mixes the pictures and the sound of Rollcall's conferences.",
                                .required = {"control.mcu_token"}};
  auto parsed = daemon::parse_command_line(program, argc, argv);
  if (const auto* code = std::get_if<daemon::ExitCode>(&parsed)) return static_cast<int>(*code);
  keep_memory_together();
  try {
    mcu::gst::initialise();
    run(std::get<daemon::CommandLine>(parsed));
  } catch (const std::exception& problem) {
    daemon::log::error(daemon::event::mcu_failed, {{"conference", ""}, {"error", problem.what()}});
    return static_cast<int>(daemon::ExitCode::internal);
  }
  return static_cast<int>(daemon::ExitCode::ok);
}
