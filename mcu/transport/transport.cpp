#include "mcu/transport/transport.h"

#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

#include "mcu/transport/candidate.h"
#include "mcu/transport/certificate.h"
#include "mcu/transport/dtls.h"
#include "mcu/transport/ice.h"
#include "mcu/transport/srtp.h"
#include "mcu/transport/udp.h"

namespace rollcall::mcu::transport {
namespace {

using model::DtlsSetup;
using Clock = std::chrono::steady_clock;

bool is_client(bool offerer, DtlsSetup theirs) {
  // The answerer decides; "active" is what clients are used to from an answer (JC-34).
  return offerer ? theirs == DtlsSetup::passive : theirs != DtlsSetup::active;
}

}  // namespace

model::Expected<void> check(const model::Transport& theirs) {
  if (theirs.ice) {
    if (!are_credentials(theirs.ice->ufrag, theirs.ice->password)) {
      return model::refuse(model::Reason::bad_request, "the ICE user fragment or password");
    }
  } else if (!theirs.address || theirs.address->rtp_port <= 0 || theirs.address->rtp_port > 0xffff) {
    return model::refuse(model::Reason::bad_request, "a transport with neither ICE nor an address");
  }
  if (!theirs.plain && (!theirs.dtls || theirs.dtls->fingerprint.empty())) {
    return model::refuse(model::Reason::no_security, "a transport without a DTLS fingerprint");
  }
  return {};
}

/// Everything of a transport that lives on the I/O thread.
class Transport::Core {
 public:
  Core(IoContext& io, bool offerer, const model::Transport* theirs, Events events)
      : io_(io), events_(std::move(events)), offerer_(offerer), plain_(theirs != nullptr && theirs->plain) {
    Path::Events path{[this](std::span<std::uint8_t> datagram) { receive(datagram); }, [this] { on_open(); },
                      [this] { end(model::Reason::connectivity); }};
    if (theirs == nullptr || theirs->ice) {
      path_ = std::make_unique<IcePath>(io, offerer, std::move(path));
    } else {
      path_ = std::make_unique<UdpPath>(io, *theirs->address, std::move(path));
    }
  }

  model::Transport describe() const {
    model::Transport ours;
    path_->describe(ours);
    ours.plain = plain_;
    if (!plain_) {
      auto setup = DtlsSetup::actpass;
      if (client_) {
        setup = *client_ ? DtlsSetup::active : DtlsSetup::passive;
      }
      ours.dtls = {"sha-256", io_.certificate().fingerprint(), setup};
    }
    return ours;
  }

  void set_remote(const model::Transport& theirs) {
    const bool same_ice = theirs.ice && ufrag_ == theirs.ice->ufrag && password_ == theirs.ice->password;
    if (theirs.ice && !same_ice) {
      if (!ufrag_.empty()) {
        path_->restart();
      }
      ufrag_ = theirs.ice->ufrag;
      password_ = theirs.ice->password;
    }
    if (theirs.dtls && theirs.dtls->fingerprint != fingerprint_) {
      begin_dtls(*theirs.dtls);
    }
    path_->set_remote(theirs);
  }

  void add_candidate(const model::IceCandidate& candidate) { path_->add_candidate(candidate); }

  void restart() {
    path_->restart();
    ufrag_.clear();
    password_.clear();
  }

  void close() {
    if (dtls_ && !closed_) {
      dtls_->close();
    }
    closed_ = true;
    secured_ = false;
    path_->close();
  }

  void send(PacketKind kind, Batch& packets) {
    if (!secured_) {
      packets.clear();
      return;
    }
    if (io_.options().drop) {
      lose_some(packets);
    }
    protect(kind, packets);
    path_->send(kind, packets);
    packets.clear();
  }

  bool is_secured() const { return secured_; }
  Clock::time_point last_packet() const { return Clock::time_point(Clock::duration(last_packet_)); }

  bool is_relayed() const { return path_->is_relayed(); }

 private:
  void lose_some(Batch& packets) {
    for (std::size_t i = 0; i < packets.size(); ++i) {
      if (io_.options().drop()) {
        packets.resize(i, 0);
      }
    }
  }

  void protect(PacketKind kind, Batch& packets) {
    const std::lock_guard lock(srtp_mutex_);
    for (std::size_t i = 0; i < packets.size(); ++i) {
      const auto length = packets.packet(i).size();
      if (srtp_ && length > 0) {
        packets.resize(i, srtp_->protect(kind, packets.whole_slot(i), length));
      } else if (!plain_) {
        packets.resize(i, 0);
      }
    }
  }

