#include "xmpp-component/check.h"

#include <Poco/File.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Path.h>

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "allocator/pool/pool.h"
#include "allocator/store/store.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "xmpp-component/from_settings.h"
#include "xmpp-component/stream/stream.h"

namespace rollcall::component {
namespace {

using namespace std::chrono_literals;
using control::Role;
using stream::StreamState;

/// What was found out, line by line.
class Findings {
 public:
  explicit Findings(std::ostream& out) : out_(out) {}
  void good(const std::string& sentence) { out_ << "ok      " << sentence << std::endl; }
  void bad(const std::string& sentence) {
    out_ << "WRONG   " << sentence << std::endl;
    all_good_ = false;
  }
  [[nodiscard]] daemon::ExitCode exit_code() const {
    return all_good_ ? daemon::ExitCode::ok : daemon::ExitCode::unavailable;
  }

 private:
  std::ostream& out_;
  bool all_good_ = true;
};

/// Whoever guesses one of these speaks for every conference, mixes its media, or makes its links.
bool are_secrets_long(const daemon::Settings& settings, Findings& findings) {
  constexpr std::size_t shortest_secret = 16;
  bool all_long = true;
  for (const char* name :
       {"xmpp.secret", "control.mcu_token", "control.web_token", "control.operator_token", "links.key"}) {
    const std::string& secret = settings.text(name);
    if (secret.empty() || secret.size() >= shortest_secret) continue;
    findings.bad(std::string(name) +
                 " is shorter than 16 characters and could be guessed. Make one with: openssl rand -hex 24");
    all_long = false;
  }
  return all_long;
}

bool is_page_secure(const std::string& base_url, Findings& findings) {
  const bool is_local =
      base_url.find("localhost") != std::string::npos || base_url.find("127.0.0.1") != std::string::npos;
  if (base_url.starts_with("https://") || is_local) return true;
  findings.bad("links.base_url is " + base_url +
               ", but browsers give camera and microphone to https pages only. Put a proxy with a certificate before "
               "rollcall-web, and its https address here.");
  return false;
}

void check_settings(const daemon::Settings& settings, Findings& findings) {
  const bool are_long = are_secrets_long(settings, findings);
  if (is_page_secure(settings.text("links.base_url"), findings) && are_long) findings.good("The settings are sound.");
}

/// A database that is not there yet is not made here: it would belong to whoever asks, and not to the service.
void check_place_of_store(const std::string& path, Findings& findings) {
  const std::string folder = Poco::Path(path).makeAbsolute().makeParent().toString();
  if (!Poco::File(folder).exists()) {
    findings.bad("There is no folder " + folder +
                 " for the database. Make it, so that the service may write there: install -d -o rollcall " + folder);
  } else if (!Poco::File(folder).canWrite()) {
    findings.bad("The database " + path +
                 " cannot be made by this user. Ask as the service's own: sudo -u rollcall rollcall --check");
  } else {
    findings.good("There is no database yet; rollcall makes it when it starts: " + path + ".");
  }
}

void check_store(const daemon::Settings& settings, Findings& findings) {
  try {
    const std::string path = store::file_in(settings.text("store.url"));
    if (!Poco::File(path).exists()) return check_place_of_store(path, findings);
    if (!Poco::File(path).canWrite()) {
      return findings.bad(
          "The database " + path +
          " may not be written to by this user. Ask as the service's own: sudo -u rollcall rollcall --check");
    }
    store::Store store(settings.text("store.url"), [](const auto&) {});
    const model::Records records = store.load();
    findings.good("The database opens; it holds " + std::to_string(records.conferences.size()) + " conferences.");
  } catch (const store::StoreError& error) {
    findings.bad(error.what());
  }
}

bool is_running(const daemon::Settings& settings) {
  const auto [host, port] = settings.host_port("control.listen");
  try {
    Poco::Net::StreamSocket socket;
    socket.connect(Poco::Net::SocketAddress(host, static_cast<Poco::UInt16>(port)), Poco::Timespan(2, 0));
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}

void report_peers(const std::set<Role>& roles, Findings& findings) {
  if (roles.contains(Role::mcu)) {
    findings.good("A media server (rollcall-mcu) is connected.");
  } else {
    findings.bad(
        "No media server is connected, so nobody can call. Start one: systemctl start rollcall-mcu; its control.url "
        "and control.mcu_token must fit.");
  }
  if (roles.contains(Role::web)) {
    findings.good("The browser door (rollcall-web) is connected.");
  } else {
    findings.bad(
        "The browser door is not connected, so join links do not work. Start it: systemctl start rollcall-web; its "
        "control.url and control.web_token must fit.");
  }
}

// ---- a service is running: ask it

std::optional<control::DeskStatus::Result> ask_running_service(const daemon::Settings& settings) {
  daemon::EventLoop loop;
  std::optional<control::DeskStatus::Result> status;
  std::optional<daemon::ControlPeer> desk;
  desk.emplace(loop,
               daemon::ControlPeer::Settings{.url = settings.text("control.url"),
                                             .token = settings.text("control.operator_token")},
               daemon::ControlPeer::Callbacks{.hello =
                                                  [] {
                                                    return control::Hello{.role = Role::operator_desk,
                                                                          .name = "rollcall --check",
                                                                          .version = ROLLCALL_VERSION};
                                                  },
                                              .connected =
                                                  [&](const auto&) {
                                                    desk->request<control::DeskStatus>({}, [&](const auto& answer) {
                                                      if (answer) status = *answer;
                                                      loop.quit();
                                                    });
                                                  },
                                              .message = [](const auto&, const auto&) {}});
  const auto deadline = loop.after(10s, [&] { loop.quit(); });
  loop.run();
  return status;
}

void check_running_service(const daemon::Settings& settings, Findings& findings) {
  findings.good("rollcall is running; this is what it says.");
  if (settings.text("control.operator_token").empty()) {
    return findings.bad("It cannot be asked, because control.operator_token is empty. Set one and restart rollcall.");
  }
  const auto status = ask_running_service(settings);
  if (!status) {
    return findings.bad(
        "It did not answer. Is control.url right, and control.operator_token the one it was started with?");
  }
  if (status->xmpp_connected) {
    findings.good("The XMPP server accepts us as " + settings.text("xmpp.domain") + ".");
  } else {
    findings.bad("The XMPP server does not accept us at the moment; see: journalctl -u rollcall -g event=xmpp");
  }
  std::set<Role> roles;
  for (const control::DeskPeer& peer : status->peers) roles.insert(peer.role);
  report_peers(roles, findings);
}

// ---- no service is running: try it all

void check_xmpp(const daemon::Settings& settings, Findings& findings) {
  daemon::EventLoop loop;
  const std::string& domain = settings.text("xmpp.domain");
  std::string last_word = "there was no answer";
  bool is_accepted = false;
  stream::Stream stream(loop, stream_settings(settings), {.state = [&](StreamState state, const std::string& sentence) {
                          if (!sentence.empty() && state != StreamState::connecting) last_word = sentence;
                          is_accepted = state == StreamState::online || state == StreamState::standby;
                          if (state != StreamState::connecting) loop.quit();
                        }});
  stream.open();
  const auto deadline = loop.after(10s, [&] { loop.quit(); });
  loop.run();
  if (is_accepted) return findings.good("The XMPP server accepts us as " + domain + ".");
  findings.bad("The XMPP server does not accept us as " + domain + ": " + last_word);
}

void check_peers(const daemon::Settings& settings, Findings& findings) {
  daemon::EventLoop loop;
  std::set<Role> roles;
  try {
    const pool::Pool pool(loop, pool_settings(settings),
                          {.peer_up =
                               [&](const auto&, const control::Hello& hello) {
                                 roles.insert(hello.role);
                                 if (roles.contains(Role::mcu) && roles.contains(Role::web)) loop.quit();
                               },
                           .message = [](const auto&, const auto&, const auto&) {}});
    const auto deadline = loop.after(35s, [&] { loop.quit(); });  // a peer that found nobody dials every 30 s
    loop.run();
    report_peers(roles, findings);
  } catch (const std::exception& error) {
    findings.bad(error.what());
  }
}

}  // namespace

daemon::ExitCode check(const daemon::Settings& settings, std::ostream& out) {
  Findings findings(out);
  check_settings(settings, findings);
  check_store(settings, findings);
  if (is_running(settings)) {
    check_running_service(settings, findings);
  } else {
    check_xmpp(settings, findings);
    out << "        Waiting up to 35 seconds for a media server and the browser door …" << std::endl;
    check_peers(settings, findings);
  }
  return findings.exit_code();
}

}  // namespace rollcall::component
