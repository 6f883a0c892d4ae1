#pragma once

#include <array>
#include <memory>

#include "mcu/gst/handle.h"
#include "mcu/transport/io_context.h"
#include "mcu/transport/path.h"
#include "mcu/transport/udp_socket.h"

namespace rollcall::mcu::transport {

/// A plain address without ICE, as SIP gateways have it: one socket, or two where RTCP has its own port. Packets from
/// another address than the signalled one are ignored.
class UdpPath final : public Path {
 public:
  /// Throws std::runtime_error if no port is free.
  UdpPath(const IoContext& io, const model::MediaAddress& theirs, Events events);
  /// For an offer of ours, to who is not known yet: two ports, on our first address.
  UdpPath(const IoContext& io, Events events);
  ~UdpPath() override;

  void describe(model::Transport& ours) const override;
  void set_remote(const model::Transport& theirs) override;
  void add_candidate(const model::IceCandidate& /*candidate*/) override {}
  void restart() override {}
  void close() override;
  void send(PacketKind kind, const Batch& datagrams) override;
  [[nodiscard]] bool is_gathered() const override { return true; }
  [[nodiscard]] bool is_relayed() const override { return false; }

 private:
  struct Port {
    std::unique_ptr<UdpSocket> socket;
    gst::SourcePtr source;
    UdpPath* path = nullptr;
  };
  void attach(const IoContext& io);
  void open(const IoContext::Options& options, InetAddress local);
  bool try_open(InetAddress local, int rtp_port);
  void set_address(const model::MediaAddress& theirs);
  static int on_readable(int descriptor, GIOCondition condition, gpointer port);

  Events events_;
  bool mux_;
  std::array<Port, 2> ports_;
};

}  // namespace rollcall::mcu::transport
