#include "mcu/worker.h"

#include <malloc.h>

#include <algorithm>
#include <exception>
#include <type_traits>
#include <utility>

#include "allocator/model/units.h"
#include "daemon/log.h"
#include "mcu/capacity.h"
#include "mcu/figures_log.h"
#include "mcu/layout/layouts.h"
#include "mcu/leg_servers.h"

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
constexpr std::chrono::seconds pressure_period{1};

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
  pressure_timer_ = loop_.every(pressure_period, [this] {
    look_at_pressure();
    give_memory_back();
  });
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
                       .capacity_units = settings_.capacity_units,
                       .host = settings_.host,
                       .costs = settings_.costs};
  for (const auto& [id, conference] : conferences_) hello.conferences.push_back({id, conference->legs()});
  return hello;
}

void Worker::greet() {
  tell_load(true);
}

double Worker::used_units() const {
  double used = 0;
  for (const auto& [id, conference] : conferences_) {
    const std::size_t encoders = conference->figures().encoders;
    used += units::cost_of(settings_.costs, legs_of(*conference));
    if (encoders > 1) used += static_cast<double>(encoders - 1) * settings_.costs.encoder;
  }
  return used;
}

units::Legs Worker::legs_of(const conference::Conference& conference) const {
  units::Legs legs;
  for (const LegId& leg : conference.legs()) ++(sound_only_.contains(leg) ? legs.audio : legs.video);
  return legs;
}

template <class Request>
void Worker::answer(const Request& request, control::Responder& responder) {
  if constexpr (requires { carry_out(request); }) {
    const auto result = carry_out(request);
    tell_load(false);
    if (result) return responder.result(*result);
    responder.refuse(result.error());
  } else if constexpr (std::is_same_v<Request, control::LegCandidate>) {
    auto* conference = with_leg(request.leg);
    if (conference) conference->add_candidate(request.leg, request.mid, request.candidate);
  } else if constexpr (std::is_same_v<Request, control::LegRefresh>) {
    if (auto* conference = with_leg(request.leg)) conference->refresh(request.leg);
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
  memory_used_ = true;
  conferences_.emplace(request.conference, std::make_unique<conference::Conference>(
                                               request.title, settings_.conference, io_,
                                               [this](std::function<void()> task) { loop_.post(std::move(task)); },
                                               callbacks_for(request.conference)));
  conferences_.at(request.conference)->shed(shedding_.level());
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
  for (const LegId& leg : at->second->legs()) sound_only_.erase(leg);
  conferences_.erase(at);
  return control::ConferenceDestroy::Result{};
}

Worker::Expected<control::LegCreate::Result> Worker::carry_out(const control::LegCreate& request) {
  const auto at = conferences_.find(request.conference);
  if (at == conferences_.end()) return refuse(Reason::unknown_conference, request.conference.text());
  if (with_leg(request.leg) != nullptr) return refuse(Reason::bad_request, "there is a leg " + request.leg.text());
  const bool video = request.offer ? model::has_video(*request.offer) : request.profile.video;
  const double cost = units::cost_of_one_more(settings_.costs, legs_of(*at->second), video);
  if (used_units() + cost > settings_.capacity_units) return refuse(Reason::full, settings_.name);
  io_.set_servers(servers_in(request));
  auto description = at->second->add(request.leg, request.name, request.profile, request.offer);
  const std::string& conference = request.conference.text();
  if (!description) {
    log::warning(event::leg_refused, {{"conference", conference},
                                      {"leg", request.leg.text()},
                                      {"reason", model::to_text(description.error().reason)},
                                      {"subject", description.error().subject}});
    return tl::unexpected(description.error());
  }
  if (!video) sound_only_.insert(request.leg);
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
  return conference->change(request.leg, request.offer).map([&](model::MediaDescription ours) {
    model::has_video(ours) ? void(sound_only_.erase(request.leg)) : void(sound_only_.insert(request.leg));
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
  sound_only_.erase(request.leg);
  return conference->remove(request.leg).map([] { return control::LegDestroy::Result{}; });
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
  tell_(load());
}

control::McuLoad Worker::load() const {
  return {.used_units = used_units(),
          .capacity_units = settings_.capacity_units,
          .cores = static_cast<double>(settings_.cores),
          .cpu = cpu_,
          .late = late_,
          .shedding = shedding_.level()};
}

/// A conference that ended takes its counts with it; what the others did since then is looked at the next time.
void Worker::look_at_pressure() {
  std::uint64_t frames = 0;
  std::uint64_t late = 0;
  for (const auto& [id, conference] : conferences_) {
    const auto figures = conference->figures();
    frames += figures.picture.frames;
    late += figures.picture.late;
  }
  const bool whole = frames > frames_seen_ && late >= late_seen_;
  late_ = whole ? static_cast<double>(late - late_seen_) / static_cast<double>(frames - frames_seen_) : 0;
  frames_seen_ = frames;
  late_seen_ = late;
  cpu_ = usage_.take();
  const int before = shedding_.level();
  const int now = shedding_.observe({.cpu = cpu_ / settings_.cores, .late = std::min(late_, 1.0)},
                                    std::chrono::steady_clock::now());
  if (now == before) return;
  for (const auto& [id, conference] : conferences_) conference->shed(now);
  (now > before ? log::warning : log::info)(
      event::mcu_shedding, {{"level", now}, {"cpu", cpu_}, {"late", late_}, {"cores", settings_.cores}});
  tell_load(true);
}

/// Pictures are large and glibc keeps what was freed: 50 MB after a conference of eight.
void Worker::give_memory_back() {
  if (conferences_.empty() && std::exchange(memory_used_, false)) malloc_trim(0);
}

void Worker::log_figures() const {
  for (const auto& [id, conference] : conferences_)
    mcu::log_figures(id.text(), conference->figures(), conference->legs().size());
}

}  // namespace rollcall::mcu
