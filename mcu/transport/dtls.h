// DTLS-SRTP (RFC 5764) on OpenSSL with a BIO of our own: it sees datagrams, not sockets.
#pragma once

#include <glib.h>

#include <functional>
#include <memory>
#include <string>

#include "mcu/transport/certificate.h"
#include "mcu/transport/packet.h"
#include "mcu/transport/srtp.h"

namespace rollcall::mcu::transport {

/// What all associations of a process share. Immutable after construction; any thread.
class DtlsContext {
 public:
  /// Throws std::runtime_error. `certificate` outlives this.
  explicit DtlsContext(const Certificate& certificate);
  [[nodiscard]] SSL_CTX* ssl() const { return ssl_.get(); }
  [[nodiscard]] const BIO_METHOD* bio() const { return bio_.get(); }

 private:
  OpenSslPtr<SSL_CTX> ssl_;
  OpenSslPtr<BIO_METHOD> bio_;
};

/// One handshake and what follows it. Owned by a Transport; I/O thread only. The owner does not delete it inside an
/// event.
class DtlsAssociation {
 public:
  struct Expected {
    bool client = true;  ///< we send the first flight
    std::string hash;    ///< of the peer's certificate, from his description
    std::string fingerprint;
  };
  struct Events {
    std::function<void(Bytes)> send;               ///< one datagram
    std::function<void(const SrtpKeys&)> secured;  ///< the peer's certificate is the promised one
    std::function<void()> closed;                  ///< the peer said goodbye
    std::function<void()> failed;                  ///< wrong certificate, or no common ground
  };

  DtlsAssociation(const DtlsContext& context, GMainContext* timers, Expected expected, Events events);
  ~DtlsAssociation();
  DtlsAssociation(const DtlsAssociation&) = delete;
  DtlsAssociation& operator=(const DtlsAssociation&) = delete;

  /// The way to the peer is open. A client sends its first flight; again: nothing.
  void start();
  void receive(Bytes datagram);
  /// Says goodbye to the peer (close_notify), if there is somebody to say it to. Nobody acknowledges it, and whoever
  /// misses it waits half a minute for us: so it goes out more than once, and the peer's replay window drops the
  /// others.
  void close();

 private:
  friend class DtlsContext;
  static int on_bio_write(BIO* bio, const char* data, int size);
  static int on_bio_read(BIO* bio, char* data, int size);
  static int on_verify(X509_STORE_CTX* store, void* data);

  void handshake();
  void read_records();
  void finish();
  void fail();
  void arm_timer();
  [[nodiscard]] bool export_keys(SrtpKeys& keys) const;

  enum class Phase { waiting, shaking, secured, over };
  Expected expected_;
  Events events_;
  GMainContext* timers_;
  OpenSslPtr<SSL> ssl_;
  Phase phase_ = Phase::waiting;
  int copies_ = 1;  ///< of each datagram sent
  Bytes incoming_ = {};
  GSource* timer_ = nullptr;
};

}  // namespace rollcall::mcu::transport
