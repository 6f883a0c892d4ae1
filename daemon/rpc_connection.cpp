#include "daemon/rpc_connection.h"

#include <utility>

namespace rollcall::daemon {

using model::Reason;

RpcConnection::RpcConnection(EventLoop& loop, const Poco::Net::WebSocket& socket, Settings settings,
                             Callbacks callbacks)
    : loop_(loop),
      settings_(settings),
      callbacks_(std::make_shared<const Callbacks>(std::move(callbacks))),
      self_(std::make_shared<RpcConnection*>(this)),
      link_(loop, socket, settings.limits,
            {.text = [this](const std::string& text) { on_text(text); },
             .closed =
                 [this](const std::string& why) {
                   const auto keep = callbacks_;
                   fail_all();
                   keep->closed(why);
                 }}) {}

RpcConnection::~RpcConnection() {
  *self_ = nullptr;
  fail_all();
}

void RpcConnection::send(std::string text) {
  if (callbacks_->transcript) callbacks_->transcript(Direction::sent, text);
  link_.send(std::move(text));
}

void RpcConnection::request(std::string_view method, std::string_view params, Done done) {
  const long id = ++last_id_;
  auto timer = loop_.after(settings_.request_timeout, [this, id, subject = std::string(method)] {
    finish(id, model::refuse(Reason::timeout, subject));
  });
  pending_.emplace(id, Pending{std::move(done), std::move(timer)});
  send(control::envelope_request(id, method, params));
}

control::Responder RpcConnection::responder(std::optional<long> id) {
  return {id, [self = self_](std::string text) {
            if (*self != nullptr) (*self)->send(std::move(text));
          }};
}

void RpcConnection::on_text(const std::string& text) {
  last_heard_ = std::chrono::steady_clock::now();
  const auto keep = callbacks_;
  if (keep->transcript) keep->transcript(Direction::received, text);
  auto decoded = control::decode(text);
  if (auto* incoming = std::get_if<control::Incoming>(&decoded)) {
    keep->message(*incoming, responder(incoming->id));
  } else if (auto* answer = std::get_if<control::Answer>(&decoded)) {
    finish(answer->id, std::move(answer->result));
  } else {
    const auto& malformed = std::get<control::Malformed>(decoded);
    if (malformed.answer) send(control::envelope_error(malformed.id, malformed.refusal));
    keep->malformed(malformed.refusal.subject);
  }
}

/// An answer to a request that timed out, or to none at all, is dropped.
void RpcConnection::finish(long id, model::Expected<std::string> result) {
  auto node = pending_.extract(id);
  if (!node.empty()) node.mapped().done(std::move(result));
}

void RpcConnection::fail_all() {
  for (auto& [id, pending] : std::exchange(pending_, {})) {
    pending.done(model::refuse(Reason::connectivity, "the connection was lost before an answer"));
  }
}

}  // namespace rollcall::daemon
