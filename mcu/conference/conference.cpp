#include "mcu/conference/conference.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "mcu/conference/picture_class.h"
#include "mcu/encode/shedding.h"

namespace rollcall::mcu::conference {

using model::Expected;
using model::LegId;
using model::MediaDescription;
using model::Reason;
using model::refuse;

namespace {

constexpr int most_encoder_restarts = 3;

}  // namespace

Conference::Conference(std::string title, const Participant::Settings& settings, transport::IoContext& io,
                       GuardedPost::Post post, Callbacks callbacks)
    : title_(std::move(title)),
      settings_(settings),
      io_(io),
      post_(post),
      callbacks_(std::move(callbacks)),
      guarded_(std::move(post)) {
  mixing_ = std::make_unique<Mixing>(
      settings_.picture,
      Mixing::Callbacks{post_, [this](const std::string& id) { guarded_([this, id] { on_speaker(id); }); },
                        [this](const std::string& text) { guarded_([this, text] { on_encoder_failed(text); }); },
                        // Later, because it comes from within a change, in which a participant may be half gone.
                        [this](const std::string& id, std::optional<layout::Size> tile) {
                          guarded_([this, id, tile] { on_wanted(id, tile); });
                        }});
  show_slate();
}

Conference::~Conference() {
  recorder_.reset();
  participants_.clear();
}

Expected<MediaDescription> Conference::add(const LegId& id, std::string name, const model::LegProfile& profile,
                                           const std::optional<MediaDescription>& offer) {
  assert(!holds(id));
  auto participant =
      std::make_unique<Participant>(id, std::move(name), profile, settings_, *mixing_, io_, post_, callbacks_for(id));
  auto ours = offer ? participant->leg().answer(*offer) : participant->leg().offer();
  if (ours) participants_.emplace(id, std::move(participant));
  shed(shed_);
  return ours;
}

Expected<void> Conference::accept(const LegId& id, const MediaDescription& answer) {
  const auto at = participants_.find(id);
  if (at == participants_.end()) return refuse(Reason::unknown_leg, id.text());
  return at->second->leg().accept(answer);
}

Expected<MediaDescription> Conference::change(const LegId& id, const MediaDescription& offer) {
  const auto at = participants_.find(id);
  if (at == participants_.end()) return refuse(Reason::unknown_leg, id.text());
  auto ours = at->second->leg().change(offer);
  if (ours) at->second->subscribe();
  return ours;
}

Expected<void> Conference::update(const LegId& id, const Participant::Change& change) {
  const auto at = participants_.find(id);
  if (at == participants_.end()) return refuse(Reason::unknown_leg, id.text());
  at->second->update(change);
  return {};
}

void Conference::arrange(const Arrange& arrange) {
  if (arrange.title) {
    title_ = *arrange.title;
    show_slate();
  }
  if (arrange.layout) mixing_->picture().set_layout(*arrange.layout);
  if (arrange.spotlight) mixing_->picture().set_spotlight(arrange.spotlight->text());
  if (arrange.presentation) mixing_->picture().set_presentation(arrange.presentation->text());
}

Expected<void> Conference::remove(const LegId& id) {
  if (!holds(id)) return refuse(Reason::unknown_leg, id.text());
  take_out(id);
  return {};
}

void Conference::refresh(const LegId& id) {
  const auto at = participants_.find(id);
  if (at != participants_.end()) at->second->refresh();
}

void Conference::add_candidate(const LegId& id, const std::string& mid, const model::IceCandidate& candidate) {
  const auto at = participants_.find(id);
  if (at != participants_.end()) at->second->leg().add_candidate(mid, candidate);
}

std::vector<LegId> Conference::legs() const {
  std::vector<LegId> ids;
  for (const auto& [id, participant] : participants_) ids.push_back(id);
  return ids;
}

Participant::Callbacks Conference::callbacks_for(const LegId& id) {
  return {[this, id] {
            show_slate();
            callbacks_.connected(id);
          },
          [this, id](Reason reason) { guarded_([this, id, reason] { on_ended(id, reason); }); },
          [this, id](const leg::Health& health) { callbacks_.health(id, health); },
          [this](const std::string& text) { callbacks_.failed(text); },
          [this, id](char key) {
            if (callbacks_.key) callbacks_.key(id, key);
          }};
}

void Conference::on_ended(const LegId& id, Reason reason) {
  if (!holds(id)) return;
  take_out(id);
  callbacks_.ended(id, reason);
}

void Conference::take_out(const LegId& id) {
  participants_.erase(id);
  shed(shed_);
  show_slate();
  const bool anybody = std::any_of(participants_.begin(), participants_.end(),
                                   [](const auto& entry) { return entry.second->connected(); });
  if (recorder_ && !anybody) end_recording("everybody has left");
}

/// How much is given up depends on how small everybody is anyway.
void Conference::shed(int level) {
  shed_ = level;
  mixing_->picture_encoders().set_effort(encode::effort_at(level, participants_.size()));
}

void Conference::show_slate() {
  const auto present = std::count_if(participants_.begin(), participants_.end(),
                                     [](const auto& entry) { return entry.second->connected(); });
  mixing_->picture().set_slate(title_, present == 0   ? "waiting for others"
                                       : present == 1 ? "you are the only one here"
                                                      : "");
}

Expected<std::string> Conference::start_recording(const std::string& name, std::chrono::system_clock::time_point now) {
  if (recorder_) return refuse(Reason::busy, title_);
  const auto path = record::create_file(settings_.recording, name, now);
  if (!path) return tl::unexpected(path.error());
  const auto whole = picture_classes(gst::Coding::vp8, settings_.picture, settings_.picture_kbit).front();
  recorder_ = std::make_unique<Recorder>(
      *mixing_, whole, *path,
      record::Recording::Limits{settings_.recording.longest, settings_.recording.most_megabytes * 1'000'000},
      [this](std::function<void()> task) { guarded_(std::move(task)); },
      [this](const std::string& reason) { end_recording(reason); });
  return path->string();
}

void Conference::end_recording(const std::string& reason) {
  const std::string file = recorder_->path().string();
  guarded_([this, file, reason] {  // it may be the recorder that calls
    if (!recorder_ || recorder_->path() != file) return;
    recorder_.reset();
    callbacks_.recording_ended(file, reason);
  });
}

void Conference::on_speaker(const std::string& id) {
  mixing_->set_speaker(id);
  callbacks_.speaker(id.empty() ? std::nullopt : std::optional(LegId(id)));
}

void Conference::on_wanted(const std::string& id, std::optional<layout::Size> tile) {
  const auto at = participants_.find(LegId(id));
  if (at != participants_.end()) at->second->show_at(tile);
}

void Conference::on_encoder_failed(const std::string& text) {
  callbacks_.failed(text);
  if (++encoder_restarts_ > most_encoder_restarts) return;
  for (const auto& [id, participant] : participants_) participant->unsubscribe_picture();
  for (const auto& [id, participant] : participants_) participant->subscribe();
}

}  // namespace rollcall::mcu::conference
