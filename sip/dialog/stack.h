#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "daemon/event_loop.h"
#include "sip/dialog/signalling.h"

namespace rollcall::sip::dialog {

/// SIP over UDP, TCP and TLS, on sofia-sip. Signalling only: sofia never sees an SDP as such. One per process, owned by
/// main(); loop thread.
class Stack : public Signalling {
 public:
  struct Settings {
    std::string listen = {};                ///< "192.0.2.1:5060", UDP and TCP; empty: neither
    std::string tls_listen = {};            ///< "192.0.2.1:5061"; empty: no TLS
    std::string tls_directory = {};         ///< agent.pem, cafile.pem
    int session_seconds = 1800;             ///< RFC 4028
    std::vector<std::string> trusted = {};  ///< IP addresses that may ask as much as they like
  };
  struct CannotListen : std::runtime_error {
    using std::runtime_error::runtime_error;
  };

  /// Throws CannotListen.
  Stack(daemon::EventLoop& loop, const Settings& settings, Events events);
  /// Says nothing to anybody any more; end() first.
  ~Stack() override;

  void add(const Registrar& registrar);
  /// Ends all calls and registrations; `done` is called when that is through, or after some seconds.
  void end(std::function<void()> done);

  CallNumber dial(const Target& target, const std::string& sdp) override;
  void ring(CallNumber call) override;
  void accept(CallNumber call, const std::string& sdp) override;
  void refuse(CallNumber call, int status, const std::string& phrase) override;
  void challenge(CallNumber call, const std::string& realm, const std::string& nonce, bool stale) override;
  void offer(CallNumber call, const std::string& sdp) override;
  void hang_up(CallNumber call, const std::string& reason) override;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace rollcall::sip::dialog
