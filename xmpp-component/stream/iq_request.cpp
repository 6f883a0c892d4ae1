#include "xmpp-component/stream/iq_request.h"

#include <cassert>
#include <utility>

namespace rollcall::component::stream {
namespace {

constexpr auto stanzas_namespace = "urn:ietf:params:xml:ns:xmpp-stanzas";

std::unique_ptr<gloox::Tag> error_element(const std::string& type, const std::string& condition,
                                          const std::string& text) {
  auto error = std::make_unique<gloox::Tag>("error", "type", type);
  (new gloox::Tag(error.get(), condition))->setXmlns(stanzas_namespace);
  if (!text.empty()) (new gloox::Tag(error.get(), "text", text))->setXmlns(stanzas_namespace);
  return error;
}

}  // namespace

IqRequest::IqRequest(std::unique_ptr<gloox::Tag> iq, Send send) : iq_(std::move(iq)), send_(std::move(send)) {
  assert(iq_ && send_);
}

IqRequest::IqRequest(IqRequest&& other) noexcept
    : iq_(std::move(other.iq_)), send_(std::exchange(other.send_, nullptr)) {}

IqRequest& IqRequest::operator=(IqRequest&& other) noexcept {
  if (this != &other) {
    answer_if_nobody_did();
    iq_ = std::move(other.iq_);
    send_ = std::exchange(other.send_, nullptr);
  }
  return *this;
}

IqRequest::~IqRequest() {
  answer_if_nobody_did();
}

const gloox::Tag* IqRequest::payload() const {
  const gloox::TagList& children = iq_->children();
  return children.size() == 1 ? children.front() : nullptr;
}

std::string IqRequest::from() const {
  return iq_->findAttribute("from");
}

std::string IqRequest::to() const {
  return iq_->findAttribute("to");
}

bool IqRequest::is_set() const {
  return iq_->findAttribute("type") == "set";
}

void IqRequest::result() {
  answer("result", nullptr);
}

void IqRequest::result(std::unique_ptr<gloox::Tag> payload) {
  answer("result", std::move(payload));
}

void IqRequest::error(std::unique_ptr<gloox::Tag> error) {
  answer("error", std::move(error));
}

void IqRequest::error(const std::string& type, const std::string& condition, const std::string& text) {
  answer("error", error_element(type, condition, text));
}

void IqRequest::answer(const std::string& type, std::unique_ptr<gloox::Tag> payload) {
  assert(!is_answered());
  const Send send = std::exchange(send_, nullptr);
  gloox::Tag answer("iq", "type", type);
  answer.addAttribute("id", iq_->findAttribute("id"));
  answer.addAttribute("from", to());
  answer.addAttribute("to", from());
  if (payload) answer.addChild(payload.release());
  send(answer);
}

void IqRequest::answer_if_nobody_did() noexcept {
  if (!is_answered()) error("cancel", "service-unavailable");
}

}  // namespace rollcall::component::stream
