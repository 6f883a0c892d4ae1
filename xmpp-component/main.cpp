// rollcall: the XMPP component and the allocator.
#include <iostream>
#include <variant>

#include "daemon/command_line.h"
#include "daemon/log.h"
#include "daemon/process.h"
#include "xmpp-component/check.h"
#include "xmpp-component/process.h"

using namespace rollcall;

namespace {

daemon::ExitCode run(daemon::CommandLine& command_line) {
  daemon::EventLoop loop;
  component::Process rollcall(loop, command_line.settings);
  daemon::Process process(loop, command_line,
                          {.stop = [&] { rollcall.stop([&] { loop.quit(); }); },
                           .reloaded = [&](const daemon::Settings& settings) { rollcall.reload(settings); }});
  rollcall.start();
  process.ready();
  loop.run();
  return daemon::ExitCode::ok;
}

}  // namespace

int main(int argc, char** argv) {
  const daemon::Program program{
      .name = "rollcall",
      .purpose = "Group video calls for every Jabber client: the XMPP component and allocator.",
      .required = {"xmpp.domain", "xmpp.secret", "control.mcu_token", "links.key"},
      .flags = {{"check", "tells line by line whether the installation works, and what to do where it does not"}}};
  auto parsed = daemon::parse_command_line(program, argc, argv);
  if (const auto* code = std::get_if<daemon::ExitCode>(&parsed)) return static_cast<int>(*code);
  auto& command_line = std::get<daemon::CommandLine>(parsed);
  if (command_line.flags.contains("check")) return static_cast<int>(component::check(command_line.settings, std::cout));
  try {
    return static_cast<int>(run(command_line));
  } catch (const std::exception& error) {  // the database, or the control port
    daemon::log::error(daemon::event::process_failed, {{"error", error.what()}});
    return static_cast<int>(daemon::ExitCode::unavailable);
  }
}
