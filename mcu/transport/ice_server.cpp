#include "mcu/transport/ice_server.h"

#include <netdb.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <memory>
#include <stdexcept>

#include "mcu/transport/inet_address.h"

namespace rollcall::mcu::transport {
namespace {

constexpr std::chrono::hours login_lifetime{24};

int read_port(const std::string& text, const std::string& all) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 0xffff) {
    throw std::runtime_error("'" + all + "' is no server; write host, host:port or [address]:port");
  }
  return port;
}

std::string look_up(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0) {
    throw std::runtime_error("'" + host + "' has no address: " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
  std::array<char, NI_MAXHOST> text{};
  if (getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    throw std::runtime_error("'" + host + "' has no address that can be written");
  }
  return text.data();
}

}  // namespace

IceServer resolve_server(const std::string& text) {
  IceServer server;
  std::string host = text;
  const auto colon = text.rfind(':');
  if (text.starts_with('[') && text.find(']') != std::string::npos) {
    const auto end = text.find(']');
    host = text.substr(1, end - 1);
    if (colon > end && colon != std::string::npos) {
      server.port = read_port(text.substr(colon + 1), text);
    }
  } else if (colon != std::string::npos && text.find(':') == colon) {
    host = text.substr(0, colon);
    server.port = read_port(text.substr(colon + 1), text);
  }
  server.ip = look_up(host);
  return server;
}

TurnLogin turn_login(const IceServer& server, std::chrono::system_clock::time_point now) {
  if (!server.user.empty()) {
    return {server.user, server.secret};
  }
  const auto until = std::chrono::system_clock::to_time_t(now + login_lifetime);
  const auto user = std::to_string(until);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  HMAC(EVP_sha1(), server.secret.data(), static_cast<int>(server.secret.size()),
       reinterpret_cast<const unsigned char*>(user.data()), user.size(), digest.data(), &length);
  std::string password(4 * ((length + 2) / 3) + 1, '\0');
  password.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(password.data()), digest.data(), static_cast<int>(length))));
  return {user, password};
}

}  // namespace rollcall::mcu::transport
