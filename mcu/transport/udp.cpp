#include "mcu/transport/udp.h"

#include <glib-unix.h>
#include <nice/interfaces.h>

#include <stdexcept>
#include <utility>

namespace rollcall::mcu::transport {
namespace {

/// The first of our addresses that can talk to theirs.
InetAddress local_for(const IoContext::Options& options, const model::MediaAddress& theirs) {
  const auto remote = InetAddress::parse(theirs.ip, theirs.rtp_port);
  if (!remote) {
    throw std::runtime_error("'" + theirs.ip + "' is no IP address");
  }
  for (const auto& text : options.addresses) {
    const auto local = InetAddress::parse(text, 0);
    if (!local) {
      throw std::runtime_error("'" + text + "' is no IP address; correct mcu.addresses");
    }
    if (local->family() == remote->family()) {
      return *local;
    }
  }
  return InetAddress::any(*remote);
}

/// The first of our addresses. It goes into our description, so it must be a real one.
InetAddress first_local(const IoContext::Options& options) {
  std::string text = options.addresses.empty() ? std::string() : options.addresses.front();
  if (text.empty()) {
    GList* all = nice_interfaces_get_local_ips(FALSE);
    for (const GList* item = all; item != nullptr && text.empty(); item = item->next) {
      text = static_cast<const char*>(item->data);
    }
    g_list_free_full(all, &g_free);
  }
  const auto local = InetAddress::parse(text, 0);
  if (!local) {
    throw std::runtime_error("there is no address for media; set mcu.addresses");
  }
  return *local;
}

}  // namespace

UdpPath::UdpPath(const IoContext& io, const model::MediaAddress& theirs, Events events)
    : events_(std::move(events)), mux_(theirs.rtcp_port == 0 || theirs.rtcp_port == theirs.rtp_port) {
  open(io.options(), local_for(io.options(), theirs));
  attach(io);
}

UdpPath::UdpPath(const IoContext& io, Events events) : events_(std::move(events)), mux_(false) {
  open(io.options(), first_local(io.options()));
  attach(io);
}

void UdpPath::attach(const IoContext& io) {
  for (auto& port : ports_) {
    port.path = this;
    if (port.socket) {
      port.source.reset(g_unix_fd_source_new(port.socket->descriptor(), G_IO_IN));
      g_source_set_callback(port.source.get(), G_SOURCE_FUNC(&UdpPath::on_readable), &port, nullptr);
      g_source_attach(port.source.get(), io.context());
    }
  }
}

UdpPath::~UdpPath() {
  close();
}

void UdpPath::open(const IoContext::Options& options, InetAddress local) {
  if (options.port_min == 0 && try_open(local, 0)) {
    return;
  }
  const int count = mux_ ? 1 : 2;
  for (int port = (options.port_min + 1) / 2 * 2; port > 0 && port + count - 1 <= options.port_max; port += 2) {
    if (try_open(local, port)) {
      return;
    }
  }
  throw std::runtime_error("no UDP port is free for a participant; widen mcu.port_min … mcu.port_max");
}

bool UdpPath::try_open(InetAddress local, int rtp_port) {
  local.set_port(rtp_port);
  ports_[0].socket = UdpSocket::bind(local);
  if (ports_[0].socket && !mux_) {
    local.set_port(rtp_port == 0 ? 0 : rtp_port + 1);
    ports_[1].socket = UdpSocket::bind(local);
  }
  return ports_[0].socket && (mux_ || ports_[1].socket);
}

void UdpPath::describe(model::Transport& ours) const {
  const auto local = ports_[0].socket->local();
  ours.address = {local.ip(), local.port(), mux_ ? local.port() : ports_[1].socket->local().port()};
}

void UdpPath::set_address(const model::MediaAddress& theirs) {
  if (const auto remote = InetAddress::parse(theirs.ip, theirs.rtp_port)) {
    ports_[0].socket->connect(*remote);
  }
  if (const auto remote = InetAddress::parse(theirs.ip, theirs.rtcp_port); remote && !mux_) {
    ports_[1].socket->connect(*remote);
  }
}

void UdpPath::set_remote(const model::Transport& theirs) {
  if (theirs.address) {
    set_address(*theirs.address);
    events_.open();
  }
}

void UdpPath::close() {
  for (auto& port : ports_) {
    port.source.reset();
  }
}

void UdpPath::send(PacketKind kind, const Batch& datagrams) {
  ports_[kind == PacketKind::rtcp && !mux_ ? 1 : 0].socket->send(datagrams);
}

int UdpPath::on_readable(int /*descriptor*/, GIOCondition /*condition*/, gpointer data) {
  const auto* port = static_cast<const Port*>(data);
  port->socket->receive(port->path->events_.received);
  return G_SOURCE_CONTINUE;
}

}  // namespace rollcall::mcu::transport
