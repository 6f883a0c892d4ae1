#include "probe/participant.h"

#include <iostream>
#include <utility>

#include "probe/picture.h"

namespace rollcall::probe {
namespace {

constexpr Milliseconds turn{10};
constexpr Milliseconds statistics_every{1000};
constexpr Milliseconds last_statistics{500};
constexpr int unavailable = 69;

std::vector<int> listened_tones(const Expectations& expected) {
  auto tones = expected.tones;
  tones.insert(tones.end(), expected.forbidden_tones.begin(), expected.forbidden_tones.end());
  return tones;
}

}  // namespace

Participant::Participant(Options options, Report& report)
    : options_(std::move(options)),
      report_(report),
      disco_(options_.media.bundle),
      session_(options_.session),
      roster_([this](const Stanza& stanza) { session_.send(stanza); }),
      measurements_(options_.expectations.colours, listened_tones(options_.expectations), report) {
  session_.on_connected = [this] { log_in(); };
  session_.on_stanza = [this](const Stanza& stanza) { take(stanza); };
  session_.on_disconnected = [this](const std::string& why) {
    failures_.push_back(why);
    disconnected_ = true;
  };
  roster_.on_presence = [this](const Presence& presence) { take_presence(presence); };
  roster_.on_item = [this](const std::string& address, const std::string& subscription, const std::string& name) {
    if (!options_.watch) return;
    report_.event("contact", {{"address", address}, {"subscription", subscription}, {"name", name}});
  };
}

int Participant::run(const volatile std::sig_atomic_t& stop) {
  if (!session_.connect()) {
    std::cerr << "rollcall-probe: There is no way to the server of " << options_.session.address << ".\n";
    return unavailable;
  }
  while (stop == 0 && !done()) {
    session_.run_once(turn);
    tick();
  }
  say_goodbye();
  if (!logged_in_ && !disconnected_) failures_.emplace_back("The server did not let us in within the time.");
  const auto sentences = unmet_now();
  report_.final_report(measurements_, sentences);
  for (const auto& sentence : sentences) std::cerr << "rollcall-probe: " << sentence << "\n";
  if (!logged_in_) return unavailable;
  return sentences.empty() ? 0 : 1;
}

void Participant::tick() {
  for (auto& event : std::exchange(call_events_, {})) take(std::move(event));
  if (media_) media_->poll(now());
  for (auto& event : media_events_.take()) take(std::move(event));
  if (!media_ || !measurements_.anything_received()) return;
  if (!next_statistics_ || now() >= *next_statistics_) {
    media_->ask_statistics();
    next_statistics_ = now() + statistics_every;
  }
  if (options_.figures_every > Milliseconds{0} && now() >= next_figures_) {
    report_.figures(measurements_);
    next_figures_ = now() + options_.figures_every;
  }
  const bool again = options_.snapshot_every > Milliseconds{0} && next_snapshot_ && now() >= *next_snapshot_;
  if (!next_snapshot_ || again) write_snapshot();
}

std::vector<std::string> Participant::unmet_now() const {
  auto sentences = failures_;
  const auto of_call = unmet(options_.expectations, measurements_);
  sentences.insert(sentences.end(), of_call.begin(), of_call.end());
  if (!options_.expected_reply.empty() && !reply_seen_) {
    sentences.push_back("No reply matched '" + options_.expected_reply + "'.");
  }
  return sentences;
}

bool Participant::done() const {
  if (disconnected_) return true;
  if (options_.stay) return false;
  if (!logged_in_) return now() > options_.patience;
  if (options_.until_met && (options_.expectations.call || !options_.expected_reply.empty()) && unmet_now().empty()) {
    return true;
  }
  if (!options_.expectations.call) {
    if (options_.expected_reply.empty()) return now() - *logged_in_ > options_.duration;
    return reply_seen_ || now() - *logged_in_ > options_.patience;
  }
  if (call_over_) return true;
  const auto first_sound = measurements_.times.first_sound;
  const auto first = first_sound ? first_sound : measurements_.frames().first();
  return first ? now() - *first > options_.duration : now() - *logged_in_ > options_.patience;
}

/// The last figures are asked for before the media go.
void Participant::take_last_statistics() {
  if (!media_ || !measurements_.anything_received()) return;
  media_->ask_statistics();
  const auto deadline = now() + last_statistics;
  while (now() < deadline) {
    for (auto& event : media_events_.take()) {
      const bool last = std::holds_alternative<Statistics>(event);
      take(std::move(event));
      if (last) return;
    }
    session_.run_once(turn);
  }
}

void Participant::say_goodbye() {
  take_last_statistics();
  write_snapshot();
  hang_up("success");
  if (logged_in_ && !disconnected_) session_.send(Stanza("presence", {}, {{"type", "unavailable"}}));
  session_.disconnect();
}

}  // namespace rollcall::probe
