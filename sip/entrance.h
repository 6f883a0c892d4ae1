#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sip/dialog/signalling.h"
#include "sip/gateways/gateway.h"
#include "sip/limits/digest.h"

namespace rollcall::sip {

/// Who may come in: a gateway by its address, a telephone by its account's password, nobody else. One per door; loop
/// thread.
class Entrance {
 public:
  struct Settings {
    std::string realm = "rollcall";
    std::map<std::string, std::string> accounts = {};  ///< name to password
    std::string nonce_secret = {};                     ///< unguessable, of this process
  };
  struct Gateway {
    const gateways::Record* record = nullptr;
  };
  struct Account {
    std::string name;
  };
  /// Asked for his password; `stale`: what he said was right once.
  struct Unknown {
    std::string nonce;
    bool stale = false;
  };
  /// Guessed too often, or there is no account to be asked for.
  struct Shut {};
  using Verdict = std::variant<Gateway, Account, Unknown, Shut>;

  explicit Entrance(Settings settings) : settings_(std::move(settings)), nonces_(settings_.nonce_secret) {}

  [[nodiscard]] Verdict judge(const dialog::Invite& invite, const std::vector<gateways::Record>& gateways,
                              limits::Time now);
  [[nodiscard]] const std::string& realm() const { return settings_.realm; }

  static constexpr int most_guesses = 10;
  static constexpr std::chrono::minutes shut_for{10};

 private:
  struct Guesses {
    int count = 0;
    limits::Time last = {};
  };
  [[nodiscard]] bool is_shut(const std::string& ip, limits::Time now);
  Settings settings_;
  limits::Nonces nonces_;
  std::map<std::string, Guesses> guesses_;  ///< by address
};

}  // namespace rollcall::sip
