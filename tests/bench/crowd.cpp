#include "tests/bench/crowd.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace rollcall::bench {
namespace {

using std::chrono::milliseconds;

constexpr int bad_one = 1;  ///< whom the faults befall
constexpr double bad_loss = 0.05;
constexpr int bad_kbit = 50;
constexpr int first_visitor = 1000;

Reel reel(const std::string& folder, const std::string& kind, int number, Packing packing) {
  return {load(folder + "/" + clip_name(kind, number)), packing, std::max(0, number)};
}

}  // namespace

Crowd::Crowd(daemon::EventLoop& loop, Desk& desk, const Scenario& scenario)
    : loop_(loop), desk_(desk), scenario_(scenario), player_(std::make_unique<Player>()) {
  const bool h264 = scenario.packing == Packing::h264;
  for (int number = 0; scenario.picture && number < picture_clips; ++number)
    films_.push_back(reel(scenario.clips, h264 ? "h264" : "vp8", number, scenario.packing));
  for (int number = 0; scenario.layers && number < picture_clips; ++number)
    low_films_.push_back(reel(scenario.clips, "low", number, Packing::vp8));
  for (int number = 0; number < talk_clips; ++number)
    talks_.push_back(reel(scenario.clips, "talk", number, Packing::opus));
  small_ = std::make_unique<Reel>(reel(scenario.clips, "small", -1, Packing::vp8));
  silent_ = std::make_unique<Reel>(reel(scenario.clips, scenario.dtx ? "dtx" : "silent", -1, Packing::opus));
  click_ = std::make_unique<Reel>(reel(scenario.clips, "click", -1, Packing::opus));
  if (scenario.webrtc) {
    mcu::transport::IoContext::Options options;
    options.addresses = {"127.0.0.1"};
    io_ = std::make_unique<mcu::transport::IoContext>(options);
  }
}

Crowd::~Crowd() {
  player_.reset();
  people_.clear();
  guests_.clear();
}

Participant::Settings Crowd::settings_of(int index) const {
  Participant::Settings one{.index = index, .name = "person " + std::to_string(index + 1), .webrtc = scenario_.webrtc};
  const bool visits = index >= first_visitor;
  one.picture = scenario_.picture;
  one.sends = !scenario_.quiet && (visits || index < scenario_.people - scenario_.listeners);
  one.levels = scenario_.levels;
  one.stored = index == std::max(0, scenario_.people - 1);
  one.packing = scenario_.packing;
  if (!visits && index >= scenario_.people - scenario_.others)
    one.packing = scenario_.packing == Packing::vp8 ? Packing::h264 : Packing::vp8;
  const auto number = static_cast<std::size_t>(index);
  if (scenario_.picture) one.film = &films_[number % films_.size()];
  if (scenario_.layers) one.low_film = &low_films_[number % low_films_.size()];
  // Who shares a clip is at another second of it, so that a barcode tells whose picture it is.
  one.film_start = index / picture_clips % clip_seconds * picture_rate;
  const bool talks = !visits && index < scenario_.talkers;
  one.voice = index == 0 ? click_.get() : talks ? &talks_[number % talks_.size()] : silent_.get();
  one.voice_start = index * 37;
  return one;
}

Participant& Crowd::make(int index) {
  auto& those = index >= first_visitor ? guests_ : people_;
  return *those.emplace_back(std::make_unique<Participant>(settings_of(index), io_.get()));
}

void Crowd::admit(Participant& one, std::function<void(std::string)> done) {
  desk_.create_leg(one.leg(), one.settings().name, one.offer(), [this, &one, done = std::move(done)](auto answer) {
    if (!answer) return done("the MCU refuses a leg: " + answer.error().subject);
    one.take_answer(*answer);
    player_->add(one);
    done("");
  });
}

void Crowd::gather(std::function<void(std::string)> done) {
  gather_from(0, std::move(done));
}

void Crowd::gather_from(int index, std::function<void(std::string)> done) {
  if (index == scenario_.people) return wait_for_open(std::move(done), 200);
  admit(make(index), [this, index, done = std::move(done)](const std::string& problem) mutable {
    if (!problem.empty()) return done(problem);
    gather_from(index + 1, std::move(done));
  });
}

void Crowd::wait_for_open(std::function<void(std::string)> done, int tries) {
  const auto is_in = [](const auto& one) { return one->gone() || one->open(); };
  if (std::ranges::all_of(people_, is_in) && std::ranges::all_of(guests_, is_in)) return done("");
  if (tries == 0) return done("not every transport was open after 10 s");
  timer_ = loop_.after(milliseconds(50), [this, done = std::move(done), tries]() mutable {
    auto keep = std::move(done);  // the timer that holds this closure is replaced below
    wait_for_open(std::move(keep), tries - 1);
  });
}

void Crowd::come_and_go(int rounds, std::function<void(int)> each, std::function<void()> done) {
  if (rounds == 0) return done();
  auto& one = make(first_visitor + ++visitors_);
  admit(one, [this, &one, rounds, each = std::move(each), done = std::move(done)](const std::string&) mutable {
    wait_for_open(
        [this, &one, rounds, each = std::move(each), done = std::move(done)](const std::string&) mutable {
          timer_ = loop_.after(milliseconds(60), [this, &one, rounds, each = std::move(each), done = std::move(done)] {
            const auto next = each;
            const auto last = done;
            desk_.destroy_leg(one.leg());
            one.leave();
            next(visitors_);
            come_and_go(rounds - 1, next, last);
          });
        },
        200);
  });
}

