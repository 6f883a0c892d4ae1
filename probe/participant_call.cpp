#include <utility>

#include "probe/participant.h"
#include "probe/picture.h"

namespace rollcall::probe {

JingleSession& Participant::new_call() {
  for (auto& event : std::exchange(call_events_, {})) take(std::move(event));  // the end of the call before
  media_.reset();
  (void)media_events_.take();  // the last call's news must not reach this one
  call_over_ = false;
  jingle_ = std::make_unique<JingleSession>(
      session_.address(), options_.media.trickle,
      JingleSession::Outlet{[this](const Stanza& stanza) { session_.send(stanza); },
                            [this](CallEvent event) { call_events_.push_back(std::move(event)); }});
  media_ = std::make_unique<Media>(options_.media, media_events_);
  return *jingle_;
}

void Participant::call(const std::string& address) {
  if (!options_.by_message) {
    waiting_to_call_ = address;
    return try_direct_call();
  }
  measurements_.times.start = now();
  report_.event("propose", {{"to", bare(address)}});
  auto media = std::vector<std::string>{"audio"};
  if (options_.media.video) media.emplace_back("video");
  new_call().propose(address, media);
  start_offer();
}

void Participant::try_direct_call() {
  if (waiting_to_call_.empty()) return;
  const bool full = waiting_to_call_.find('/') != std::string::npos;
  const auto resource = full ? waiting_to_call_ : roster_.available_resource(waiting_to_call_);
  if (!resource) return;
  waiting_to_call_.clear();
  measurements_.times.start = now();
  new_call().initiate(*resource);
  start_offer();
}

void Participant::start_offer() {
  const auto offered = media_->offer();
  if (offered) return;
  failures_.push_back(offered.error().subject);
  hang_up("failed-application");
}

void Participant::take_progress(const std::string& step) {
  report_.event(step, {{"peer", jingle_->peer()}});
  auto& times = measurements_.times;
  if (step == "proceed" && !times.proceed) times.proceed = now();
  if (step == "accept" && !times.accept) times.accept = now();
}

void Participant::take(CallEvent event) {
  if (const auto* progress = std::get_if<CallProgress>(&event)) take_progress(progress->step);
  if (const auto* answer = std::get_if<RemoteAnswer>(&event); answer && media_) media_->take_answer(answer->sdp);
  if (const auto* offer = std::get_if<RemoteOffer>(&event); offer && media_) {
    const auto answered = media_->answer(offer->sdp);
    if (!answered) {
      failures_.push_back(answered.error().subject);
      hang_up("failed-application");
    }
  }
  if (const auto* candidate = std::get_if<RemoteCandidate>(&event); candidate && media_) {
    media_->add_candidate(candidate->media, candidate->line);
  }
  if (const auto* ended = std::get_if<CallEnded>(&event)) {
    report_.event("ended", {{"reason", ended->reason}, {"by_peer", ended->by_peer}});
    measurements_.times.end = now();
    write_snapshot();
    media_.reset();
    call_over_ = true;
    if (ended->by_peer && !measurements_.times.accept)
      failures_.push_back("The call was refused: " + ended->reason + ".");
  }
}

void Participant::take(MediaEvent event) {
  if (auto* frame = std::get_if<FrameArrived>(&event)) return measurements_.take(std::move(*frame));
  if (const auto* sound = std::get_if<SoundArrived>(&event)) return measurements_.take(*sound);
  if (const auto* statistics = std::get_if<Statistics>(&event)) return measurements_.take(*statistics);
  if (!jingle_ || jingle_->over()) return;
  if (const auto* local = std::get_if<LocalDescription>(&event)) jingle_->set_local_description(local->sdp);
  if (const auto* candidate = std::get_if<LocalCandidate>(&event)) {
    jingle_->add_local_candidate(candidate->media, candidate->line);
  }
  if (const auto* connected = std::get_if<MediaConnected>(&event); connected) {
    if (!measurements_.times.connected) measurements_.times.connected = connected->at;
    report_.event("connected");
  }
  if (const auto* failed = std::get_if<MediaFailed>(&event)) {
    failures_.push_back(failed->sentence);
    hang_up("connectivity-error");
  }
}

void Participant::hang_up(const std::string& reason) {
  waiting_to_call_.clear();
  if (jingle_) jingle_->end(reason);
  for (auto& event : std::exchange(call_events_, {})) take(std::move(event));
}

void Participant::write_snapshot() {
  if (options_.snapshot.empty() || !measurements_.picture()) return;
  const auto wrong = write_png(measurements_.picture(), options_.snapshot);
  if (!wrong.empty()) report_.event("snapshot-failed", {{"why", wrong}});
  next_snapshot_ = now() + options_.snapshot_every;
}

}  // namespace rollcall::probe
