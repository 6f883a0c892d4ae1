// rollcall-web: the browser door.
#include <Poco/RandomStream.h>

#include <chrono>
#include <iostream>

#include "daemon/command_line.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"
#include "daemon/process.h"
#include "web/control_allocator.h"
#include "web/door.h"
#include "web/server.h"

namespace {

using namespace rollcall;
using std::chrono::seconds;
using std::chrono::steady_clock;

/// 192 bits of the system's randomness, as hexadecimal digits.
std::string new_token() {
  Poco::RandomInputStream random;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string token;
  for (int i = 0; i < 24; ++i) {
    const auto byte = static_cast<unsigned char>(random.get());
    token += digits[byte >> 4U];
    token += digits[byte & 15U];
  }
  return token;
}

/// A request that waits for the allocator is ended by the door, which then still hears the late answer and can hang up.
daemon::ControlPeer::Settings control_settings(const daemon::Settings& settings, const web::Door::Settings& door) {
  return {.url = settings.text("control.url"),
          .token = settings.text("control.web_token"),
          .request_timeout = door.answer_within + seconds(15)};
}

int run(daemon::CommandLine& command_line) {
  const auto& settings = command_line.settings;
  daemon::EventLoop loop;
  const web::Door::Settings door_settings;
  web::ControlAllocator allocator(loop, settings.text("web.name"), control_settings(settings, door_settings));
  web::Door door(allocator, door_settings, new_token);
  daemon::Process process(loop, command_line, {.stop = [&] { loop.quit(); }});

  const auto [host, port] = settings.host_port("web.listen");
  web::Server server({.host = host, .port = port, .trusted_proxies = settings.texts("web.trusted_proxies")},
                     [&](web::Request request, web::Respond respond) {
                       loop.post([&door, request = std::move(request), respond = std::move(respond)] {
                         door.handle(request, steady_clock::now(), respond);
                       });
                     });
  allocator.start(door);
  const auto ticking = loop.every(seconds(1), [&] { door.tick(steady_clock::now()); });
  daemon::log::info(daemon::event::web_listening, {{"address", host}, {"port", server.port()}});
  process.ready();
  loop.run();

  door.close();
  server.stop();
  allocator.stop();
  return static_cast<int>(daemon::ExitCode::ok);
}

}  // namespace

int main(int count, char** arguments) {
  daemon::ignore_broken_pipes();
  auto parsed =
      daemon::parse_command_line({.name = "rollcall-web",
                                  .purpose = "Lets guests with nothing but a browser join a conference by its link.",
                                  .required = {"control.web_token"}},
                                 count, arguments);
  if (const auto* code = std::get_if<daemon::ExitCode>(&parsed)) return static_cast<int>(*code);
  try {
    return run(std::get<daemon::CommandLine>(parsed));
  } catch (const web::CannotListen& error) {
    std::cerr << "rollcall-web: " << error.what() << '\n';
    return static_cast<int>(daemon::ExitCode::unavailable);
  } catch (const std::exception& error) {
    std::cerr << "rollcall-web: " << error.what() << '\n';
    return static_cast<int>(daemon::ExitCode::internal);
  }
}
