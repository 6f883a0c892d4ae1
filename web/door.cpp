#include "web/door.h"

#include <algorithm>
#include <utility>

#include "daemon/log.h"
#include "web/answers.h"
#include "web/bodies.h"
#include "web/guest_name.h"
#include "web/page_files.h"

namespace rollcall::web {

namespace {

using model::Reason;
namespace event = daemon::event;
namespace log = daemon::log;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// A browser's description, which must be able to carry an encrypted call.
model::Expected<sdp::Session> browser_offer(const std::string& text) {
  auto session = sdp::parse_session(text);
  if (!session) return session;
  const auto secured = [](const model::Transport& transport) { return transport.dtls && transport.ice; };
  if (session->description.media.empty()) return model::refuse(Reason::no_common_codec, "neither sound nor picture");
  if (!std::ranges::all_of(session->description.transports, secured))
    return model::refuse(Reason::no_security, "an offer without ICE or DTLS");
  return session;
}

Answer join_refused(const model::Refusal& refusal) {
  log::warning(event::web_refused, {{"reason", model::to_text(refusal.reason)}, {"subject", refusal.subject}});
  return refused(refusal);
}

}  // namespace

Door::Door(Allocator& allocator, Settings settings, NewToken new_token)
    : allocator_(allocator),
      settings_(settings),
      new_token_(std::move(new_token)),
      joins_(settings.joins),
      requests_(settings.requests) {}

void Door::handle(const Request& request, TimePoint now, Respond respond) {
  const auto route = route_of(request.method, request.path);
  if (auto answer = limited(route, request.source, now)) return respond(*answer);
  if (request.body.size() > longest_body) return respond(too_large());
  if (const auto* wanted = std::get_if<route::Link>(&route)) return resolve(wanted->link, now, std::move(respond));
  if (const auto* wanted = std::get_if<route::Join>(&route))
    return join(wanted->link, request.body, now, std::move(respond));
  if (const auto* wanted = std::get_if<route::Offer>(&route))
    return offer(wanted->call, request.body, now, std::move(respond));
  if (const auto* wanted = std::get_if<route::Events>(&route)) return events(wanted->call, now, std::move(respond));
  respond(handle_now(request, route, now));
}

std::optional<Answer> Door::limited(const Route& route, const std::string& source, TimePoint now) {
  const bool join = std::holds_alternative<route::Join>(route);
  const auto pause = (join ? joins_ : requests_).take(source, now);
  if (!pause) return std::nullopt;
  if (now >= quiet_until_) {
    log::warning(event::web_limited, {{"from", source}});
    quiet_until_ = now + std::chrono::minutes(1);
  }
  return too_many(*pause);
}

Answer Door::handle_now(const Request& request, const Route& route, TimePoint now) {
  return std::visit(
      Overloaded{[&](const route::Page&) { return page_file("index.html"); },
                 [&](const route::File& wanted) { return page_file(wanted.name); },
                 [&](const route::Health&) { return health_answer(allocator_.is_connected(), legs().size()); },
                 [&](const route::Candidates& wanted) { return candidates(wanted.call, request.body, now); },
                 [&](const route::Mute& wanted) { return mute(wanted.call, request.body, now); },
                 [&](const route::Leave& wanted) { return leave(wanted.call); },
                 [](const route::WrongMethod& wrong) { return wrong_method(wrong.allowed); },
                 [](const auto&) { return not_found(); }},
      route);
}

void Door::resolve(const std::string& link, TimePoint now, Respond respond) {
  if (!allocator_.is_connected()) return respond(refused({Reason::no_media_server, "no control connection"}));
  const auto id = wait(std::move(respond), now);
  allocator_.request(control::LinkResolve{link}, [this, id](auto result) {
    if (auto waiting = take(id)) waiting(result ? link_answer(*result) : refused(result.error()));
  });
}

void Door::join(const std::string& link, const std::string& body, TimePoint now, Respond respond) {
  if (!allocator_.is_connected()) return respond(join_refused({Reason::no_media_server, "no control connection"}));
  auto wanted = join_body(body);
  if (!wanted) return respond(join_refused(wanted.error()));
  auto session = browser_offer(wanted->sdp);
  if (!session) return respond(join_refused(session.error()));
  const auto id = wait(std::move(respond), now);
  allocator_.request(control::CallIncoming{link, guest_name(wanted->name), session->description},
                     [this, id, session = *session, now](auto result) { joined(id, session, std::move(result), now); });
}

void Door::joined(WaitingId id, const sdp::Session& offer, model::Expected<control::CallIncoming::Result> result,
                  TimePoint joined_at) {
  auto waiting = take(id);
  if (!result) {
    if (waiting) waiting(join_refused(result.error()));
    return;
  }
  // Too late: the page was told so, and nobody would ever hang up.
  if (!waiting) return allocator_.notify(control::CallHangup{result->leg, Reason::timeout});
  log::info(event::web_joined, {{"leg", result->leg.text()}});
  auto token = new_token_();
  auto& call = calls_.try_emplace(token, result->leg, joined_at).first->second;
  waiting(joined_answer(token, sdp::write_answer(offer, result->description, {.version = call.next_version()})));
}

void Door::offer(const std::string& token, const std::string& body, TimePoint now, Respond respond) {
  auto* call = find(token, now);
  if (!call || call->is_over()) return respond(refused({Reason::unknown_leg}));
  if (!allocator_.is_connected()) return respond(refused({Reason::connectivity, "no control connection"}));
  auto text = offer_body(body);
  if (!text) return respond(refused(text.error()));
  auto session = browser_offer(*text);
  if (!session) return respond(refused(session.error()));
  if (!call->begin_offer()) return respond(refused({Reason::busy, "an earlier offer is not answered yet"}));
  const auto id = wait(std::move(respond), now);
  allocator_.request(control::CallOffer{call->leg(), session->description},
                     [this, id, token, session = *session](auto result) {
                       const auto found = calls_.find(token);
                       if (found != calls_.end()) found->second.end_offer();
                       auto waiting = take(id);
                       if (!waiting) return;
                       if (!result) return waiting(refused(result.error()));
                       if (found == calls_.end()) return waiting(refused({Reason::unknown_leg}));
                       const auto version = found->second.next_version();
                       waiting(offer_answer(sdp::write_answer(session, result->description, {.version = version})));
                     });
}

void Door::events(const std::string& token, TimePoint now, Respond respond) {
  auto* call = find(token, now);
  if (!call) return respond(refused({Reason::unknown_leg}));
  const bool room = call->is_parked() || parked() < settings_.most_parked;
  call->poll(now, room ? now + settings_.poll_for : now, allocator_.is_connected(), std::move(respond));
  if (call->is_over()) calls_.erase(token);  // the page has just been told why
}

Answer Door::candidates(const std::string& token, const std::string& body, TimePoint now) {
  auto* call = find(token, now);
  if (!call || call->is_over()) return refused({Reason::unknown_leg});
  auto list = candidates_body(body);
  if (!list) return refused(list.error());
  for (const auto& trickled : *list) {
    auto candidate = sdp::parse_candidate(trickled.candidate);
    if (!candidate) return refused(candidate.error());
    if (*candidate) allocator_.notify(control::CallCandidate{call->leg(), trickled.mid, **candidate});
  }
  return no_content();
}

Answer Door::mute(const std::string& token, const std::string& body, TimePoint now) {
  auto* call = find(token, now);
  if (!call || call->is_over()) return refused({Reason::unknown_leg});
  auto said = mute_body(body);
  if (!said) return refused(said.error());
  allocator_.notify(control::CallMute{call->leg(), said->audio_muted, said->video_muted});
  return no_content();
}

Answer Door::leave(const std::string& token) {
  auto found = calls_.find(token);
  if (found == calls_.end()) return no_content();
  auto gone = calls_.extract(found);
  const auto& leg = gone.mapped().leg();
  if (!gone.mapped().is_over()) {
    log::info(event::web_left, {{"leg", leg.text()}, {"reason", model::to_text(Reason::hung_up)}});
    allocator_.notify(control::CallHangup{leg, Reason::hung_up});
  }
  gone.mapped().release(allocator_.is_connected());
  return no_content();
}

Call* Door::find(const std::string& token, TimePoint now) {
  auto found = calls_.find(token);
  if (found == calls_.end()) return nullptr;
  found->second.saw(now);
  return &found->second;
}

Call* Door::find(const model::LegId& leg) {
  auto found = std::ranges::find_if(calls_, [&](const auto& entry) { return entry.second.leg() == leg; });
  return found == calls_.end() ? nullptr : &found->second;
}

Door::WaitingId Door::wait(Respond respond, TimePoint now) {
  waiting_.emplace(++last_waiting_, Waiting{std::move(respond), now + settings_.answer_within});
  return last_waiting_;
}

Respond Door::take(WaitingId id) {
  auto found = waiting_.extract(id);
  return found.empty() ? Respond{} : std::move(found.mapped().respond);
}

std::size_t Door::parked() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(calls_, [](const auto& entry) { return entry.second.is_parked(); }));
}

