// A peer that is a bare socket, and what it sends.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <gst/app/gstappsink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::leg::test {

using Packet = std::vector<std::uint8_t>;

inline sockaddr_in loopback_address(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

class Socket {
 public:
  Socket() : descriptor_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    const auto address = loopback_address(0);
    REQUIRE(bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~Socket() { close(descriptor_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  [[nodiscard]] int port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }
  void send(int port, const Packet& packet) const {
    const auto address = loopback_address(port);
    sendto(descriptor_, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  /// Empty: nothing came.
  [[nodiscard]] Packet receive() const {
    Packet packet(2048);
    const auto size = recv(descriptor_, packet.data(), packet.size(), 0);
    packet.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return packet;
  }

 private:
  int descriptor_;
};

/// All packets of a pipeline that ends in "appsink name=out".
inline std::vector<Packet> packets_of(const std::string& description) {
  gst::initialise();
  const auto pipeline =
      gst::sink_floating(gst_parse_launch((description + " ! appsink name=out sync=false").c_str(), nullptr));
  const auto sink = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline.get()), "out"));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::vector<Packet> packets;
  while (const gst::SamplePtr sample{gst_app_sink_pull_sample(GST_APP_SINK(sink.get()))}) {
    GstMapInfo map;
    gst_buffer_map(gst_sample_get_buffer(sample.get()), &map, GST_MAP_READ);
    packets.emplace_back(map.data, map.data + map.size);
    gst_buffer_unmap(gst_sample_get_buffer(sample.get()), &map);
  }
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return packets;
}

/// Numbers RTP packets on from `next`, as one sender does. A payloader begins anywhere, and a stream that begins again
/// a little before where it was is late for its first 32 packets.
inline void number(std::vector<Packet>& packets, std::uint16_t& next) {
  for (auto& packet : packets) {
    packet.at(2) = static_cast<std::uint8_t>(next >> 8);
    packet.at(3) = static_cast<std::uint8_t>(next++);
  }
}

}  // namespace rollcall::mcu::leg::test
