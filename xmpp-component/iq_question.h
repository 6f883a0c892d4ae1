#pragma once

#include <memory>
#include <string>

#include "allocator/model/address.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component {

/// An iq of type get with one empty element in it.
[[nodiscard]] inline std::unique_ptr<gloox::Tag> question(const model::Address& from, const model::Address& to,
                                                          const std::string& name, const std::string& space) {
  auto iq = std::make_unique<gloox::Tag>("iq");
  iq->addAttribute("type", "get");
  iq->addAttribute("from", from.text());
  iq->addAttribute("to", to.text());
  stanza::add_child(*iq, name, space);
  return iq;
}

}  // namespace rollcall::component
