#pragma once

#include <gloox/tag.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "xmpp-component/stream/scheduler.h"

namespace rollcall::component::stream {

/// Finds out that a connection is dead although nobody said so: when a minute brought no byte, it sends a ping
/// (XEP-0199) to ourselves by way of the server, and half a minute later gives up if still nothing came. To ourselves,
/// because ejabberd 24.12 silently drops what a component asks a domain. One per connection that is online; owned by
/// Stream, loop thread.
class Keepalive {
 public:
  static constexpr std::chrono::seconds quiet{60};
  static constexpr std::chrono::seconds patience{30};

  struct Callbacks {
    std::function<std::size_t()> received;  ///< bytes so far
    std::function<void(const gloox::Tag&)> send;
    std::function<void()> dead;  ///< may destroy the Keepalive
  };

  Keepalive(Scheduler& scheduler, std::string domain, Callbacks callbacks);

  /// Our ping, come back to us: it has done its work by arriving.
  [[nodiscard]] static bool is_own_ping(const gloox::Tag& iq, const std::string& domain);

 private:
  void watch();
  void ask();
  void judge();

  Scheduler& scheduler_;
  std::string domain_;
  Callbacks callbacks_;
  std::size_t seen_ = 0;
  std::unique_ptr<Scheduler::Timer> timer_;
};

}  // namespace rollcall::component::stream
