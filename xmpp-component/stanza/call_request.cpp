#include "xmpp-component/stanza/call_request.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::size_t most_invitees = 49;
constexpr std::size_t longest_name = 200;

/// RFC 5122 §2.2: what may stand in the node and the domain as it is.
bool stands_for_itself(unsigned char c) {
  constexpr std::string_view marks = "-._~!$()*+,;=";
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter || marks.find(static_cast<char>(c)) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (stands_for_itself(byte)) {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return encoded;
}

}  // namespace

namespace {

model::Expected<model::Endpoint> read_endpoint(const gloox::Tag& tag) {
  const auto mode = model::mode_from_text(tag.findAttribute("mode"));
  if (!mode || *mode == model::CommunicationMode::computer) return model::refuse(model::Reason::bad_request, "mode");
  return model::address_for(*mode, tag.findAttribute("address")).map([&](std::string address) {
    return model::Endpoint{*mode, std::move(address)};
  });
}

}  // namespace

model::Expected<CallRequest> read_call_request(const gloox::Tag& call) {
  CallRequest request{.name = std::string(trimmed(call.findAttribute("name")))};
  if (request.name.size() > longest_name) return model::refuse(model::Reason::bad_request, "name is too long");
  for (const gloox::Tag* child : call.children()) {
    if (is(*child, "endpoint", call_namespace)) {
      auto endpoint = read_endpoint(*child);
      if (!endpoint) return tl::unexpected(endpoint.error());
      request.routes.endpoints.push_back(std::move(*endpoint));
    }
    if (request.routes.endpoints.size() > most_invitees) {
      return model::refuse(model::Reason::bad_request, "too many endpoints");
    }
    if (!is(*child, "invitee", call_namespace)) continue;
    auto address = model::Address::parse(child->findAttribute("jid"));
    if (!address) return tl::unexpected(address.error());
    if (child->hasAttribute("mode")) {
      const auto mode = model::mode_from_text(child->findAttribute("mode"));
      if (!mode) return model::refuse(model::Reason::bad_request, "mode");
      request.routes.by.insert_or_assign(address->bare(), *mode);
    }
    request.invitees.push_back(address->bare());
    if (request.invitees.size() > most_invitees) return model::refuse(model::Reason::bad_request, "too many invitees");
  }
  return request;
}

TagPtr write_call_request(const CallRequest& request) {
  TagPtr call = element("call", std::string(call_namespace));
  call->addAttribute("name", request.name);
  for (const model::Address& invitee : request.invitees) {
    gloox::Tag& tag = add_child(*call, "invitee");
    tag.addAttribute("jid", invitee.text());
    const auto mode = request.routes.by.find(invitee);
    if (mode != request.routes.by.end()) tag.addAttribute("mode", std::string(model::to_text(mode->second)));
  }
  for (const model::Endpoint& endpoint : request.routes.endpoints) {
    gloox::Tag& tag = add_child(*call, "endpoint");
    tag.addAttribute("mode", std::string(model::to_text(endpoint.mode)));
    tag.addAttribute("address", endpoint.address);
  }
  return call;
}

model::Expected<CallResult> read_call_result(const gloox::Tag& call) {
  const gloox::Tag* conference = child_of(call, "conference", call_namespace);
  if (conference == nullptr) return model::refuse(model::Reason::bad_request, "call without a conference");
  auto address = model::Address::parse(conference->findAttribute("jid"));
  if (!address) return tl::unexpected(address.error());
  return CallResult{std::move(*address), conference->findAttribute("link")};
}

TagPtr write_call_result(const CallResult& result) {
  TagPtr call = element("call", std::string(call_namespace));
  gloox::Tag& conference = add_child(*call, "conference");
  conference.addAttribute("jid", result.conference.text());
  conference.addAttribute("uri", xmpp_uri(result.conference));
  conference.addAttribute("link", result.link);
  return call;
}

std::string xmpp_uri(const model::Address& address) {
  const std::string domain = percent_encoded(address.domain());
  return "xmpp:" + (address.node().empty() ? domain : percent_encoded(address.node()) + "@" + domain);
}

}  // namespace rollcall::component::stanza
