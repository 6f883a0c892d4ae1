#include "xmpp-component/name_lookups.h"

#include <Poco/Net/SocketAddress.h>

#include <algorithm>
#include <utility>

namespace rollcall::component {
namespace {

constexpr int any_port = 9;  // nobody connects to it

std::string literal(const stream::SocketAddress& address) {
  return Poco::Net::SocketAddress(reinterpret_cast<const sockaddr*>(&address.storage), address.length)
      .host()
      .toString();
}

std::string best_of(const std::vector<stream::SocketAddress>& addresses) {
  if (addresses.empty()) return {};
  const auto is_old = [](const stream::SocketAddress& address) { return address.storage.ss_family == AF_INET; };
  const auto found = std::ranges::find_if(addresses, is_old);
  return literal(found == addresses.end() ? addresses.front() : *found);
}

}  // namespace

void NameLookups::start(const std::string& host, std::function<void(const std::string&)> found) {
  std::erase_if(lookups_, [](const auto& lookup) { return lookup->is_over; });
  lookups_.push_back(std::make_unique<Lookup>(context_));
  Lookup* lookup = lookups_.back().get();
  lookup->lookup.start(host, any_port, [lookup, found = std::move(found)](const auto& addresses, const std::string&) {
    lookup->is_over = true;
    found(best_of(addresses));
  });
}

}  // namespace rollcall::component