  /// A flight of DTLS; I/O thread.
  void send_flight(Bytes flight) {
    if (flight.size() <= Batch::largest_packet) {
      flight_.clear();
      std::memcpy(flight_.room().data(), flight.data(), flight.size());
      flight_.add(flight.size());
      path_->send(PacketKind::dtls, flight_);
    }
  }

  void begin_dtls(const model::DtlsParameters& theirs) {
    fingerprint_ = theirs.fingerprint;
    if (!client_) {
      client_ = is_client(offerer_, theirs.setup);
    }
    secured_ = false;
    dtls_ = std::make_unique<DtlsAssociation>(
        io_.dtls(), io_.context(), DtlsAssociation::Expected{*client_, theirs.hash, theirs.fingerprint},
        DtlsAssociation::Events{[this](Bytes flight) { send_flight(flight); },
                                [this](const SrtpKeys& keys) { on_keys(keys); },
                                [this] { end(model::Reason::hung_up); }, [this] { end(model::Reason::no_security); }});
    if (open_) {
      dtls_->start();
    }
  }

  void on_open() {
    open_ = true;
    if (dtls_) {
      dtls_->start();
    } else if (plain_ && !secured_.exchange(true)) {
      events_.secured();
    }
  }

  void on_keys(const SrtpKeys& keys) {
    try {
      auto session = std::make_unique<SrtpSession>(keys);
      const std::lock_guard lock(srtp_mutex_);
      srtp_ = std::move(session);
    } catch (const std::runtime_error&) {
      end(model::Reason::no_security);  // no exception may leave through libnice
      return;
    }
    secured_ = true;
    events_.secured();
  }

  void end(model::Reason reason) {
    if (!closed_) {
      secured_ = false;
      events_.ended(reason);
    }
  }

  void receive(std::span<std::uint8_t> datagram) {
    const auto kind = classify(datagram);
    if (closed_ || kind == PacketKind::other || kind == PacketKind::stun) {
      return;
    }
    if (kind == PacketKind::dtls) {
      if (dtls_) {
        dtls_->receive(datagram);
      }
    } else if (secured_) {
      receive_media(kind, datagram);
    }
  }

  void receive_media(PacketKind kind, std::span<std::uint8_t> packet) {
    const auto length = srtp_ ? srtp_->unprotect(kind, packet) : packet.size();
    if (length == 0) {
      return;
    }
    last_packet_ = Clock::now().time_since_epoch().count();
    if (!events_.packet(kind, packet.first(length)) && srtp_) {
      srtp_->forget(read32(packet.data() + (kind == PacketKind::rtcp ? 4 : 8)));
    }
  }

  IoContext& io_;
  Events events_;
  const bool offerer_;
  const bool plain_;
  std::string ufrag_;
  std::string password_;
  std::string fingerprint_;
  std::optional<bool> client_;
  bool open_ = false;
  std::atomic<bool> closed_ = false;
  std::atomic<bool> secured_ = false;
  std::atomic<Clock::rep> last_packet_ = 0;
  std::mutex srtp_mutex_;  ///< outgoing use against replacement; the I/O thread reads without it
  std::unique_ptr<SrtpSession> srtp_;
  Batch flight_;  ///< of DTLS
  std::unique_ptr<Path> path_;
  std::unique_ptr<DtlsAssociation> dtls_;
};

Transport::Transport(IoContext& io, bool offerer, const model::Transport* theirs, Events events) : io_(io) {
  io_.run([&] { core_ = std::make_unique<Core>(io, offerer, theirs, std::move(events)); });
}

Transport::~Transport() {
  io_.run([this] {
    core_->close();
    core_.reset();
  });
}

model::Transport Transport::describe() const {
  model::Transport ours;
  io_.run([&] { ours = core_->describe(); });
  return ours;
}

void Transport::set_remote(const model::Transport& theirs) {
  io_.run([&] { core_->set_remote(theirs); });
}

void Transport::add_candidate(const model::IceCandidate& candidate) {
  io_.run([&] { core_->add_candidate(candidate); });
}

void Transport::restart() {
  io_.run([this] { core_->restart(); });
}

void Transport::close() {
  io_.run([this] { core_->close(); });
}

void Transport::send(PacketKind kind, Batch& packets) {
  core_->send(kind, packets);
}
bool Transport::is_relayed() const {
  return core_->is_relayed();
}
bool Transport::is_secured() const {
  return core_->is_secured();
}
Clock::time_point Transport::last_packet() const {
  return core_->last_packet();
}

}  // namespace rollcall::mcu::transport
