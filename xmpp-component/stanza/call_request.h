// <call xmlns='urn:rollcall:call:0'/>: how the author of a client asks for a conference in one iq, without ad-hoc
// commands. schemas/xmpp/call.xsd is its definition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/expected.h"
#include "allocator/model/modes.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view call_namespace = "urn:rollcall:call:0";

/// An iq set to the service: make a conference (of this name, or of a name of its own choice) and invite these people.
struct CallRequest {
  std::string name = {};
  std::vector<model::Address> invitees = {};
  model::Routes routes = {};  ///< by which modes, and who is named by an address of another kind
  bool operator==(const CallRequest&) const = default;
};

/// Its result: where the conference is.
struct CallResult {
  model::Address conference;
  std::string link = {};  ///< https, for people without a client that can call; may be missing
  bool operator==(const CallResult&) const = default;
};

/// `call` is the <call/>. Refuses bad_request (more than 49 invitees, a name over 200 bytes, an unknown mode) and
/// bad_address.
[[nodiscard]] model::Expected<CallRequest> read_call_request(const gloox::Tag& call);
[[nodiscard]] TagPtr write_call_request(const CallRequest& request);
[[nodiscard]] model::Expected<CallResult> read_call_result(const gloox::Tag& call);
/// With the conference's xmpp: URI (RFC 5122) made from its address.
[[nodiscard]] TagPtr write_call_result(const CallResult& result);

/// `xmpp:team@call.example.org`, with what a URI cannot hold in percent-encoding.
[[nodiscard]] std::string xmpp_uri(const model::Address& address);

}  // namespace rollcall::component::stanza