void Door::tick(TimePoint now) {
  std::vector<WaitingId> late;
  for (const auto& [id, waiting] : waiting_)
    if (now >= waiting.until) late.push_back(id);
  for (auto id : late) take(id)(refused({Reason::timeout, "the allocator"}));

  const bool connected = allocator_.is_connected();
  for (auto& [token, call] : calls_) call.tick(now, connected);
  std::erase_if(calls_, [&](const auto& entry) {
    const auto& call = entry.second;
    if (!call.is_forsaken(now, settings_.forsaken_after)) return false;
    if (!call.is_over()) {
      log::info(event::web_forsaken, {{"leg", call.leg().text()}});
      allocator_.notify(control::CallHangup{call.leg(), Reason::connectivity});
    }
    return true;
  });
}

void Door::call_ended(const model::LegId& leg, Reason reason) {
  auto* call = find(leg);
  if (!call || call->is_over()) return;
  log::info(event::web_left, {{"leg", leg.text()}, {"reason", model::to_text(reason)}});
  const bool heard = call->is_parked();
  call->end(reason, allocator_.is_connected());
  if (heard) std::erase_if(calls_, [&](const auto& entry) { return &entry.second == call; });
}

void Door::call_message(const model::LegId& leg, const std::string& text) {
  if (auto* call = find(leg)) call->add_event(message_event(text), allocator_.is_connected());
}

void Door::call_candidate(const control::CallCandidate& said) {
  if (auto* call = find(said.leg))
    call->add_event(candidate_event(said.mid, said.candidate), allocator_.is_connected());
}

std::vector<model::LegId> Door::legs() const {
  std::vector<model::LegId> legs;
  for (const auto& [token, call] : calls_)
    if (!call.is_over()) legs.push_back(call.leg());
  return legs;
}

void Door::close() {
  for (auto& [token, call] : calls_) call.release(false);
  for (auto& [id, waiting] : std::exchange(waiting_, {})) waiting.respond(refused({Reason::connectivity}));
}

}  // namespace rollcall::web
