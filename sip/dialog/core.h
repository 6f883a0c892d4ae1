// What a Stack is made of. The only header with sofia's types; inside this room only.
#pragma once

#include <sofia-sip/nua.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/su_wait.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "sip/dialog/stack.h"
#include "sip/limits/sources.h"

namespace rollcall::sip::dialog {

/// What sofia's handles are bound to.
struct Bound {
  nua_handle_t* handle = nullptr;
  virtual ~Bound() = default;
};

/// One call.
struct Line : Bound {
  enum class State {
    invited,      ///< theirs, unanswered
    calling,      ///< ours, unanswered
    established,  ///< answered
    dropped,      ///< given up by us; only its end is awaited
  };
  CallNumber number = 0;
  State state = State::invited;
  bool delayed_offer = false;  ///< our answer to the INVITE is an offer; the ACK brings theirs
  bool offering = false;       ///< a re-INVITE of ours is out
  bool tls = false;
  std::string ip = {};         ///< who called from there; empty: a call of ours
  bool authenticated = false;  ///< the password was said once
  std::string user = {};
  std::string password = {};
  std::optional<nua_saved_event_t> update = {};  ///< an UPDATE with an offer that is not answered yet
};

/// One registration.
struct Registration : Bound {
  Registrar registrar;
  bool up = false;
  bool authenticated = false;
  daemon::EventLoop::Registration again;
};

class Stack::Core {
 public:
  Core(daemon::EventLoop& loop, const Settings& settings, Events events);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  void add(const Registrar& registrar);
  void end(std::function<void()> done);
  CallNumber dial(const Target& target, const std::string& sdp);
  void ring(CallNumber call);
  void accept(CallNumber call, const std::string& sdp);
  void refuse(CallNumber call, int status, const std::string& phrase);
  void challenge(CallNumber call, const std::string& realm, const std::string& nonce, bool stale);
  void offer(CallNumber call, const std::string& sdp);
  void hang_up(CallNumber call, const std::string& reason);

 private:
  /// One event of sofia's.
  struct Heard {
    nua_event_t event = nua_i_error;
    int status = 0;
    std::string phrase = {};
    nua_handle_t* handle = nullptr;
    const sip_t* sip = nullptr;
  };
  static void on_event(nua_event_t event, int status, const char* phrase, nua_t* nua, nua_magic_t* magic,
                       nua_handle_t* handle, nua_hmagic_t* bound, const sip_t* sip, tagi_t* tags);
  void hear_stranger(const Heard& heard);
  void hear(Line& line, const Heard& heard);
  void hear(Registration& registration, const Heard& heard);
  void hear_answer(Line& line, const Heard& heard);
  void hear_refusal(Line& line, const Heard& heard);
  void hear_offer(Line& line, const Heard& heard);
  void invited(const Heard& heard);
  void count_stranger();
  void look_at_strangers();
  void filter_strangers();
  void register_now(Registration& registration);
  void answer_update(Line& line, int status, const char* phrase, const std::string& sdp);
  /// The contact that a telephone is to use; "sips:" is refused by some.
  [[nodiscard]] const std::string& contact(bool tls) const { return tls ? tls_contact_ : contact_; }
  [[nodiscard]] Line* find(CallNumber call);
  void forget(Line& line);
  void ended(Line& line);

  daemon::EventLoop& loop_;
  Events events_;
  std::string contact_;
  std::string tls_contact_;
  std::string own_host_;
  std::string session_expires_;
  su_root_t* root_ = nullptr;
  GSource* source_ = nullptr;
  nua_t* nua_ = nullptr;
  CallNumber last_ = 0;
  std::map<CallNumber, std::unique_ptr<Line>> lines_;
  std::map<std::string, std::unique_ptr<Registration>> registrations_;
  std::string listen_;
  std::set<std::string> trusted_;
  std::set<std::string> in_calls_;  ///< where calls came from
  limits::Sources strangers_;
  daemon::EventLoop::Registration strangers_timer_;
  std::function<void()> done_;
  daemon::EventLoop::Registration end_deadline_;
};

}  // namespace rollcall::sip::dialog
