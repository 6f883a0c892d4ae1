#include "xmpp-component/ice_servers.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "daemon/log.h"
#include "xmpp-component/stanza/disco.h"

namespace rollcall::component {
namespace {

using namespace std::chrono_literals;
using stanza::ExternalService;

constexpr auto ask_again = 10min;  // where nothing was granted, or the time is not known
constexpr auto soonest = 60s;
constexpr auto latest = 6h;
constexpr auto good_for_a_call = 30s;  // credentials are needed when a call begins, and to refresh a relay in it
constexpr int usual_port = 3478;

std::unique_ptr<gloox::Tag> question(const std::string& from, const std::string& to, const char* name,
                                     std::string_view space) {
  auto iq = std::make_unique<gloox::Tag>("iq");
  iq->addAttribute("type", "get");
  iq->addAttribute("from", from);
  iq->addAttribute("to", to);
  stanza::add_child(*iq, name, std::string(space));
  return iq;
}

const gloox::Tag* result_in(const gloox::Tag& answer, const char* name, std::string_view space) {
  return answer.findAttribute("type") == "result" ? stanza::child_of(answer, name, space) : nullptr;
}

bool is_by_udp(const ExternalService& service) {
  return service.transport.empty() || service.transport == "udp";
}

const ExternalService* first_of(const std::vector<ExternalService>& services, std::string_view type, bool by_login) {
  const auto found = std::ranges::find_if(services, [&](const ExternalService& service) {
    return service.type == type && is_by_udp(service) && by_login == !service.username.empty();
  });
  return found == services.end() ? nullptr : &*found;
}

}  // namespace

void IceServers::is_online() {
  ask_first();
}

void IceServers::ask_first() {
  next_ = outside_.now() + ask_again;
  ask_server(0);
}

void IceServers::ask_server(std::size_t index) {
  if (index >= servers_.size()) return;
  outside_.ask(
      question(domain_, servers_[index], "query", stanza::disco_info_namespace), [this, index](const gloox::Tag& info) {
        const gloox::Tag* query = result_in(info, "query", stanza::disco_info_namespace);
        const bool has_them =
            query != nullptr && stanza::read_disco_info(*query).has(stanza::external_services_namespace);
        if (!has_them) return ask_server(index + 1);
        if (index >= servers_.size()) return;  // others are asked from now on
        outside_.ask(question(domain_, servers_[index], "services", stanza::external_services_namespace),
                     [this, index](const gloox::Tag& answer) {
                       const auto* services = result_in(answer, "services", stanza::external_services_namespace);
                       if (services == nullptr) return ask_server(index + 1);
                       take(stanza::read_external_services(*services), answer.findAttribute("from"), index);
                     });
      });
}

void IceServers::take(const std::vector<ExternalService>& services, const std::string& server, std::size_t index) {
  const ExternalService* stun = first_of(services, "stun", false);
  const ExternalService* turn = first_of(services, "turn", true);
  if (stun == nullptr && turn == nullptr) return ask_server(index + 1);
  daemon::log::info(
      daemon::event::ice_granted,
      {{"server", server}, {"stun", stun == nullptr ? "" : stun->host}, {"turn", turn == nullptr ? "" : turn->host}});
  stun_.reset();
  turn_.reset();
  if (stun != nullptr) keep(*stun, stun_);
  if (turn == nullptr) return;
  keep(*turn, turn_);
  if (!turn->expires) return;
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(*turn->expires - outside_.now());
  next_ = outside_.now() + std::clamp<std::chrono::seconds>(left * 3 / 4, soonest, latest);
}

void IceServers::keep(const ExternalService& service, std::optional<Server>& place) {
  control::IceServer server;
  server.port = service.port == 0 ? usual_port : service.port;
  server.user = service.username;
  server.password = service.password;
  outside_.look_up(service.host, [&place, server, expires = service.expires](const std::string& address) mutable {
    if (address.empty()) return;
    server.ip = address;
    place = Server{server, expires};
  });
}

void IceServers::time_passed() {
  if (next_ && *next_ <= outside_.now()) ask_first();
}

IceServers::Granted IceServers::granted(model::Time now) const {
  const auto usable = [&](const std::optional<Server>& server) {
    const bool is_good = server && (!server->until || *server->until > now + good_for_a_call);
    return is_good ? std::optional(server->server) : std::nullopt;
  };
  return {usable(stun_), usable(turn_)};
}

}  // namespace rollcall::component