void Crowd::begin_fault() {
  auto& bad = *people_[std::min<std::size_t>(bad_one, people_.size() - 1)];
  switch (scenario_.fault) {
    case Fault::none:
      return;
    case Fault::churn:
      return churn();
    case Fault::loss:
      bad.line.loss = bad_loss;
      return;
    case Fault::thin:
      bad.line.kbit = bad_kbit;
      return;
    case Fault::vanish:
      return bad.vanish();
    case Fault::camera:
      bad.camera_on = false;
      return;
    case Fault::resize:
      return bad.show(*small_);
  }
}

void Crowd::churn() {
  if (visitor_ != nullptr) {
    desk_.destroy_leg(visitor_->leg());
    visitor_->leave();
    visitor_ = nullptr;
  } else {
    auto& one = make(first_visitor + ++visitors_);
    admit(one, [this, &one](const std::string&) { visitor_ = &one; });
  }
  churn_timer_ = loop_.after(milliseconds(500), [this] { churn(); });
}

void Crowd::begin() {
  (void)player_->worst_delay_ms();
  begin_ = std::chrono::steady_clock::now();
}

void Crowd::end() {
  end_ = std::chrono::steady_clock::now();
  churn_timer_.reset();
}

void Crowd::leave() {
  for (auto* those : {&people_, &guests_}) {
    for (auto& one : *those) {
      if (one->gone()) continue;
      desk_.destroy_leg(one->leg());
      one->leave();
    }
  }
  desk_.end_conference();
}

bool Crowd::is_other(const Participant& one) const {
  return scenario_.fault == Fault::none || scenario_.fault == Fault::churn || one.settings().index != bad_one;
}

std::string Crowd::figures() {
  const double delay = player_->worst_delay_ms();
  player_.reset();
  const double seconds = std::chrono::duration<double>(end_ - begin_).count();
  const auto picture_tick = std::chrono::nanoseconds(1'000'000'000 / picture_rate);
  Incoming::Counts worst;
  double fps = 1e9;
  double sound_rate = 1e9;
  int late_sounds = 0;
  int key_requests = 0;
  for (const auto& one : people_) {
    if (!is_other(*one)) continue;
    const auto pictures = one->pictures().counts(begin_, end_, picture_tick);
    const auto sounds = one->sounds().counts(begin_, end_, milliseconds(20));
    worst.late = std::max(worst.late, pictures.late);
    worst.key_frames = std::max(worst.key_frames, pictures.key_frames);
    worst.longest_gap_ms = std::max(worst.longest_gap_ms, pictures.longest_gap_ms);
    worst.bytes = std::max(worst.bytes, pictures.bytes);
    late_sounds = std::max(late_sounds, sounds.late);
    fps = std::min(fps, pictures.frames / seconds);
    sound_rate = std::min(sound_rate, static_cast<double>(sounds.packets) / seconds);
    key_requests += one->key_requests();
  }
  std::ostringstream out;
  out.precision(4);
  if (scenario_.picture)
    out << "late_frames=" << worst.late << " fps=" << fps << " key_frames=" << worst.key_frames
        << " longest_gap_ms=" << worst.longest_gap_ms
        << " out_kbit=" << static_cast<double>(worst.bytes) * 8 / seconds / 1000 << " key_requests=" << key_requests
        << " ";
  out << "sound_rate=" << sound_rate << " late_sounds=" << late_sounds << " generator_delay_ms=" << delay
      << " legs_ended=" << desk_.ended() << judged();
  return out.str();
}

std::string Crowd::judged() {
  Stage stage;
  stage.begin = begin_;
  stage.end = end_;
  for (int index = 0; index < scenario_.people; ++index) {
    const auto& one = *people_[static_cast<std::size_t>(index)];
    if (scenario_.quiet) continue;
    stage.senders.push_back(&one);
    if (is_other(one) && one.film()) stage.watched.push_back(&one);
  }
  if (stage.senders.empty()) return "";
  stage.clicker = people_.front().get();
  if (scenario_.fault != Fault::none && scenario_.people > bad_one) stage.bad = people_[bad_one].get();
  const auto& observer = *people_[static_cast<std::size_t>(scenario_.people - 1)];
  Judge judge(stage, films_, observer.settings().packing, scenario_.still);
  const Verdict verdict = judge.verdict(observer);
  std::ostringstream out;
  out.precision(4);
  if (scenario_.picture)
    out << " pictures=" << verdict.pictures << " latency_p50_ms=" << percentile(verdict.picture_ms, 0.5)
        << " latency_p95_ms=" << percentile(verdict.picture_ms, 0.95) << " lipsync_ms=" << verdict.lipsync_ms
        << " psnr_db=" << verdict.psnr_db << " frozen_tiles=" << verdict.frozen_tiles;
  out << " sound_p50_ms=" << percentile(verdict.sound_ms, 0.5) << " sound_p95_ms=" << percentile(verdict.sound_ms, 0.95)
      << " clicks=" << verdict.sound_ms.size();
  if (stage.bad != nullptr) {
    const double ended = desk_.ended() > 0 ? to_ms(desk_.last_end() - begin_) : 0;
    out << " bad_seen_ms=" << verdict.bad_seen_ms << " bad_ended_ms=" << ended;
  }
  out << " sound_back_ms=" << verdict.sound_back_ms;
  if (!verdict.sound_ms.empty()) out << " last_sound_ms=" << verdict.sound_ms.back();
  return out.str();
}

}  // namespace rollcall::bench
