#include "mcu/leg/leg.h"

#include "mcu/leg/leg_body.h"

namespace rollcall::mcu::leg {

Leg::Leg(model::LegId id, model::LegProfile profile, transport::IoContext& io, Post post, Sinks sinks,
         Callbacks callbacks)
    : body_(std::make_unique<Body>(std::move(id), profile, io, std::move(post), std::move(sinks),
                                   std::move(callbacks))) {}

Leg::~Leg() = default;

model::Expected<model::MediaDescription> Leg::answer(const model::MediaDescription& offer) {
  return body_->answer(offer);
}

model::Expected<model::MediaDescription> Leg::offer() {
  return body_->offer();
}

model::Expected<void> Leg::accept(const model::MediaDescription& answer) {
  return body_->accept(answer);
}

model::Expected<model::MediaDescription> Leg::change(const model::MediaDescription& offer) {
  return body_->change(offer);
}

void Leg::add_candidate(const std::string& mid, const model::IceCandidate& candidate) {
  body_->add_candidate(mid, candidate);
}

std::optional<gst::Coding> Leg::video_coding() const {
  return body_->coding(model::MediaKind::video);
}
std::optional<gst::Coding> Leg::audio_coding() const {
  return body_->coding(model::MediaKind::audio);
}

void Leg::send(const gst::PicturePtr& picture) {
  body_->send(picture);
}
void Leg::send(const gst::EncodedSound& sound) {
  body_->send(sound);
}

void Leg::set_wanted(std::optional<Wanted> wanted) {
  body_->set_wanted(wanted);
}

}  // namespace rollcall::mcu::leg
