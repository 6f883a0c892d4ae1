#pragma once

#include <glib.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mcu/transport/ice_server.h"

namespace rollcall::mcu::transport {

class Certificate;
class DtlsContext;

/// The one I/O thread of a worker: all its ICE agents, sockets and DTLS timers live on this thread's GLib context. Made
/// by main() before any leg and deleted after the last. Its functions may be called from any thread.
class IoContext {
 public:
  struct Options {
    std::vector<std::string> addresses = {};  ///< local addresses for candidates; empty: all of the machine
    int port_min = 0;                         ///< 0: any port
    int port_max = 0;
    std::optional<IceServer> stun = {};
    std::optional<IceServer> turn = {};
    bool relay_only = false;                             ///< tests: no way but through the TURN server
    std::chrono::milliseconds connect_deadline{15'000};  ///< from the first description to every transport secured
    std::chrono::milliseconds silence_limit{30'000};     ///< no packet of any kind on any transport
    std::function<bool()> drop = {};  ///< tests: asked before each media packet leaves; true loses it. Any thread
  };

  /// Throws std::runtime_error if the machine cannot do it (OpenSSL, libsrtp).
  explicit IoContext(Options options);
  ~IoContext();
  IoContext(const IoContext&) = delete;
  IoContext& operator=(const IoContext&) = delete;

  /// Runs `task` on the I/O thread and waits for it. Straight away if the caller is that thread. The caller holds no
  /// lock that a packet's way in or out takes.
  void run(const std::function<void()>& task);

  /// Something to be done every 20 ms on the I/O thread, until the handle goes: one timer for everybody. Made and let
  /// go on any thread; nothing is called any more when the destructor has returned.
  class Tick {
   public:
    using Function = std::function<void(std::chrono::steady_clock::time_point now)>;
    static constexpr std::chrono::milliseconds interval{20};
    Tick() = default;
    Tick(IoContext& io, Function function);
    ~Tick();
    Tick(Tick&& other) noexcept;
    Tick& operator=(Tick&& other) noexcept;
    Tick(const Tick&) = delete;
    Tick& operator=(const Tick&) = delete;

   private:
    IoContext* io_ = nullptr;
    std::shared_ptr<Function> function_;
  };

  [[nodiscard]] GMainContext* context() const;
  [[nodiscard]] const Options& options() const;

  /// STUN and TURN servers for transports that are made from now on, in place of those of the options; none: those.
  struct Servers {
    std::optional<IceServer> stun = {};
    std::optional<IceServer> turn = {};
  };
  void set_servers(Servers servers);
  /// I/O thread.
  [[nodiscard]] const Servers& servers() const;
  [[nodiscard]] const Certificate& certificate() const;
  [[nodiscard]] const DtlsContext& dtls() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::mcu::transport
