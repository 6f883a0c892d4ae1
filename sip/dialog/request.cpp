#include "sip/dialog/request.h"

#include <arpa/inet.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/msg_header.h>
#include <sofia-sip/su.h>
#include <strings.h>

#include <array>
#include <cstring>

#include "sip/dialog/keys.h"

namespace rollcall::sip::dialog {
namespace {

std::string text(const char* chars) {
  return chars == nullptr ? std::string() : std::string(chars);
}

std::string unquoted(const char* chars) {
  std::string value = text(chars);
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  return value;
}

std::string parameter(const msg_auth_t* header, const char* name) {
  return header->au_params == nullptr ? std::string() : unquoted(msg_params_find(header->au_params, name));
}

limits::Authorization authorization(const msg_auth_t* header) {
  return {.user = parameter(header, "username="),
          .realm = parameter(header, "realm="),
          .nonce = parameter(header, "nonce="),
          .uri = parameter(header, "uri="),
          .response = parameter(header, "response="),
          .qop = parameter(header, "qop="),
          .cnonce = parameter(header, "cnonce="),
          .nc = parameter(header, "nc="),
          .algorithm = parameter(header, "algorithm=")};
}

std::string type_of(const sip_t* sip) {
  return sip->sip_content_type == nullptr ? std::string() : text(sip->sip_content_type->c_type);
}

bool is_type(const sip_t* sip, const char* type) {
  return strcasecmp(type_of(sip).c_str(), type) == 0;
}

}  // namespace

std::string body_of(const sip_t* sip) {
  if (sip == nullptr || sip->sip_payload == nullptr || sip->sip_payload->pl_data == nullptr) return {};
  if (sip->sip_payload->pl_len > longest_body) return {};
  return {sip->sip_payload->pl_data, sip->sip_payload->pl_len};
}

std::optional<std::string> sdp_of(const sip_t* sip) {
  auto body = body_of(sip);
  if (body.empty() || !is_type(sip, "application/sdp")) return std::nullopt;
  return body;
}

std::string source_of(nua_t* nua) {
  msg_t* message = nua_current_request(nua);
  if (message == nullptr) return {};
  const su_sockaddr_t* address = msg_addr(message);
  std::array<char, INET6_ADDRSTRLEN> out{};
  const void* bytes = address->su_family == AF_INET6 ? static_cast<const void*>(&address->su_sin6.sin6_addr)
                                                     : static_cast<const void*>(&address->su_sin.sin_addr);
  return text(inet_ntop(address->su_family, bytes, out.data(), out.size()));
}

Invite invite_of(const sip_t* sip) {
  Invite invite;
  invite.secure = sip->sip_via != nullptr && strcasecmp(text(sip->sip_via->v_protocol).c_str(), "SIP/2.0/TLS") == 0;
  invite.called = text(sip->sip_request->rq_url->url_user);
  if (sip->sip_to != nullptr) invite.to = text(sip->sip_to->a_url->url_user);
  if (const auto* from = sip->sip_from) {
    invite.caller = text(from->a_url->url_user);
    if (invite.caller.find_first_not_of("0123456789+*#") != std::string::npos)
      invite.caller += "@" + text(from->a_url->url_host);
    invite.name = unquoted(from->a_display);
  }
  if (sip->sip_call_id != nullptr) invite.call_id = text(sip->sip_call_id->i_id);
  for (const msg_auth_t* header : {sip->sip_authorization, sip->sip_proxy_authorization}) {
    for (; header != nullptr; header = header->au_next) {
      if (strcasecmp(text(header->au_scheme).c_str(), "Digest") == 0)
        invite.authorizations.push_back(authorization(header));
    }
  }
  invite.sdp = sdp_of(sip);
  return invite;
}

std::optional<std::string> credentials(const sip_t* sip, const std::string& user, const std::string& password) {
  if (sip == nullptr || user.empty()) return std::nullopt;
  const msg_auth_t* header =
      sip->sip_www_authenticate != nullptr ? sip->sip_www_authenticate : sip->sip_proxy_authenticate;
  if (header == nullptr) return std::nullopt;
  return "Digest:\"" + parameter(header, "realm=") + "\":" + user + ":" + password;
}

std::string keys_of(const sip_t* sip) {
  if (is_type(sip, "application/dtmf-relay")) return keys_of_relay(body_of(sip));
  if (is_type(sip, "application/dtmf")) return plain_keys(body_of(sip));
  return {};
}

bool wants_picture(const sip_t* sip) {
  return is_type(sip, "application/media_control+xml") && body_of(sip).find("picture_fast_update") != std::string::npos;
}

}  // namespace rollcall::sip::dialog
