#include "mcu/conference/watching.h"

#include <exception>
#include <utility>

namespace rollcall::mcu::conference {
namespace {

/// So long he may still be setting up, and not have been able to decode what he was sent.
constexpr std::chrono::seconds newcomer(3);

std::vector<int> rates_of(const std::vector<encode::PictureClass>& classes) {
  std::vector<int> kbit;
  for (const auto& one : classes) kbit.push_back(one.kbit);
  return kbit;
}

}  // namespace

Watching::Watching(encode::PictureEncoders& encoders, const Settings& settings, const GuardedPost::Post& post,
                   encode::SendPicture send, std::function<void(const std::string& text)> failed)
    : settings_(settings), failed_(std::move(failed)), feed_(encoders, post, std::move(send)) {}

void Watching::begin(std::optional<gst::Coding> coding, Time now) {
  if (coding && (coding != coding_ || !choice_)) {
    classes_ = picture_classes(*coding, settings_.picture, settings_.picture_kbit);
    choice_.emplace(rates_of(classes_), settings_.ceiling_kbit, now);
  }
  coding_ = coding;
  watch(now);
  // A direction that was opened again starts with nothing to decode from.
  began_ = now;
  feed_.ask_key_frame(encode::KeyFrameAsk::join);
}

void Watching::stop() {
  coding_.reset();
  feed_.want(std::nullopt);
}

void Watching::watch(Time now) {
  std::optional<encode::PictureClass> wanted;
  if (coding_ && !choice_->none()) wanted = classes_[choice_->place()];
  if (wanted == feed_.wanted()) return;
  asks_.clear();
  began_ = now;
  try {
    feed_.want(wanted);
  } catch (const std::exception& problem) {
    coding_.reset();  // not to be tried again each second
    failed_(problem.what());
  }
}

void Watching::on_key_frame_wanted(Time now) {
  const bool new_here = now - began_ < newcomer;
  if (!new_here) asks_.ask(now);
  feed_.ask_key_frame(new_here ? encode::KeyFrameAsk::join : encode::KeyFrameAsk::repair);
}

void Watching::on_health(const leg::Health& health, Time now) {
  if (!choice_ || !coding_) return;
  choice_->look({health.estimate_kbit, health.send_loss, asks_.count(now)}, now);
  watch(now);
}

}  // namespace rollcall::mcu::conference
