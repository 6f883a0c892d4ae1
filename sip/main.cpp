// rollcall-sip: the SIP door.
#include <openssl/rand.h>

#include <array>
#include <chrono>
#include <iostream>
#include <memory>

#include "daemon/command_line.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"
#include "daemon/process.h"
#include "sip/control_allocator.h"
#include "sip/dialog/stack.h"
#include "sip/door.h"
#include "sip/from_settings.h"

namespace {

using namespace rollcall;
using std::chrono::seconds;

sip::limits::Time now() {
  return std::chrono::floor<seconds>(std::chrono::system_clock::now());
}

std::string new_secret() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("the system gives no random numbers");
  return {bytes.begin(), bytes.end()};
}

/// A request that waits for the allocator is ended by the door, which then still hears the late answer.
daemon::ControlPeer::Settings control_settings(const daemon::Settings& settings, const sip::Door::Settings& door) {
  return {.url = settings.text("control.url"),
          .token = settings.text("control.sip_token"),
          .request_timeout = door.answer_within + seconds(15)};
}

sip::dialog::Events events_for(std::unique_ptr<sip::Door>& door) {
  return {.invited = [&door](sip::dialog::Invite invite) { door->invited(invite, now()); },
          .offered = [&door](auto call, std::optional<std::string> sdp) { door->offered(call, sdp); },
          .ringing = [&door](auto call) { door->ringing(call); },
          .answered = [&door](auto call, const std::string& sdp) { door->answered(call, sdp, now()); },
          .failed = [&door](auto call, int status,
                            const std::string& phrase) { door->failed(call, status, phrase, now()); },
          .offer_refused = [&door](auto call, int status) { door->offer_refused(call, status); },
          .ended = [&door](auto call) { door->ended(call, now()); },
          .keys = [&door](auto call, const std::string& digits) { door->keys(call, digits); },
          .picture_wanted = [&door](auto call) { door->picture_wanted(call); },
          .registered = [&door](const std::string& name, bool up, int status) { door->registered(name, up, status); },
          .shut_out =
              [](const std::string& ip) {
                daemon::log::warning(daemon::event::sip_stranger, {{"from", ip}, {"called", ""}});
              }};
}

int run(daemon::CommandLine& command_line, const sip::Configured& configured) {
  const auto& settings = command_line.settings;
  daemon::EventLoop loop;
  sip::ControlAllocator allocator(loop, settings.text("sip.name"), control_settings(settings, configured.door));
  std::unique_ptr<sip::Door> door;
  const sip::CallRecords records(settings.text("sip.call_records"));
  sip::dialog::Stack stack(loop, configured.stack, events_for(door));
  auto entrance = configured.entrance;
  entrance.nonce_secret = new_secret();
  auto door_settings = configured.door;
  door_settings.record = [&records](const sip::CallRecord& record) { records.add(record); };
  door = std::make_unique<sip::Door>(allocator, stack, door_settings, entrance, configured.gateways);
  daemon::Process process(loop, command_line, {.stop = [&] { stack.end([&loop] { loop.quit(); }); }});

  allocator.start(*door);
  for (const auto& registrar : configured.registrars) stack.add(registrar);
  const auto ticking = loop.every(seconds(1), [&] { door->tick(now()); });
  daemon::log::info(daemon::event::sip_listening,
                    {{"address", configured.stack.listen}, {"tls", configured.stack.tls_listen}});
  process.ready();
  loop.run();

  allocator.stop();
  return static_cast<int>(daemon::ExitCode::ok);
}

}  // namespace

int main(int count, char** arguments) {
  daemon::ignore_broken_pipes();
  auto parsed = daemon::parse_command_line(
      {.name = "rollcall-sip",
       .purpose = "Lets telephones, room systems and gateways join a conference, and calls them, by SIP.",
       .required = {"control.sip_token"}},
      count, arguments);
  if (const auto* code = std::get_if<daemon::ExitCode>(&parsed)) return static_cast<int>(*code);
  auto& command_line = std::get<daemon::CommandLine>(parsed);
  try {
    const auto configured = sip::configured(command_line.settings);
    for (const auto& problem : configured.problems) std::cerr << "rollcall-sip: " << problem << '\n';
    if (!configured.problems.empty()) return static_cast<int>(daemon::ExitCode::settings);
    return run(command_line, configured);
  } catch (const sip::dialog::Stack::CannotListen& error) {
    std::cerr << "rollcall-sip: " << error.what() << '\n';
    return static_cast<int>(daemon::ExitCode::unavailable);
  } catch (const std::exception& error) {
    std::cerr << "rollcall-sip: " << error.what() << '\n';
    return static_cast<int>(daemon::ExitCode::internal);
  }
}
