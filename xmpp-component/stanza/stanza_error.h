// <error/> of RFC 6120 §8.3: how a refusal looks to a Jabber client.
#pragma once

#include <string>

#include "allocator/model/refusal.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

struct StanzaError {
  std::string type;       ///< auth, cancel, continue, modify, wait
  std::string condition;  ///< item-not-found, …
  std::string text = {};  ///< for people
  bool operator==(const StanzaError&) const = default;
};

/// The one place where a reason becomes a stanza error.
[[nodiscard]] StanzaError stanza_error_of(model::Reason reason);
/// A whole <error/> for IqRequest::error(); `text` is for people.
[[nodiscard]] TagPtr write_error(const model::Refusal& refusal, const std::string& text = {});
[[nodiscard]] TagPtr write_error(const StanzaError& error);
/// From a stanza of type error. What is missing there is undefined-condition.
[[nodiscard]] StanzaError read_error(const gloox::Tag& stanza);

}  // namespace rollcall::component::stanza
