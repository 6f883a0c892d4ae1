// rollcallctl: the operator's command line, a peer on the control channel.
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <optional>
#include <string_view>

#include "ctl/metrics.h"
#include "ctl/orders.h"
#include "ctl/set_up.h"
#include "ctl/tables.h"
#include "daemon/command_line.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "daemon/log.h"
#include "daemon/process.h"

using namespace rollcall;
using daemon::ExitCode;

namespace {

constexpr std::chrono::seconds patience{15};

/// One order, carried out; what to print, or why not.
class Desk {
 public:
  Desk(daemon::EventLoop& loop, const daemon::Settings& settings)
      : loop_(loop),
        peer_(
            loop, {.url = settings.text("control.url"), .token = settings.text("control.operator_token")},
            {.hello =
                 [] {
                   return control::Hello{
                       .role = control::Role::operator_desk, .name = "rollcallctl", .version = ROLLCALL_VERSION};
                 },
             .connected = [this](const auto&) { std::visit([this](const auto& order) { carry_out(order); }, order_); },
             .message = [](const auto&, const auto&) {}}) {}

  ExitCode run(ctl::Order order) {
    order_ = std::move(order);
    const auto deadline = loop_.after(patience, [this] { loop_.quit(); });
    loop_.run();
    if (!code_) {
      std::cerr << "rollcallctl: rollcall did not let us in. Is it running, is control.url right, and "
                   "control.operator_token the one it was started with?\n";
    }
    return code_.value_or(ExitCode::unavailable);
  }

 private:
  /// Asks, prints what `text` makes of the answer, and is done.
  template <class Request, class Text>
  void ask(const Request& request, Text text) {
    peer_.request(request, [this, text](const model::Expected<typename Request::Result>& answer) {
      if (!answer) return give_up(answer.error());
      std::cout << text(*answer) << std::flush;
      finish(ExitCode::ok);
    });
  }

  void carry_out(const ctl::ShowStatus&) {
    ask(control::DeskStatus{}, [](const auto& status) { return ctl::status_text(status); });
  }
  void carry_out(const ctl::ShowConferences& order) {
    ask(control::DeskOverview{}, [order](const auto& overview) {
      return order.json ? control::encode_result(overview) + '\n' : ctl::conferences_text(overview, order.only);
    });
  }
  void carry_out(const ctl::ShowMcus&) {
    ask(control::DeskOverview{}, [](const auto& overview) { return ctl::mcus_text(overview); });
  }
  void carry_out(const ctl::ShowMetrics&) {
    peer_.request(control::DeskStatus{}, [this](const model::Expected<control::DeskStatus::Result>& status) {
      if (!status) return give_up(status.error());
      ask(control::DeskOverview{},
          [status = *status](const auto& overview) { return ctl::metrics_text(status, overview); });
    });
  }
  void carry_out(const ctl::SetUp&) { finish(ExitCode::internal); }  // needs no rollcall: main() has done it
  template <class Act>
  void carry_out(const Act& act) {
    ask(act, [](const auto&) { return std::string("Done.\n"); });
  }

  void give_up(const model::Refusal& refusal) {
    std::cerr << "rollcallctl: refused: " << model::to_text(refusal.reason)
              << (refusal.subject.empty() ? "" : " (" + refusal.subject + ")") << '\n';
    finish(ExitCode::unavailable);
  }
  void finish(ExitCode code) {
    code_ = code;
    loop_.quit();
  }

  daemon::EventLoop& loop_;
  ctl::Order order_;
  std::optional<ExitCode> code_;
  daemon::ControlPeer peer_;
};

}  // namespace

int main(int count, char** arguments) {
  daemon::ignore_broken_pipes();
  // What is to be set up has no token yet.
  const bool sets_up = std::find(arguments, arguments + count, std::string_view("setup")) != arguments + count;
  auto parsed = daemon::parse_command_line(
      {.name = "rollcallctl",
       .purpose = "Shows and does what the operator of a Rollcall service wants. Commands:\n" + ctl::commands_help(),
       .required = sets_up ? std::vector<std::string>{} : std::vector<std::string>{"control.operator_token"},
       .flags = {{"json", "conferences as JSON"}},
       .words = "COMMAND [NAME]"},
      count, arguments);
  if (const auto* code = std::get_if<ExitCode>(&parsed)) return static_cast<int>(*code);
  const auto& line = std::get<daemon::CommandLine>(parsed);
  daemon::log::set_level("error");
  auto order = ctl::order_of(line.words, line.flags.contains("json"));
  if (const auto* none = std::get_if<ctl::NoOrder>(&order)) {
    std::cerr << none->why << (none->why.ends_with('\n') ? "" : "\n");
    return static_cast<int>(ExitCode::usage);
  }
  if (std::holds_alternative<ctl::SetUp>(std::get<ctl::Order>(order))) return static_cast<int>(ctl::set_up(line));
  daemon::EventLoop loop;
  return static_cast<int>(Desk(loop, line.settings).run(std::get<ctl::Order>(std::move(order))));
}
