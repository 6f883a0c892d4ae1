// What a door says, to sofia.
#include <sofia-sip/auth_digest.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_glib.h>
#include <sofia-sip/su_tag.h>
#include <sofia-sip/tport_tag.h>

#include <utility>

#include "sip/dialog/core.h"

namespace rollcall::sip::dialog {
namespace {

constexpr const char* allowed = "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, INFO, UPDATE";
constexpr const char* sdp_type = "application/sdp";

su_root_t* new_root() {
  su_init();
  su_root_t* root = su_glib_root_create(nullptr);
  if (root == nullptr) throw Stack::CannotListen("sofia-sip cannot be started");
  su_root_threading(root, 0);
  return root;
}

}  // namespace

Stack::Core::Core(daemon::EventLoop& loop, const Settings& settings, Events events)
    : loop_(loop),
      events_(std::move(events)),
      contact_("<sip:" + settings.listen + ">;isfocus"),
      tls_contact_("<sip:" + settings.tls_listen + ";transport=tls>;isfocus"),
      session_expires_(std::to_string(settings.session_seconds)),
      listen_(settings.listen),
      trusted_(settings.trusted.begin(), settings.trusted.end()) {
  const std::string& own = settings.listen.empty() ? settings.tls_listen : settings.listen;
  own_host_ = own.substr(0, own.rfind(':'));
  root_ = new_root();
  source_ = su_glib_root_gsource(root_);
  g_source_attach(source_, loop.context());
  const std::string url = "sip:" + settings.listen;
  const std::string tls_url = "sips:" + settings.tls_listen;
  nua_ = nua_create(root_, &Core::on_event, reinterpret_cast<nua_magic_t*>(this),
                    TAG_IF(!settings.listen.empty(), NUTAG_URL(url.c_str())),
                    TAG_IF(settings.listen.empty(), NUTAG_URL(tls_url.c_str())),
                    TAG_IF(!settings.tls_listen.empty(), NUTAG_SIPS_URL(tls_url.c_str())),
                    TAG_IF(!settings.tls_listen.empty(), NUTAG_CERTIFICATE_DIR(settings.tls_directory.c_str())),
                    NUTAG_MEDIA_ENABLE(0), NUTAG_AUTOACK(1), NUTAG_AUTOANSWER(0), NUTAG_AUTOALERT(0),
                    NUTAG_ENABLEMESSAGE(0), NUTAG_SESSION_TIMER(static_cast<unsigned>(settings.session_seconds)),
                    NUTAG_MIN_SE(90), NUTAG_UPDATE_REFRESH(1), NUTAG_OUTBOUND("no-validate no-options-keepalive"),
                    NUTAG_APPL_METHOD("UPDATE"), SIPTAG_ALLOW_STR(allowed),
                    SIPTAG_SUPPORTED_STR("timer, 100rel, replaces"), SIPTAG_USER_AGENT_STR("Rollcall"), TAG_END());
  if (nua_ == nullptr) {
    throw CannotListen("cannot listen for SIP at " + own + "; is the port in use, or the certificate not to be read?");
  }
  filter_strangers();
  strangers_timer_ = loop_.every(std::chrono::seconds(1), [this] { look_at_strangers(); });
}

Stack::Core::~Core() {
  for (auto& [number, line] : lines_) nua_handle_bind(line->handle, nullptr);
  for (auto& [name, registration] : registrations_) nua_handle_bind(registration->handle, nullptr);
  if (nua_ != nullptr && !done_) nua_destroy(nua_);
  g_source_destroy(source_);
  g_source_unref(source_);
}

void Stack::Core::end(std::function<void()> done) {
  done_ = [this, done = std::move(done)] { done(); };
  end_deadline_ = loop_.after(std::chrono::seconds(5), [this] { std::exchange(done_, [] {})(); });
  nua_shutdown(nua_);
}

void Stack::Core::add(const Registrar& registrar) {
  auto& slot = registrations_[registrar.name];
  slot = std::make_unique<Registration>();
  slot->registrar = registrar;
  register_now(*slot);
}

void Stack::Core::register_now(Registration& registration) {
  const auto& registrar = registration.registrar;
  const std::string address = "<sip:" + registrar.user + "@" + registrar.host + ">";
  if (registration.handle != nullptr) {
    nua_handle_bind(registration.handle, nullptr);
    nua_handle_destroy(registration.handle);
  }
  registration.authenticated = false;
  registration.handle = nua_handle(nua_, reinterpret_cast<nua_hmagic_t*>(static_cast<Bound*>(&registration)),
                                   SIPTAG_TO_STR(address.c_str()), SIPTAG_FROM_STR(address.c_str()), TAG_END());
  const std::string expires = std::to_string(registrar.expires);
  nua_register(registration.handle, NUTAG_REGISTRAR(registrar.uri.c_str()), NUTAG_M_USERNAME(registrar.user.c_str()),
               SIPTAG_EXPIRES_STR(expires.c_str()), TAG_END());
}

CallNumber Stack::Core::dial(const Target& target, const std::string& sdp) {
  const CallNumber number = ++last_;
  auto& line = *(lines_[number] = std::make_unique<Line>());
  line.number = number;
  line.state = Line::State::calling;
  line.tls = target.uri.find(";transport=tls") != std::string::npos;
  line.user = target.user;
  line.password = target.password;
  const std::string to = "<" + target.uri + ">";
  std::string from =
      "<sip:" + target.from + (target.from.empty() ? "" : "@") + (target.host.empty() ? own_host_ : target.host) + ">";
  if (!target.display.empty()) from = "\"" + target.display + "\" " + from;
  line.handle =
      nua_handle(nua_, reinterpret_cast<nua_hmagic_t*>(static_cast<Bound*>(&line)), NUTAG_URL(target.uri.c_str()),
                 SIPTAG_TO_STR(to.c_str()), SIPTAG_FROM_STR(from.c_str()), TAG_END());
  nua_invite(line.handle, TAG_IF(!target.route.empty(), NUTAG_INITIAL_ROUTE_STR(target.route.c_str())),
             SIPTAG_CONTACT_STR(contact(line.tls).c_str()), SIPTAG_CONTENT_TYPE_STR(sdp_type),
             SIPTAG_PAYLOAD_STR(sdp.c_str()), TAG_END());
  return number;
}

void Stack::Core::ring(CallNumber call) {
  auto* line = find(call);
  if (line == nullptr || line->state != Line::State::invited) return;
  nua_respond(line->handle, SIP_180_RINGING, SIPTAG_CONTACT_STR(contact(line->tls).c_str()), TAG_END());
}

void Stack::Core::accept(CallNumber call, const std::string& sdp) {
  auto* line = find(call);
  if (line == nullptr || line->state == Line::State::dropped) return;
  if (line->update) return answer_update(*line, SIP_200_OK, sdp);
  if (line->state == Line::State::invited) line->state = Line::State::established;
  nua_respond(line->handle, SIP_200_OK, SIPTAG_CONTACT_STR(contact(line->tls).c_str()),
              SIPTAG_CONTENT_TYPE_STR(sdp_type), SIPTAG_PAYLOAD_STR(sdp.c_str()), TAG_END());
}

void Stack::Core::refuse(CallNumber call, int status, const std::string& phrase) {
  auto* line = find(call);
  if (line == nullptr || line->state == Line::State::dropped) return;
  if (line->update) return answer_update(*line, status, phrase.c_str(), {});
  const bool initial = line->state == Line::State::invited;
  nua_respond(line->handle, status, phrase.c_str(), TAG_END());
  if (initial) forget(*line);
}

void Stack::Core::answer_update(Line& line, int status, const char* phrase, const std::string& sdp) {
  nua_saved_event_t saved = *std::exchange(line.update, std::nullopt);
  nua_respond(line.handle, status, phrase, NUTAG_WITH_SAVED(&saved), SIPTAG_CONTACT_STR(contact(line.tls).c_str()),
              TAG_IF(!sdp.empty(), SIPTAG_CONTENT_TYPE_STR(sdp_type)),
              TAG_IF(!sdp.empty(), SIPTAG_PAYLOAD_STR(sdp.c_str())), TAG_END());
  nua_destroy_event(&saved);
}

void Stack::Core::challenge(CallNumber call, const std::string& realm, const std::string& nonce, bool stale) {
  auto* line = find(call);
  if (line == nullptr || line->state != Line::State::invited) return;
  const std::string header = "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\"" +
                             (stale ? ", stale=true" : "");
  nua_respond(line->handle, SIP_401_UNAUTHORIZED, SIPTAG_WWW_AUTHENTICATE_STR(header.c_str()), TAG_END());
  forget(*line);
}

void Stack::Core::offer(CallNumber call, const std::string& sdp) {
  auto* line = find(call);
  if (line == nullptr || line->state != Line::State::established) return;
  line->offering = true;
  nua_invite(line->handle, SIPTAG_CONTACT_STR(contact(line->tls).c_str()), SIPTAG_CONTENT_TYPE_STR(sdp_type),
             SIPTAG_PAYLOAD_STR(sdp.c_str()), TAG_END());
}

void Stack::Core::hang_up(CallNumber call, const std::string& reason) {
  auto* line = find(call);
  if (line == nullptr || line->state == Line::State::dropped) return;
  const std::string header = "SIP;cause=200;text=\"" + reason + "\"";
  const auto state = std::exchange(line->state, Line::State::dropped);
  if (state == Line::State::invited) {
    nua_respond(line->handle, SIP_480_TEMPORARILY_UNAVAILABLE, TAG_END());
    return forget(*line);
  }
  if (state == Line::State::calling) {
    nua_cancel(line->handle, TAG_END());
  } else {
    nua_bye(line->handle, SIPTAG_REASON_STR(header.c_str()), TAG_END());
  }
}

Line* Stack::Core::find(CallNumber call) {
  const auto found = lines_.find(call);
  return found == lines_.end() ? nullptr : found->second.get();
}

void Stack::Core::forget(Line& line) {
  if (line.update) nua_destroy_event(&*line.update);
  nua_handle_bind(line.handle, nullptr);
  nua_handle_destroy(line.handle);
  lines_.erase(line.number);
}

Stack::Stack(daemon::EventLoop& loop, const Settings& settings, Events events)
    : core_(std::make_unique<Core>(loop, settings, std::move(events))) {}
Stack::~Stack() = default;
void Stack::add(const Registrar& registrar) {
  core_->add(registrar);
}
void Stack::end(std::function<void()> done) {
  core_->end(std::move(done));
}
CallNumber Stack::dial(const Target& target, const std::string& sdp) {
  return core_->dial(target, sdp);
}
void Stack::ring(CallNumber call) {
  core_->ring(call);
}
void Stack::accept(CallNumber call, const std::string& sdp) {
  core_->accept(call, sdp);
}
void Stack::refuse(CallNumber call, int status, const std::string& phrase) {
  core_->refuse(call, status, phrase);
}
void Stack::challenge(CallNumber call, const std::string& realm, const std::string& nonce, bool stale) {
  core_->challenge(call, realm, nonce, stale);
}
void Stack::offer(CallNumber call, const std::string& sdp) {
  core_->offer(call, sdp);
}
void Stack::hang_up(CallNumber call, const std::string& reason) {
  core_->hang_up(call, reason);
}

}  // namespace rollcall::sip::dialog
