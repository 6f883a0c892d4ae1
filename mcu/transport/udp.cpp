#include "mcu/transport/udp.h"

#include <stdexcept>
#include <utility>

namespace rollcall::mcu::transport {
namespace {

bool same_address(GSocketAddress* first, GSocketAddress* second) {
  auto* left = G_INET_SOCKET_ADDRESS(first);
  auto* right = G_INET_SOCKET_ADDRESS(second);
  return g_inet_socket_address_get_port(left) == g_inet_socket_address_get_port(right) &&
         g_inet_address_equal(g_inet_socket_address_get_address(left), g_inet_socket_address_get_address(right)) != 0;
}

gst::ObjectPtr<GSocket> bound_socket(const std::string& ip, int port, int& got) {
  const auto address = gst::adopt(g_inet_socket_address_new_from_string(ip.c_str(), static_cast<guint>(port)));
  if (!address) {
    throw std::runtime_error("'" + ip + "' is no IP address; correct mcu.addresses");
  }
  auto socket = gst::adopt(
      g_socket_new(g_socket_address_get_family(address.get()), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, nullptr));
  if (!socket || !g_socket_bind(socket.get(), address.get(), FALSE, nullptr)) {
    return nullptr;
  }
  g_socket_set_blocking(socket.get(), FALSE);
  const auto local = gst::adopt(g_socket_get_local_address(socket.get(), nullptr));
  got = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(local.get()));
  return socket;
}

}  // namespace

UdpPath::UdpPath(const IoContext& io, const model::MediaAddress& theirs, Events events)
    : events_(std::move(events)),
      mux_(theirs.rtcp_port == 0 || theirs.rtcp_port == theirs.rtp_port),
      ip_(io.options().addresses.empty() ? "0.0.0.0" : io.options().addresses.front()) {
  open(io);
  for (auto& port : ports_) {
    if (!port.socket) {
      continue;
    }
    port.source.reset(g_socket_create_source(port.socket.get(), G_IO_IN, nullptr));
    g_source_set_callback(port.source.get(), G_SOURCE_FUNC(&UdpPath::on_readable), this, nullptr);
    g_source_attach(port.source.get(), io.context());
  }
}

UdpPath::~UdpPath() {
  close();
}

void UdpPath::open(const IoContext& io) {
  const auto& options = io.options();
  const int count = mux_ ? 1 : 2;
  if (options.port_min == 0 && (mux_ ? try_open(ip_, 0, 1) : try_open(ip_, 0, 2))) {
    return;
  }
  for (int port = (options.port_min + 1) / 2 * 2; port > 0 && port + count - 1 <= options.port_max; port += 2) {
    if (try_open(ip_, port, count)) {
      return;
    }
  }
  throw std::runtime_error("no UDP port is free for a participant; widen mcu.port_min … mcu.port_max");
}

bool UdpPath::try_open(const std::string& ip, int rtp_port, int count) {
  ports_[0].socket = bound_socket(ip, rtp_port, ports_[0].number);
  if (ports_[0].socket && count == 2) {
    ports_[1].socket = bound_socket(ip, rtp_port == 0 ? 0 : rtp_port + 1, ports_[1].number);
  }
  return ports_[0].socket && (count == 1 || ports_[1].socket);
}

void UdpPath::describe(model::Transport& ours) const {
  ours.address = {ip_, ports_[0].number, mux_ ? ports_[0].number : ports_[1].number};
}

void UdpPath::set_address(const model::MediaAddress& theirs) {
  const auto address = [&](int port) {
    return gst::adopt(g_inet_socket_address_new_from_string(theirs.ip.c_str(), static_cast<guint>(port)));
  };
  ports_[0].remote = address(theirs.rtp_port);
  ports_[1].remote = mux_ ? nullptr : address(theirs.rtcp_port);
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

void UdpPath::send(PacketKind kind, Bytes datagram) {
  const auto& port = ports_[kind == PacketKind::rtcp && !mux_ ? 1 : 0];
  if (port.remote) {
    g_socket_send_to(port.socket.get(), port.remote.get(), reinterpret_cast<const char*>(datagram.data()),
                     datagram.size(), nullptr, nullptr);
  }
}

gboolean UdpPath::on_readable(GSocket* socket, GIOCondition /*condition*/, gpointer data) {
  auto* self = static_cast<UdpPath*>(data);
  const auto& port = self->ports_[self->ports_[0].socket.get() == socket ? 0 : 1];
  std::array<std::uint8_t, 2048> buffer;
  for (int burst = 0; burst < 64; ++burst) {
    GSocketAddress* from = nullptr;
    const auto size =
        g_socket_receive_from(socket, &from, reinterpret_cast<char*>(buffer.data()), buffer.size(), nullptr, nullptr);
    const auto sender = gst::adopt(from);
    if (size <= 0) {
      break;
    }
    if (sender && port.remote && same_address(sender.get(), port.remote.get())) {
      self->events_.received(std::span(buffer.data(), static_cast<std::size_t>(size)));
    }
  }
  return G_SOURCE_CONTINUE;
}

}  // namespace rollcall::mcu::transport
