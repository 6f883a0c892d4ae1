#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "xmpp-component/stream/name_lookup.h"

namespace rollcall::component {

/// Addresses of hosts, without holding up the loop. Owned by the process; loop thread.
class NameLookups {
 public:
  explicit NameLookups(GMainContext* context) : context_(context) {}

  /// `found` gets a literal address, of IPv4 where there is one; empty: there is none. Not called after this is gone.
  void start(const std::string& host, std::function<void(const std::string& address)> found);

 private:
  struct Lookup {
    explicit Lookup(GMainContext* context) : lookup(context) {}
    stream::NameLookup lookup;
    bool is_over = false;
  };

  GMainContext* context_;
  std::vector<std::unique_ptr<Lookup>> lookups_;
};

}  // namespace rollcall::component
