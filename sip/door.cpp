// Calls that come in, and what happens in any call.
#include "sip/door.h"

#include <algorithm>
#include <utility>

#include "daemon/log.h"
#include "sip/gateways/status.h"

namespace rollcall::sip {
namespace {

using model::Reason;
namespace event = daemon::event;
namespace log = daemon::log;

/// For the log: without a PIN.
std::string without_pin(const std::string& called) {
  return called.substr(0, called.find('*'));
}

}  // namespace

Door::Door(Allocator& allocator, dialog::Signalling& signalling, Settings settings, Entrance::Settings entrance,
           std::vector<gateways::Record> gateways)
    : allocator_(allocator),
      signalling_(signalling),
      settings_(settings),
      entrance_(std::move(entrance)),
      gateways_(std::move(gateways)) {}

void Door::refuse(const dialog::Invite& invite, const model::Refusal& refusal) {
  const auto status = gateways::status_of(refusal.reason);
  log::warning(event::sip_refused, {{"from", invite.ip},
                                    {"called", without_pin(invite.called)},
                                    {"reason", model::to_text(refusal.reason)},
                                    {"subject", refusal.subject}});
  signalling_.refuse(invite.call, status.code, std::string(status.phrase));
}

void Door::invited(const dialog::Invite& invite, Time now) {
  Call call{.number = invite.call,
            .secure = invite.secure,
            .since = now,
            .begun = now,
            .party = invite.caller.substr(0, 256)};
  std::string account;
  const auto verdict = entrance_.judge(invite, gateways_, now);
  if (const auto* unknown = std::get_if<Entrance::Unknown>(&verdict))
    return signalling_.challenge(invite.call, entrance_.realm(), unknown->nonce, unknown->stale);
  if (std::holds_alternative<Entrance::Shut>(verdict)) {
    if (now >= quiet_until_) {
      log::warning(event::sip_stranger, {{"from", invite.ip}, {"called", without_pin(invite.called)}});
      quiet_until_ = now + std::chrono::minutes(1);
    }
    return signalling_.refuse(invite.call, 403, "Forbidden");
  }
  if (const auto* gateway = std::get_if<Entrance::Gateway>(&verdict)) {
    call.gateway = gateway->record->shown.name;
    if (gateway->record->shown.profile.security == model::LegSecurity::plain) call.protection = Protection::any;
    const auto most = static_cast<std::size_t>(gateway->record->shown.most_calls);
    if (most > 0 && calls_through(call.gateway) >= most) return refuse(invite, {Reason::full, call.gateway});
  } else {
    account = std::get<Entrance::Account>(verdict).name;
    if (settings_.plain_accounts) call.protection = Protection::any;
  }
  if (calls_.size() >= settings_.most_calls) return refuse(invite, {Reason::full, "sip.max_calls"});
  if (!allocator_.is_connected()) return refuse(invite, {Reason::no_media_server, "no control connection"});
  arrived(std::move(call), invite, account, now);
}

void Door::arrived(Call call, const dialog::Invite& invite, const std::string& account, Time now) {
  const auto* gateway = find_gateway(call.gateway);
  control::CallArrived arrived{.called = invite.called.substr(0, 256),
                               .caller = invite.caller.substr(0, 256),
                               .name = invite.name.substr(0, 256),
                               .account = account,
                               .gateway = call.gateway};
  // Who is registered is called by his registration; the number that was dialled stands in the To header.
  if (gateway != nullptr && !gateway->user.empty() && arrived.called == gateway->user && !invite.to.empty())
    arrived.called = invite.to.substr(0, 256);
  if (arrived.called.empty()) return refuse(invite, {Reason::unknown_conference, "nobody was called"});
  if (gateway != nullptr) {
    arrived.profile = gateway->shown.profile;
  } else {
    const bool plain = call.protection == Protection::any && !call.secure;
    arrived.profile =
        gateways::codec_profile("room", plain ? model::LegSecurity::plain : model::LegSecurity::sdes, 1000);
  }
  if (invite.sdp) {
    auto session = read_media(*invite.sdp, call.mids, call.protection, call.secure);
    if (!session) return refuse(invite, session.error());
    arrived.offer = session->description;
    call.offer = std::move(*session);
  }
  const auto number = call.number;
  calls_.emplace(number, std::move(call));
  signalling_.ring(number);
  allocator_.request(arrived, [this, number, now](auto result) { admitted(number, std::move(result), now); });
}

void Door::admitted(dialog::CallNumber number, model::Expected<control::CallArrived::Result> result, Time now) {
  auto* call = find(number);
  if (call == nullptr) {  // he gave up meanwhile
    if (result) allocator_.notify(control::CallHangup{result->leg, Reason::cancelled});
    return;
  }
  if (!result) {
    const auto status = gateways::status_of(result.error().reason);
    log::warning(event::sip_refused, {{"from", call->gateway},
                                      {"called", ""},
                                      {"reason", model::to_text(result.error().reason)},
                                      {"subject", result.error().subject}});
    signalling_.refuse(number, status.code, std::string(status.phrase));
    record(*call, model::to_text(result.error().reason), status.code, now);
    calls_.erase(number);
    return;
  }
  call->leg = result->leg;
  call->up = true;
  call->since = call->answered = now;
  log::info(event::sip_arrived, {{"leg", call->leg.text()}, {"gateway", call->gateway}});
  signalling_.accept(number, write(*call, result->description));
}

std::string Door::write(Call& call, const model::MediaDescription& ours) {
  const sdp::WriteOptions options{.session_id = call.number, .version = ++call.version, .group_single = false};
  if (const auto theirs = std::exchange(call.offer, std::nullopt)) {
    call.our_sdp = sdp::write_answer(*theirs, ours, options);
  } else {
    call.mids.clear();
    for (const auto& media : ours.media) call.mids.push_back(media.mid);
    call.our_sdp = sdp::write(ours, options);
  }
  return call.our_sdp;
}

void Door::offered(dialog::CallNumber number, const std::optional<std::string>& sdp) {
  auto* call = find(number);
  if (call == nullptr || call->leg.empty()) return signalling_.refuse(number, 491, "Request Pending");
  if (!sdp) {
    call->repeated = true;
    return signalling_.accept(number, call->our_sdp);
  }
  auto session = read_media(*sdp, call->mids, call->protection, call->secure);
  if (!session) {
    const auto status = gateways::status_of(session.error().reason);
    return signalling_.refuse(number, status.code, std::string(status.phrase));
  }
  allocator_.request(control::CallOffer{call->leg, session->description},
                     [this, number, session = *session](const auto& result) { changed(number, session, result); });
}

void Door::changed(dialog::CallNumber number, const sdp::Session& offer,
                   const model::Expected<control::CallOffer::Result>& result) {
  auto* call = find(number);
  if (call == nullptr) return;
  if (!result) {
    const auto status = gateways::status_of(result.error().reason);
    return signalling_.refuse(number, status.code, std::string(status.phrase));
  }
  call->offer = offer;
  signalling_.accept(number, write(*call, result->description));
}

void Door::answered(dialog::CallNumber number, const std::string& sdp, Time now) {
  auto* call = find(number);
  if (call == nullptr) return;
  auto session = read_media(sdp, call->mids, call->protection, call->secure);
  if (call->responder) {
    auto responder = *std::exchange(call->responder, std::nullopt);
    session ? responder.result(control::CallOffer::Result{session->description}) : responder.refuse(session.error());
    return;
  }
  if (!session) {
    signalling_.hang_up(number, "Not Acceptable Here");
    auto gone = std::move(calls_.extract(number).mapped());
    if (gone.dial) return fail(gone, 488, session.error().subject, now);
    record(gone, model::to_text(session.error().reason), 488, now);
    return allocator_.notify(control::CallHangup{gone.leg, session.error().reason});
  }
  if (std::exchange(call->repeated, false)) {
    // Only where his media are may have changed.
    return allocator_.request(control::CallOffer{call->leg, session->description}, [](const auto&) {});
  }
  if (!call->up) log::info(event::sip_answered, {{"leg", call->leg.text()}, {"gateway", call->gateway}});
  if (!call->up) call->answered = now;
  call->up = true;
  call->dial.reset();
  call->since = now;
  allocator_.notify(control::CallAnswered{call->leg, session->description});
}

void Door::ended(dialog::CallNumber number, Time now) {
  const auto* call = find(number);
  if (call == nullptr) return;
  const auto leg = call->leg;
  forget(number, "hung-up", now);
  if (!leg.empty()) allocator_.notify(control::CallHangup{leg, Reason::hung_up});
}

void Door::keys(dialog::CallNumber number, const std::string& digits) {
  const auto* call = find(number);
  if (call != nullptr && !call->leg.empty()) allocator_.notify(control::CallDtmf{call->leg, digits});
}

void Door::picture_wanted(dialog::CallNumber number) {
  const auto* call = find(number);
  if (call != nullptr && !call->leg.empty()) allocator_.notify(control::CallRefresh{call->leg});
}

void Door::take(const control::CallHangup& hangup, Time now) {
  const auto* call = find(hangup.leg);
  if (call == nullptr) return;
  const auto number = call->number;
  forget(number, model::to_text(hangup.reason), now);
  signalling_.hang_up(number, std::string(model::to_text(hangup.reason)));
}

void Door::forget(dialog::CallNumber number, std::string_view cause, Time now) {
  const auto gone = calls_.extract(number);
  const auto& call = gone.mapped();
  log::info(event::sip_ended, {{"leg", call.leg.text()},
                               {"gateway", call.gateway},
                               {"cause", cause},
                               {"seconds", call.up ? (now - call.since).count() : 0}});
  record(call, cause, 0, now);
}

Door::Call* Door::find(dialog::CallNumber number) {
  const auto found = calls_.find(number);
  return found == calls_.end() ? nullptr : &found->second;
}

Door::Call* Door::find(const model::LegId& leg) {
  const auto found = std::ranges::find_if(calls_, [&](const auto& entry) { return entry.second.leg == leg; });
  return found == calls_.end() ? nullptr : &found->second;
}

std::size_t Door::calls_through(const std::string& gateway) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(calls_, [&](const auto& entry) { return entry.second.gateway == gateway; }));
}

gateways::Record* Door::find_gateway(const std::string& name) {
  const auto found =
      std::ranges::find_if(gateways_, [&](const gateways::Record& record) { return record.shown.name == name; });
  return found == gateways_.end() ? nullptr : &*found;
}

std::vector<model::LegId> Door::legs() const {
  std::vector<model::LegId> legs;
  for (const auto& [number, call] : calls_)
    if (!call.leg.empty()) legs.push_back(call.leg);
  return legs;
}

std::vector<model::Gateway> Door::gateways() const {
  std::vector<model::Gateway> shown;
  for (const auto& record : gateways_) shown.push_back(record.shown);
  return shown;
}

}  // namespace rollcall::sip
