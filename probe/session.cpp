#include "probe/session.h"

#include <cstdio>
#include <cstring>
#include <exception>
#include <utility>

namespace rollcall::probe {

Session::Session(SessionSettings settings)
    : settings_(std::move(settings)), connection_(xmpp_conn_new(strophe_context())) {
  if (settings_.address.find('/') == std::string::npos) settings_.address += "/probe";
  xmpp_conn_set_jid(connection_, settings_.address.c_str());
  xmpp_conn_set_pass(connection_, settings_.password.c_str());
  long flags = XMPP_CONN_FLAG_DISABLE_SM;
  if (!settings_.tls) flags |= XMPP_CONN_FLAG_DISABLE_TLS;
  if (settings_.tls) flags |= settings_.trust ? XMPP_CONN_FLAG_TRUST_TLS : XMPP_CONN_FLAG_MANDATORY_TLS;
  xmpp_conn_set_flags(connection_, flags);
  if (!settings_.authorities.empty()) xmpp_conn_set_cafile(connection_, settings_.authorities.c_str());
}

Session::~Session() {
  xmpp_conn_release(connection_);
}

bool Session::connect() {
  const char* host = settings_.host.empty() ? nullptr : settings_.host.c_str();
  return xmpp_connect_client(connection_, host, settings_.port, on_event, this) == XMPP_EOK;
}

void Session::run_once(Milliseconds longest) {
  xmpp_run_once(strophe_context(), static_cast<unsigned long>(longest.count()));
}

void Session::disconnect() {
  if (!connected_) return;
  on_disconnected = nullptr;
  xmpp_disconnect(connection_);
  const auto deadline = now() + Milliseconds{3000};
  while (!over_ && now() < deadline) run_once(Milliseconds{20});
}

void Session::send(const Stanza& stanza) {
  if (connected_) xmpp_send(connection_, stanza.get());
}

void Session::request(Stanza iq, Receive receive) {
  const auto id = new_id();
  iq.set("id", id);
  requests_[id] = std::move(receive);
  send(iq);
}

std::string Session::reason(int error, const xmpp_stream_error_t* stream_error) const {
  if (stream_error && stream_error->text) return std::string("The server ended the stream: ") + stream_error->text;
  if (stream_error) return "The server ended the stream (error " + std::to_string(stream_error->type) + ").";
  if (error != 0) return std::string("The connection to the server broke: ") + std::strerror(error) + ".";
  if (!ever_connected_) {
    return settings_.address +
           " could not log in: the server does not listen there, wants another password, or, over "
           "TLS, has a certificate that is not trusted (--trust takes any).";
  }
  return "The server closed the connection.";
}

void Session::on_event(xmpp_conn_t* connection, xmpp_conn_event_t event, int error, xmpp_stream_error_t* stream_error,
                       void* self) {
  auto* session = static_cast<Session*>(self);
  if (event == XMPP_CONN_CONNECT) {
    session->connected_ = session->ever_connected_ = true;
    session->address_ = xmpp_conn_get_bound_jid(connection);
    xmpp_handler_add(connection, on_any, nullptr, nullptr, nullptr, session);
    if (session->on_connected) session->on_connected();
    return;
  }
  session->connected_ = false;
  session->over_ = true;
  if (session->on_disconnected) session->on_disconnected(session->reason(error, stream_error));
}

int Session::on_any(xmpp_conn_t*, xmpp_stanza_t* stanza, void* self) {
  try {
    static_cast<Session*>(self)->take(Stanza::share(stanza));
  } catch (const std::exception& failure) {  // none may cross libstrophe
    std::fprintf(stderr, "rollcall-probe: a stanza was not dealt with: %s\n", failure.what());
  }
  return 1;
}

void Session::take(const Stanza& stanza) {
  const auto type = stanza.attribute("type");
  if (stanza.name() == "iq" && (type == "result" || type == "error")) {
    if (auto found = requests_.extract(stanza.attribute("id"))) return found.mapped()(stanza);
  }
  if (on_stanza) on_stanza(stanza);
}

}  // namespace rollcall::probe
