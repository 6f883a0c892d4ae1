#pragma once

#include <functional>
#include <string>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/expected.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/presence.h"

namespace rollcall::component::presence {

/// What an address of our domain is. `domain` is the bare domain, `service` the contact that takes requests; every
/// other node is a conference, if it exists.
enum class ContactKind { domain, service, conference };

/// The names that are the same for the whole component.
struct Places {
  std::string domain;  ///< call.example.org
  std::string resource = "call";
  std::string service_node = "rollcall";
  std::string caps_node = "https://rollcall.example/caps";  ///< XEP-0115 §4: a URI of the software

  [[nodiscard]] ContactKind kind_of(const model::Address& address) const;
  /// The one full address that a contact is present from (JC-1); the domain itself has no resource.
  [[nodiscard]] model::Address present_as(const model::Address& address) const;
};

/// What each kind says about itself. Pure; made of Places alone, so that the caps in a presence and the answer to the
/// question about them can never differ.
class Discovery {
 public:
  explicit Discovery(Places places);

  [[nodiscard]] const Places& places() const { return places_; }
  /// The <c/> of the kind's presence (JC-3).
  [[nodiscard]] const stanza::Caps& caps(ContactKind kind) const;
  /// JC-4: for no node and for the caps' node, which is echoed. Refused with unknown_conference for any other.
  [[nodiscard]] model::Expected<stanza::DiscoInfo> info(ContactKind kind, const std::string& node) const;

 private:
  struct Entry {
    stanza::DiscoInfo info;
    stanza::Caps caps;
  };
  [[nodiscard]] const Entry& entry(ContactKind kind) const;
  [[nodiscard]] Entry make_entry(stanza::DiscoInfo info) const;

  Places places_;
  Entry domain_;
  Entry service_;
  Entry callable_;  // a conference
};

}  // namespace rollcall::component::presence
