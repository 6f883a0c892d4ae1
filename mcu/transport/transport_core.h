#pragma once

#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "mcu/transport/certificate.h"
#include "mcu/transport/dtls.h"
#include "mcu/transport/ice.h"
#include "mcu/transport/sdes.h"
#include "mcu/transport/srtp.h"
#include "mcu/transport/transport.h"
#include "mcu/transport/udp.h"

namespace rollcall::mcu::transport {

/// Everything of a transport that lives on the I/O thread.
class Transport::Core {
 public:
  using DtlsSetup = model::DtlsSetup;
  using Clock = std::chrono::steady_clock;

  Core(IoContext& io, bool offerer, const model::Transport* theirs, Events events, model::LegSecurity security)
      : io_(io),
        events_(std::move(events)),
        offerer_(offerer),
        plain_(theirs == nullptr ? security == model::LegSecurity::plain : theirs->plain),
        sdes_(theirs == nullptr ? security == model::LegSecurity::sdes : !plain_ && !theirs->dtls) {
    Path::Events path{[this](std::span<std::uint8_t> datagram) { receive(datagram); }, [this] { on_open(); },
                      [this] { on_lost(); }};
    const bool has_ice = theirs == nullptr ? security == model::LegSecurity::ice_dtls : theirs->ice.has_value();
    if (theirs == nullptr && sdes_) {
      our_sdes_ = answer_sdes({1, "AES_CM_128_HMAC_SHA1_80", {}});
    }
    if (has_ice) {
      path_ = std::make_unique<IcePath>(io, offerer, std::move(path));
    } else if (theirs == nullptr) {
      path_ = std::make_unique<UdpPath>(io, std::move(path));
    } else {
      path_ = std::make_unique<UdpPath>(io, *theirs->address, std::move(path));
    }
  }

  model::Transport describe() const {
    model::Transport ours;
    path_->describe(ours);
    ours.plain = plain_;
    if (our_sdes_) {
      ours.sdes = {*our_sdes_};
    } else if (!plain_) {
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
    if (const auto* offered = usable_sdes(theirs.sdes); sdes_ && offered != nullptr) {
      begin_sdes(*offered);
    } else if (theirs.dtls && theirs.dtls->fingerprint != fingerprint_ && !plain_ && !sdes_) {
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
  Clock::time_point lost_since() const { return Clock::time_point(Clock::duration(lost_since_)); }
  bool is_gathered() const { return path_->is_gathered(); }
  Clock::time_point last_packet() const { return Clock::time_point(Clock::duration(last_packet_)); }

  bool is_relayed() const { return path_->is_relayed(); }

 private:
  static bool is_client(bool offerer, DtlsSetup theirs) {
    // The answerer decides; "active" is what clients are used to from an answer (JC-34).
    return offerer ? theirs == DtlsSetup::passive : theirs != DtlsSetup::active;
  }

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

  /// The same key again changes nothing: the rollover counts go on.
  void begin_sdes(const model::SdesParameters& theirs) {
    if (their_sdes_ == theirs) {
      return;
    }
    if (offerer_ && our_sdes_ && our_sdes_->suite != theirs.suite) {
      return end(model::Reason::no_security);  // not what we offered
    }
    their_sdes_ = theirs;
    if (!our_sdes_ || our_sdes_->suite != theirs.suite) {
      our_sdes_ = answer_sdes(theirs);
    }
    our_sdes_->tag = theirs.tag;
    if (open_) {
      use_sdes();
    }
  }

  void use_sdes() {
    if (!their_sdes_) {
      return end(model::Reason::no_security);
    }
    const auto keys = sdes_keys(*our_sdes_, *their_sdes_);
    keys ? on_keys(*keys) : end(model::Reason::no_security);
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
    const bool first = !std::exchange(open_, true);
    lost_since_ = 0;
    if (our_sdes_) {
      if (first) {
        use_sdes();
      }
    } else if (dtls_) {
      dtls_->start();
    } else if (plain_ && !secured_.exchange(true)) {
      events_.secured();
    }
  }

  void on_lost() {
    if (lost_since_ == 0) {
      lost_since_ = Clock::now().time_since_epoch().count();
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
  const bool sdes_;  ///< their description has keys in it, and no DTLS
  std::optional<model::SdesParameters> our_sdes_;
  std::optional<model::SdesParameters> their_sdes_;
  std::string ufrag_;
  std::string password_;
  std::string fingerprint_;
  std::optional<bool> client_;
  bool open_ = false;
  std::atomic<bool> closed_ = false;
  std::atomic<bool> secured_ = false;
  std::atomic<Clock::rep> last_packet_ = 0;
  std::atomic<Clock::rep> lost_since_ = 0;
  std::mutex srtp_mutex_;  ///< outgoing use against replacement; the I/O thread reads without it
  std::unique_ptr<SrtpSession> srtp_;
  Batch flight_;  ///< of DTLS
  std::unique_ptr<Path> path_;
  std::unique_ptr<DtlsAssociation> dtls_;
};

}  // namespace rollcall::mcu::transport
