#pragma once

#include <gio/gio.h>

#include <array>
#include <memory>

#include "mcu/gst/handle.h"
#include "mcu/transport/io_context.h"
#include "mcu/transport/path.h"

namespace rollcall::mcu::transport {

/// A plain address without ICE, as SIP gateways have it: one socket, or two where RTCP has its own port. Packets from
/// another address than the signalled one are ignored.
class UdpPath final : public Path {
 public:
  /// Throws std::runtime_error if no port is free.
  UdpPath(const IoContext& io, const model::MediaAddress& theirs, Events events);
  ~UdpPath() override;

  void describe(model::Transport& ours) const override;
  void set_remote(const model::Transport& theirs) override;
  void add_candidate(const model::IceCandidate& /*candidate*/) override {}
  void restart() override {}
  void close() override;
  void send(PacketKind kind, Bytes datagram) override;

 private:
  struct Port {
    gst::ObjectPtr<GSocket> socket;
    gst::SourcePtr source;
    gst::ObjectPtr<GSocketAddress> remote;
    int number = 0;
  };
  void open(const IoContext& io);
  bool try_open(const std::string& ip, int rtp_port, int count);
  void set_address(const model::MediaAddress& theirs);
  static gboolean on_readable(GSocket* socket, GIOCondition condition, gpointer self);

  Events events_;
  bool mux_;
  std::string ip_;
  std::array<Port, 2> ports_;
};

}  // namespace rollcall::mcu::transport
