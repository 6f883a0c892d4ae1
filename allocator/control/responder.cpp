#include <utility>

#include "allocator/control/codec.h"

namespace rollcall::control {

Responder::Responder(std::optional<long> id, Send send) : id_(id), send_(std::move(send)) {}

Responder::Responder(Responder&& other) noexcept
    : id_(std::exchange(other.id_, std::nullopt)), send_(std::exchange(other.send_, nullptr)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
  Responder old(std::move(*this));  // answers its own request on the way out
  id_ = std::exchange(other.id_, std::nullopt);
  send_ = std::exchange(other.send_, nullptr);
  return *this;
}

Responder::~Responder() {
  refuse({model::Reason::internal, "nobody answered this request"});
}

void Responder::refuse(const model::Refusal& refusal) {
  const auto id = std::exchange(id_, std::nullopt);
  const auto send = std::exchange(send_, nullptr);
  if (id && send) send(envelope_error(*id, refusal));
}

void Responder::finish_with_result(std::string json) {
  const auto id = std::exchange(id_, std::nullopt);
  const auto send = std::exchange(send_, nullptr);
  if (id && send) send(envelope_result(*id, json));
}

}  // namespace rollcall::control
