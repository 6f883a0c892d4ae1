#include "xmpp-component/stream/keepalive.h"

#include <utility>

namespace rollcall::component::stream {
namespace {

std::string own_address(const std::string& domain) {
  return domain + "/keepalive";
}

}  // namespace

Keepalive::Keepalive(Scheduler& scheduler, std::string domain, Callbacks callbacks)
    : scheduler_(scheduler), domain_(std::move(domain)), callbacks_(std::move(callbacks)) {
  watch();
}

void Keepalive::watch() {
  seen_ = callbacks_.received();
  timer_ = scheduler_.after(quiet, [this] { ask(); });
}

void Keepalive::ask() {
  if (callbacks_.received() != seen_) return watch();
  gloox::Tag ping("iq", "type", "get");
  ping.addAttribute("id", "keepalive");
  ping.addAttribute("from", own_address(domain_));
  ping.addAttribute("to", own_address(domain_));
  (new gloox::Tag(&ping, "ping"))->setXmlns("urn:xmpp:ping");
  timer_ = scheduler_.after(patience, [this] { judge(); });
  callbacks_.send(ping);
}

void Keepalive::judge() {
  if (callbacks_.received() != seen_) return watch();
  const auto dead = callbacks_.dead;
  dead();
}

bool Keepalive::is_own_ping(const gloox::Tag& iq, const std::string& domain) {
  return iq.findAttribute("from") == own_address(domain);
}

}  // namespace rollcall::component::stream
