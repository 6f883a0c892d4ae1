#include "sip/dialog/socket_filter.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>

namespace rollcall::sip::dialog {
namespace {

constexpr std::uint32_t passes = 0xffffffff;
constexpr std::uint32_t dropped = 0;
constexpr std::uint32_t network_header = static_cast<std::uint32_t>(SKF_NET_OFF);
constexpr std::uint32_t source_address = network_header + 12;
constexpr std::uint32_t udp_payload = 8;
constexpr std::uint32_t options = 0x4f505449;  // "OPTI"

sock_filter statement(unsigned code, std::uint32_t value) {
  return {.code = static_cast<std::uint16_t>(code), .jt = 0, .jf = 0, .k = value};
}

/// The next statement is done if the two are the same, else left out.
sock_filter if_equal(std::uint32_t value) {
  return {.code = BPF_JMP | BPF_JEQ | BPF_K, .jt = 0, .jf = 1, .k = value};
}

std::optional<std::uint32_t> ipv4(const std::string& text) {
  in_addr address{};
  if (inet_pton(AF_INET, text.c_str(), &address) != 1) return std::nullopt;
  return ntohl(address.s_addr);
}

void add_verdicts(std::vector<sock_filter>& program, const std::vector<std::string>& addresses, std::uint32_t verdict) {
  for (const auto& text : addresses) {
    if (const auto address = ipv4(text)) {
      program.push_back(if_equal(*address));
      program.push_back(statement(BPF_RET | BPF_K, verdict));
    }
  }
}

bool is_udp_at(int descriptor, std::uint32_t ip, int port) {
  int type = 0;
  socklen_t length = sizeof type;
  if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) != 0 || type != SOCK_DGRAM) return false;
  sockaddr_in bound{};
  length = sizeof bound;
  return getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &length) == 0 && bound.sin_family == AF_INET &&
         ntohs(bound.sin_port) == port && ntohl(bound.sin_addr.s_addr) == ip;
}

}  // namespace

std::vector<sock_filter> filter_program(const std::vector<std::string>& trusted,
                                        const std::vector<std::string>& shut_out) {
  std::vector<sock_filter> program = {statement(BPF_LD | BPF_B | BPF_ABS, network_header),
                                      statement(BPF_ALU | BPF_AND | BPF_K, 0xf0),
                                      {.code = BPF_JMP | BPF_JEQ | BPF_K, .jt = 1, .jf = 0, .k = 0x40},
                                      statement(BPF_RET | BPF_K, passes),
                                      statement(BPF_LD | BPF_W | BPF_ABS, source_address)};
  add_verdicts(program, trusted, passes);
  add_verdicts(program, shut_out, dropped);
  program.push_back(statement(BPF_LD | BPF_W | BPF_ABS, udp_payload));
  program.push_back(if_equal(options));
  program.push_back(statement(BPF_RET | BPF_K, dropped));
  program.push_back(statement(BPF_RET | BPF_K, passes));
  return program;
}

bool set_filter(const std::string& address, std::vector<sock_filter> program) {
  const auto colon = address.rfind(':');
  const auto ip = ipv4(address.substr(0, colon));
  int port = 0;
  if (colon == std::string::npos || !ip) return false;
  std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  const sock_fprog whole{.len = static_cast<unsigned short>(program.size()), .filter = program.data()};
  bool set = false;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", problem)) {
    const auto name = entry.path().filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (descriptor >= 0 && is_udp_at(descriptor, *ip, port))
      set = setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &whole, sizeof whole) == 0 || set;
  }
  return set;
}

}  // namespace rollcall::sip::dialog
