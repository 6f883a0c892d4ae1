// Who asks from outside of calls, and who is not listened to any more.
#include "sip/dialog/core.h"
#include "sip/dialog/request.h"
#include "sip/dialog/socket_filter.h"

namespace rollcall::sip::dialog {
namespace {

limits::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

void Stack::Core::count_stranger() {
  const auto ip = source_of(nua_);
  if (trusted_.contains(ip) || in_calls_.contains(ip) || !strangers_.request(ip, now())) return;
  filter_strangers();
  if (events_.shut_out) events_.shut_out(ip);
}

/// Once a second. A telephone in a call may ask whether we are still there.
void Stack::Core::look_at_strangers() {
  std::set<std::string> in_calls;
  for (const auto& [number, line] : lines_)
    if (line->state == Line::State::established && !line->ip.empty()) in_calls.insert(line->ip);
  const bool changed = in_calls != in_calls_;
  in_calls_ = std::move(in_calls);
  if (strangers_.tick(now()) || changed) filter_strangers();
}

/// Over UDP only: who has made a connection can be heard and slowed down.
void Stack::Core::filter_strangers() {
  if (listen_.empty()) return;
  std::vector<std::string> passing(trusted_.begin(), trusted_.end());
  passing.insert(passing.end(), in_calls_.begin(), in_calls_.end());
  set_filter(listen_, filter_program(passing, strangers_.shut_out()));
}

}  // namespace rollcall::sip::dialog
