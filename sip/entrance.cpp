#include "sip/entrance.h"

namespace rollcall::sip {
namespace {

constexpr std::size_t most_guessers = 10'000;

}  // namespace

bool Entrance::is_shut(const std::string& ip, limits::Time now) {
  const auto found = guesses_.find(ip);
  if (found == guesses_.end()) return false;
  if (now - found->second.last > shut_for) {
    guesses_.erase(found);
    return false;
  }
  return found->second.count >= most_guesses;
}

Entrance::Verdict Entrance::judge(const dialog::Invite& invite, const std::vector<gateways::Record>& gateways,
                                  limits::Time now) {
  if (const auto* record = gateways::from_address(gateways, invite.ip)) return Gateway{record};
  if (settings_.accounts.empty() || is_shut(invite.ip, now)) return Shut{};
  bool stale = false;
  for (const auto& said : invite.authorizations) {
    if (said.realm != settings_.realm) continue;
    const auto verdict = nonces_.use(said, now, invite.call_id);
    if (verdict == limits::Nonces::Verdict::stale) stale = true;
    if (verdict != limits::Nonces::Verdict::good) continue;
    const auto account = settings_.accounts.find(said.user);
    // Who does not exist takes as long, and is answered the same.
    const std::string password = account == settings_.accounts.end() ? settings_.nonce_secret : account->second;
    if (limits::knows_password(said, "INVITE", password)) {
      guesses_.erase(invite.ip);
      return Account{account->first};
    }
    if (guesses_.size() >= most_guessers) guesses_.clear();
    auto& guesses = guesses_[invite.ip];
    ++guesses.count;
    guesses.last = now;
  }
  return Unknown{nonces_.make(now, invite.call_id), stale};
}

}  // namespace rollcall::sip
