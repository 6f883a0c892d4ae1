#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "allocator/control/messages.h"
#include "allocator/model/conference.h"
#include "xmpp-component/stanza/external_services.h"

namespace rollcall::component {

/// The STUN and TURN servers that our users' XMPP server grants us (XEP-0215), for the MCUs: asks it, asks again before
/// the credentials are over, and keeps the literal addresses. Owned by the process; loop thread.
class IceServers {
 public:
  struct Outside {
    std::function<void(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag& answer)> answered)> ask;
    /// The host's literal address, or nothing where there is none.
    std::function<void(const std::string& host, std::function<void(const std::string& address)> found)> look_up;
    std::function<model::Time()> now;
  };
  /// By UDP, which is how MCUs talk to them; none: not granted.
  struct Granted {
    std::optional<control::IceServer> stun = {};
    std::optional<control::IceServer> turn = {};
  };

  /// `servers`: domains of our users; the first that grants anything is taken.
  IceServers(std::string domain, std::vector<std::string> servers, Outside outside)
      : domain_(std::move(domain)), servers_(std::move(servers)), outside_(std::move(outside)) {}

  /// Asked from the next time on.
  void set_servers(std::vector<std::string> servers) { servers_ = std::move(servers); }
  void is_online();
  void is_offline() { next_.reset(); }
  /// Every second.
  void time_passed();

  /// What is good for a while still.
  [[nodiscard]] Granted granted(model::Time now) const;

 private:
  struct Server {
    control::IceServer server;
    std::optional<model::Time> until = {};
  };

  void ask_first();
  void ask_server(std::size_t index);
  void take(const std::vector<stanza::ExternalService>& services, const std::string& server, std::size_t index);
  void keep(const stanza::ExternalService& service, std::optional<Server>& place);

  std::string domain_;
  std::vector<std::string> servers_;
  Outside outside_;
  std::optional<Server> stun_ = {};
  std::optional<Server> turn_ = {};
  std::optional<model::Time> next_ = {};  // when to ask again; none: not online
};

}  // namespace rollcall::component
