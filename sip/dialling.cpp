// Calls of ours: through one gateway after the other, until somebody says what the callee would say.
#include <utility>

#include "daemon/log.h"
#include "sip/door.h"
#include "sip/gateways/status.h"

namespace rollcall::sip {
namespace {

using model::Reason;
namespace event = daemon::event;
namespace log = daemon::log;

/// Nothing that could end a quoted string.
std::string display_name(const std::string& text) {
  std::string name;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7f) name += c;
  }
  return name;
}

dialog::Target target_of(const gateways::Record& record, std::string uri, const std::string& display) {
  dialog::Target target{.uri = std::move(uri),
                        .from = record.caller.empty() ? record.user : record.caller,
                        .display = display_name(display),
                        .user = record.user,
                        .password = record.password};
  if (!record.host.empty()) target.host = record.host.substr(0, record.host.rfind(':'));
  const bool leads_there = record.host.empty() || target.uri.find("@" + record.host) != std::string::npos;
  if (!leads_there) target.route = "<" + gateways::host_uri(record) + ";lr>";
  return target;
}

}  // namespace

void Door::take(const control::CallDial& dial, Time now, control::Responder responder) {
  if (find(dial.leg) != nullptr) return responder.refuse({Reason::bad_request, "this leg is called already"});
  Call call{.leg = dial.leg, .since = now, .begun = now, .outgoing = true, .party = dial.address, .dial = dial};
  call.next_gateways.assign(dial.gateways.begin(), dial.gateways.end());
  for (const auto& media : dial.offer.media) call.mids.push_back(media.mid);
  if (const auto begun = dial_next(std::move(call), now); !begun) return responder.refuse(begun.error());
  responder.result(control::CallDial::Result{});
}

model::Expected<void> Door::dial_next(Call call, Time now) {
  model::Refusal refusal{Reason::unreachable, "no gateway of these names"};
  while (!call.next_gateways.empty()) {
    const auto* record = find_gateway(call.next_gateways.front());
    call.next_gateways.pop_front();
    if (record == nullptr || !record->shown.up) continue;
    const auto most = static_cast<std::size_t>(record->shown.most_calls);
    if (calls_.size() >= settings_.most_calls || (most > 0 && calls_through(record->shown.name) >= most)) {
      refusal = {Reason::full, record->shown.name};
      continue;
    }
    auto uri = gateways::dial_uri(*record, call.dial->address, call.dial->kbit);
    if (!uri) {
      refusal = uri.error();
      continue;
    }
    call.gateway = record->shown.name;
    call.secure = record->carrier == gateways::Carrier::tls;
    call.protection =
        record->shown.profile.security == model::LegSecurity::plain ? Protection::any : Protection::required;
    call.our_sdp = sdp::write(call.dial->offer, {.session_id = calls_.size() + 1, .version = 1, .group_single = false});
    call.version = 1;
    call.since = now;
    const auto number = signalling_.dial(target_of(*record, std::move(*uri), call.dial->display), call.our_sdp);
    call.number = number;
    log::info(event::sip_dialled, {{"leg", call.leg.text()}, {"gateway", call.gateway}});
    calls_.emplace(number, std::move(call));
    return {};
  }
  return tl::unexpected(refusal);
}

void Door::ringing(dialog::CallNumber number) {
  if (const auto* call = find(number)) allocator_.notify(control::CallRinging{call->leg});
}

void Door::failed(dialog::CallNumber number, int status, const std::string& phrase, Time now) {
  auto gone = calls_.extract(number);
  if (gone.empty()) return;
  if (gateways::is_gateways_fault(status) && gone.mapped().dial) {
    Call again = Call{.leg = gone.mapped().leg,
                      .mids = gone.mapped().mids,
                      .since = now,
                      .begun = gone.mapped().begun,
                      .outgoing = true,
                      .party = gone.mapped().party,
                      .dial = gone.mapped().dial,
                      .next_gateways = gone.mapped().next_gateways};
    log::warning(event::sip_failed,
                 {{"leg", again.leg.text()}, {"gateway", gone.mapped().gateway}, {"status", status}, {"text", phrase}});
    if (dial_next(std::move(again), now)) return;
  }
  fail(gone.mapped(), status, phrase, now);
}

void Door::fail(const Call& call, int status, const std::string& phrase, Time now) {
  record(call, model::to_text(gateways::reason_of(status)), status, now);
  log::info(event::sip_failed,
            {{"leg", call.leg.text()}, {"gateway", call.gateway}, {"status", status}, {"text", phrase}});
  allocator_.notify(control::CallFailed{call.leg, gateways::reason_of(status), status, phrase.substr(0, 256)});
}

void Door::record(const Call& call, std::string_view cause, int status, Time now) const {
  if (!settings_.record) return;
  settings_.record({.leg = call.leg.text(),
                    .gateway = call.gateway,
                    .outgoing = call.outgoing,
                    .party = call.party,
                    .begun = call.begun,
                    .answered = call.answered,
                    .ended = now,
                    .cause = std::string(cause),
                    .status = status});
}

void Door::take(const control::CallOffer& offer, control::Responder responder) {
  auto* call = find(offer.leg);
  if (call == nullptr || !call->up) return responder.refuse({Reason::unknown_leg, offer.leg.text()});
  if (call->responder) return responder.refuse({Reason::busy, "an earlier offer is not answered yet"});
  call->responder = std::move(responder);
  signalling_.offer(call->number, write(*call, offer.offer));
}

void Door::offer_refused(dialog::CallNumber number, int status) {
  auto* call = find(number);
  if (call == nullptr || !call->responder) return;
  auto responder = *std::exchange(call->responder, std::nullopt);
  responder.refuse({gateways::reason_of(status), std::to_string(status)});
}

void Door::registered(const std::string& gateway, bool up, int status) {
  auto* record = find_gateway(gateway);
  if (record == nullptr) return;
  const bool news = record->shown.up != up;
  record->shown.up = up;
  if (up && news) log::info(event::sip_registered, {{"gateway", gateway}});
  if (!up) log::warning(event::sip_unregistered, {{"gateway", gateway}, {"status", status}});
  if (news) allocator_.notify(control::DoorGateways{gateways()});
}

void Door::tick(Time now) {
  std::vector<dialog::CallNumber> late;
  for (const auto& [number, call] : calls_)
    if (call.dial && now - call.since >= settings_.ring_for) late.push_back(number);
  for (const auto number : late) {
    signalling_.hang_up(number, "timeout");
    fail(calls_.extract(number).mapped(), 0, "nobody answered", now);
  }
  std::vector<dialog::CallNumber> waiting;
  for (const auto& [number, call] : calls_)
    if (call.leg.empty() && now - call.since >= settings_.answer_within) waiting.push_back(number);
  for (const auto number : waiting) {
    record(calls_.at(number), "timeout", 503, now);
    calls_.erase(number);
    signalling_.refuse(number, 503, "Service Unavailable");
  }
}

}  // namespace rollcall::sip
