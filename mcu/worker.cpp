#include "mcu/worker.h"

#include <exception>
#include <type_traits>
#include <utility>

#include "allocator/model/units.h"
#include "daemon/log.h"
#include "mcu/capacity.h"
#include "mcu/figures_log.h"
#include "mcu/layout/layouts.h"

namespace rollcall::mcu {
namespace {

namespace event = daemon::event;
namespace log = daemon::log;
namespace units = model::units;

using model::ConferenceId;
using model::LegId;
using model::Reason;
using model::refuse;

constexpr std::chrono::seconds load_period{5};

layout::Layout layout_of(control::LayoutChoice choice) {
  switch (choice) {
    case control::LayoutChoice::automatic:
      return layout::Layout::automatic;
    case control::LayoutChoice::grid:
      return layout::Layout::grid;
    case control::LayoutChoice::speaker:
      return layout::Layout::speaker;
    case control::LayoutChoice::spotlight:
      return layout::Layout::spotlight;
    case control::LayoutChoice::presentation:
      return layout::Layout::presentation;
  }
  return layout::Layout::automatic;
}

}  // namespace

Worker::Worker(daemon::EventLoop& loop, transport::IoContext& io, Settings settings,
               std::function<void(const News&)> tell)
    : loop_(loop), io_(io), settings_(std::move(settings)), tell_(std::move(tell)) {
  load_timer_ = loop_.every(load_period, [this] { tell_load(true); });
  figures_timer_ = loop_.every(settings_.figures_every, [this] { log_figures(); });
}

Worker::~Worker() {
  for (const auto& [id, conference] : conferences_)
    log_end(id.text(), conference->figures(), conference->legs().size());
}

control::Hello Worker::hello() const {
  control::Hello hello{.role = control::Role::mcu,
                       .name = settings_.name,
                       .version = ROLLCALL_VERSION,
                       .capacity_units = settings_.capacity_units};
  for (const auto& [id, conference] : conferences_) hello.conferences.push_back({id, conference->legs()});
  return hello;
}

void Worker::greet() {
  tell_load(true);
}

double Worker::used_units() const {
  std::size_t running = 0;
  std::size_t legs = 0;
  for (const auto& [id, conference] : conferences_) {
    const std::size_t here = conference->legs().size();
    if (here > 0) ++running;  // one that waits for its first caller mixes nothing
    legs += here;
  }
  return mcu::used_units(running, legs);
}

template <class Request>
void Worker::answer(const Request& request, control::Responder& responder) {
  if constexpr (requires { carry_out(request); }) {
    const auto result = carry_out(request);
    tell_load(false);
    if (result) return responder.result(*result);
    responder.refuse(result.error());
  } else if constexpr (std::is_same_v<Request, control::LegCandidate>) {
    if (auto* conference = with_leg(request.leg))
      conference->add_candidate(request.leg, request.mid, request.candidate);
  } else {
    responder.refuse({Reason::unknown_method, std::string(Request::method)});
  }
}

void Worker::take(const control::Incoming& incoming, control::Responder responder) {
  try {
    std::visit([&](const auto& message) { answer(message, responder); }, incoming.message);
  } catch (const std::exception& problem) {
    // No port left, a plugin that is not installed: this request fails, the conferences go on.
    log::error(event::mcu_failed, {{"conference", ""}, {"error", problem.what()}});
    responder.refuse({Reason::internal, problem.what()});
  }
}

Worker::Expected<control::ConferenceCreate::Result> Worker::carry_out(const control::ConferenceCreate& request) {
  if (conferences_.contains(request.conference)) return control::ConferenceCreate::Result{};
  conferences_.emplace(request.conference, std::make_unique<conference::Conference>(
                                               request.title, settings_.conference, io_,
                                               [this](std::function<void()> task) { loop_.post(std::move(task)); },
                                               callbacks_for(request.conference)));
  log::info(event::conference_started, {{"conference", request.conference.text()}});
  return control::ConferenceCreate::Result{};
}

Worker::Expected<control::ConferenceUpdate::Result> Worker::carry_out(const control::ConferenceUpdate& request) {
  const auto at = conferences_.find(request.conference);
  if (at == conferences_.end()) return refuse(Reason::unknown_conference, request.conference.text());
  conference::Conference::Arrange arrange{request.title, {}, request.spotlight, request.presentation};
  if (request.layout) arrange.layout = layout_of(*request.layout);
  at->second->arrange(arrange);
  return control::ConferenceUpdate::Result{};
}

Worker::Expected<control::ConferenceDestroy::Result> Worker::carry_out(const control::ConferenceDestroy& request) {
  const auto at = conferences_.find(request.conference);
  if (at == conferences_.end()) return refuse(Reason::unknown_conference, request.conference.text());
  log_end(at->first.text(), at->second->figures(), at->second->legs().size());
  conferences_.erase(at);
  return control::ConferenceDestroy::Result{};
}

Worker::Expected<control::LegCreate::Result> Worker::carry_out(const control::LegCreate& request) {
  const auto at = conferences_.find(request.conference);
  if (at == conferences_.end()) return refuse(Reason::unknown_conference, request.conference.text());
  if (with_leg(request.leg) != nullptr) return refuse(Reason::bad_request, "there is a leg " + request.leg.text());
  const double cost = units::video_leg + (at->second->legs().empty() ? units::conference : 0);
  if (used_units() + cost > settings_.capacity_units) return refuse(Reason::full, settings_.name);
  auto description = at->second->add(request.leg, request.name, request.profile, request.offer);
  const std::string& conference = request.conference.text();
  if (!description) {
    log::warning(event::leg_refused, {{"conference", conference},
                                      {"leg", request.leg.text()},
                                      {"reason", model::to_text(description.error().reason)},
                                      {"subject", description.error().subject}});
    return tl::unexpected(description.error());
  }
  log::info(event::leg_created, {{"conference", conference}, {"leg", request.leg.text()}});
  return control::LegCreate::Result{std::move(*description)};
}

Worker::Expected<control::LegAnswer::Result> Worker::carry_out(const control::LegAnswer& request) {
  auto* conference = with_leg(request.leg);
  if (conference == nullptr) return refuse(Reason::unknown_leg, request.leg.text());
  return conference->accept(request.leg, request.description).map([] { return control::LegAnswer::Result{}; });
}

Worker::Expected<control::LegChange::Result> Worker::carry_out(const control::LegChange& request) {
  auto* conference = with_leg(request.leg);
  if (conference == nullptr) return refuse(Reason::unknown_leg, request.leg.text());
  return conference->change(request.leg, request.offer).map([](model::MediaDescription ours) {
    return control::LegChange::Result{std::move(ours)};
  });
}

Worker::Expected<control::LegUpdate::Result> Worker::carry_out(const control::LegUpdate& request) {
  auto* conference = with_leg(request.leg);
  if (conference == nullptr) return refuse(Reason::unknown_leg, request.leg.text());
  return conference
      ->update(request.leg,
               {request.name, request.audio_muted, request.video_muted, request.muted_by_moderator, request.note})
      .map([] { return control::LegUpdate::Result{}; });
}

Worker::Expected<control::LegDestroy::Result> Worker::carry_out(const control::LegDestroy& request) {
  auto* conference = with_leg(request.leg);
  if (conference == nullptr) return refuse(Reason::unknown_leg, request.leg.text());
  return conference->remove(request.leg).map([] { return control::LegDestroy::Result{}; });
}

conference::Conference::Callbacks Worker::callbacks_for(const ConferenceId& id) {
  return {
      [this, id](const LegId& leg) {
        log::info(event::leg_connected, {{"conference", id.text()}, {"leg", leg.text()}});
        tell_(control::LegConnected{leg});
      },
      [this, id](const LegId& leg, Reason reason) {
        log::info(event::leg_ended,
                  {{"conference", id.text()}, {"leg", leg.text()}, {"reason", model::to_text(reason)}});
        tell_(control::LegEnded{leg, reason});
        tell_load(false);
      },
      [this](const LegId& leg, const leg::Health& health) {
        tell_(control::LegHealth{leg, health.audio, health.video, health.stalled, health.loss, health.round_trip_ms});
      },
      [this, id](const std::optional<LegId>& leg) {
        tell_(control::ConferenceSpeaker{id, leg});
      },
      [id](const std::string& text) {
        log::error(event::mcu_failed, {{"conference", id.text()}, {"error", text}});
      }};
}

conference::Conference* Worker::with_leg(const LegId& leg) {
  for (const auto& [id, conference] : conferences_)
    if (conference->holds(leg)) return conference.get();
  return nullptr;
}

void Worker::tell_load(bool always) {
  const double used = used_units();
  if (!always && !load_differs(told_units_, used, settings_.capacity_units)) return;
  told_units_ = used;
  tell_(control::McuLoad{used, settings_.capacity_units});
}

void Worker::log_figures() const {
  for (const auto& [id, conference] : conferences_)
    mcu::log_figures(id.text(), conference->figures(), conference->legs().size());
}

}  // namespace rollcall::mcu
