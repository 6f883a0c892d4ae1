#pragma once

#include <gloox/tag.h>

#include <functional>
#include <memory>
#include <string>

namespace rollcall::component::stream {

/// An iq of type get or set that somebody sent to us, and the duty to answer it (RFC 6120 §8.2.3). Whoever holds it
/// last and did not answer has answered `service-unavailable` by letting it go. The answer comes from the address that
/// was asked, because servers cut the component off for anything else. May be kept for an answer given later, but must
/// not outlive its Stream. Loop thread.
class IqRequest {
 public:
  using Send = std::function<void(const gloox::Tag&)>;

  IqRequest(std::unique_ptr<gloox::Tag> iq, Send send);
  IqRequest(IqRequest&& other) noexcept;
  IqRequest& operator=(IqRequest&& other) noexcept;
  ~IqRequest();

  /// The whole iq. Valid for as long as this lives, answered or not.
  [[nodiscard]] const gloox::Tag& iq() const { return *iq_; }
  /// The iq's one payload, or nullptr where the sender broke RFC 6120 §8.2.3 rule 4.
  [[nodiscard]] const gloox::Tag* payload() const;
  [[nodiscard]] std::string from() const;
  [[nodiscard]] std::string to() const;
  [[nodiscard]] bool is_set() const;
  [[nodiscard]] bool is_answered() const { return !send_; }

  /// An empty result. Answering twice is a bug, here and below.
  void result();
  void result(std::unique_ptr<gloox::Tag> payload);
  /// `error` is a whole <error/> element.
  void error(std::unique_ptr<gloox::Tag> error);
  /// A stanza error of RFC 6120 §8.3.3: error("cancel", "item-not-found", "There is no such conference.").
  void error(const std::string& type, const std::string& condition, const std::string& text = {});

 private:
  void answer(const std::string& type, std::unique_ptr<gloox::Tag> payload);
  void answer_if_nobody_did() noexcept;

  std::unique_ptr<gloox::Tag> iq_;
  Send send_;  // empty once answered
};

}  // namespace rollcall::component::stream
