// Who knows an account's password (RFC 2617 digest, MD5: all that telephones and Debian's sofia speak). Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace rollcall::sip::limits {

using Time = std::chrono::sys_seconds;

/// The parts of an Authorization header, without quotes.
struct Authorization {
  std::string user = {};
  std::string realm = {};
  std::string nonce = {};
  std::string uri = {};
  std::string response = {};
  std::string qop = {};  ///< empty or "auth"
  std::string cnonce = {};
  std::string nc = {};  ///< eight hexadecimal digits
  std::string algorithm = {};
};

/// Nonces that prove themselves: nothing is kept for who only asks. What was used is kept for its life, so that a
/// request cannot be played again. One per door; loop thread.
class Nonces {
 public:
  enum class Verdict { good, stale, forged, replayed };
  static constexpr std::chrono::seconds life{60};

  explicit Nonces(std::string secret) : secret_(std::move(secret)) {}

  /// `call`: what the nonce is good for, the Call-ID.
  [[nodiscard]] std::string make(Time now, std::string_view call) const;
  /// A good one is used up with its `nc`.
  [[nodiscard]] Verdict use(const Authorization& said, Time now, std::string_view call);

 private:
  std::string secret_;
  std::map<std::string, std::pair<Time, std::uint32_t>> used_;
};

/// Whether the response is the one of who knows the password.
[[nodiscard]] bool knows_password(const Authorization& said, std::string_view method, std::string_view password);

}  // namespace rollcall::sip::limits
