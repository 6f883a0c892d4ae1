// What sofia says, to the door. No exception may cross sofia: the events' receivers throw none that they can help, and
// one that comes is a bug and ends the process.
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_tag.h>

#include <utility>

#include "sip/dialog/core.h"
#include "sip/dialog/request.h"

namespace rollcall::sip::dialog {
namespace {

constexpr std::chrono::seconds register_again{30};

}  // namespace

void Stack::Core::on_event(nua_event_t event, int status, const char* phrase, nua_t* nua, nua_magic_t* magic,
                           nua_handle_t* handle, nua_hmagic_t* bound, const sip_t* sip, tagi_t* /*tags*/) {
  auto& core = *reinterpret_cast<Core*>(magic);
  const Heard heard{event, status, phrase == nullptr ? "" : phrase, handle, sip};
  if (event == nua_r_shutdown) {
    if (status < 200) return;
    // Not from within sofia: it is to be destroyed then.
    core.loop_.post([&core, nua] {
      if (!core.done_) return;
      if (std::exchange(core.nua_, nullptr) != nullptr) nua_destroy(nua);
      std::exchange(core.done_, [] {})();
    });
    return;
  }
  auto* target = reinterpret_cast<Bound*>(bound);
  if (auto* line = dynamic_cast<Line*>(target)) {
    core.hear(*line, heard);
  } else if (auto* registration = dynamic_cast<Registration*>(target)) {
    core.hear(*registration, heard);
  } else if (handle != nullptr) {
    core.hear_stranger(heard);
  }
}

/// Every request outside of a call makes a handle, which is ours to destroy.
void Stack::Core::hear_stranger(const Heard& heard) {
  if (heard.status < 200) count_stranger();
  if (heard.event == nua_i_invite && heard.sip != nullptr && heard.status < 200) return invited(heard);
  switch (heard.event) {
    case nua_i_options:
    case nua_i_message:
    case nua_i_info:
    case nua_i_register:
    case nua_i_publish:
    case nua_i_subscribe:
    case nua_i_notify:
    case nua_i_refer:
    case nua_i_method:
    case nua_i_update:
      return nua_handle_destroy(heard.handle);
    default:  // sofia's own enum
      return;
  }
}

void Stack::Core::invited(const Heard& heard) {
  const CallNumber number = ++last_;
  auto& line = *(lines_[number] = std::make_unique<Line>());
  line.number = number;
  line.handle = heard.handle;
  nua_handle_bind(heard.handle, reinterpret_cast<nua_hmagic_t*>(static_cast<Bound*>(&line)));
  Invite invite = invite_of(heard.sip);
  invite.ip = source_of(nua_);
  invite.call = number;
  line.tls = invite.secure;
  line.ip = invite.ip;
  line.delayed_offer = !invite.sdp;
  events_.invited(std::move(invite));
}

void Stack::Core::hear(Line& line, const Heard& heard) {
  switch (heard.event) {
    case nua_i_invite:
    case nua_i_update:
      return hear_offer(line, heard);
    case nua_r_invite:
      if (heard.status < 200) {
        if (heard.status >= 180 && line.state == Line::State::calling) events_.ringing(line.number);
        return;
      }
      return heard.status < 300 ? hear_answer(line, heard) : hear_refusal(line, heard);
    case nua_i_ack:
      if (auto sdp = sdp_of(heard.sip); sdp && std::exchange(line.delayed_offer, false))
        events_.answered(line.number, std::move(*sdp));
      return;
    case nua_i_info: {
      if (const auto keys = keys_of(heard.sip); !keys.empty()) return events_.keys(line.number, keys);
      if (wants_picture(heard.sip)) events_.picture_wanted(line.number);
      return;
    }
    case nua_i_cancel:
    case nua_i_bye:
    case nua_i_terminated:
      return ended(line);
    case nua_r_bye:
    case nua_r_cancel:
      // A CANCEL is answered before the call that it gives up.
      if (heard.event == nua_r_bye && heard.status >= 200) ended(line);
      return;
    default:  // sofia's own enum
      return;
  }
}

void Stack::Core::hear_answer(Line& line, const Heard& heard) {
  if (line.state == Line::State::dropped) {  // he picked up while we gave up
    nua_bye(line.handle, TAG_END());
    return;
  }
  const bool again = std::exchange(line.offering, false);
  if (line.state == Line::State::established && !again) return;  // a session timer's
  line.state = Line::State::established;
  auto sdp = sdp_of(heard.sip);
  if (!sdp && again) return events_.offer_refused(line.number, 488);
  events_.answered(line.number, sdp ? std::move(*sdp) : std::string());
}

void Stack::Core::hear_refusal(Line& line, const Heard& heard) {
  const bool asked = heard.status == 401 || heard.status == 407;
  if (asked && !line.authenticated && line.state != Line::State::dropped) {
    if (const auto known = credentials(heard.sip, line.user, line.password)) {
      line.authenticated = true;
      nua_authenticate(line.handle, NUTAG_AUTH(known->c_str()), TAG_END());
      return;
    }
  }
  if (line.state == Line::State::established) {
    if (std::exchange(line.offering, false)) events_.offer_refused(line.number, heard.status);
    return;
  }
  const auto number = line.number;
  const bool told = line.state == Line::State::dropped;
  forget(line);
  if (!told) events_.failed(number, heard.status, heard.phrase);
}

void Stack::Core::hear_offer(Line& line, const Heard& heard) {
  if (heard.status >= 200) return;  // answered by sofia itself: overlapping requests
  auto sdp = sdp_of(heard.sip);
  if (heard.event == nua_i_update) {
    if (line.state == Line::State::dropped || (sdp && line.update)) {
      nua_respond(line.handle, SIP_491_REQUEST_PENDING, NUTAG_WITH_THIS(nua_), TAG_END());
      return;
    }
    if (!sdp) {  // a session timer's
      nua_respond(line.handle, SIP_200_OK, NUTAG_WITH_THIS(nua_), SIPTAG_CONTACT_STR(contact(line.tls).c_str()),
                  TAG_END());
      return;
    }
    nua_saved_event_t saved = nullptr;
    if (nua_save_event(nua_, &saved) == 0) return;
    line.update = saved;
  } else {
    line.delayed_offer = !sdp;
  }
  events_.offered(line.number, std::move(sdp));
}

void Stack::Core::ended(Line& line) {
  const auto number = line.number;
  const auto state = line.state;
  forget(line);
  if (state == Line::State::dropped) return;
  if (state == Line::State::calling) return events_.failed(number, 0, "the call broke off");
  events_.ended(number);
}

void Stack::Core::hear(Registration& registration, const Heard& heard) {
  if (heard.event != nua_r_register || heard.status < 200) return;
  const auto& registrar = registration.registrar;
  if ((heard.status == 401 || heard.status == 407) && !registration.authenticated) {
    if (const auto known = credentials(heard.sip, registrar.user, registrar.password)) {
      registration.authenticated = true;
      nua_authenticate(registration.handle, NUTAG_AUTH(known->c_str()), TAG_END());
      return;
    }
  }
  const bool up = heard.status < 300;
  registration.authenticated = false;
  if (!up) {
    registration.again = loop_.after(register_again, [this, &registration] { register_now(registration); });
  }
  registration.up = up;
  events_.registered(registrar.name, up, heard.status);
}

}  // namespace rollcall::sip::dialog
