// A Jabber address, RFC 7622: node@domain/resource. Case of node and domain is folded (ASCII), the rest is kept.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "allocator/model/expected.h"

namespace rollcall::model {

class Address {
 public:
  Address() = default;
  Address(std::string node, std::string domain, std::string resource = {});

  /// Refuses with bad_address and the text itself: parts over 1023 bytes, an empty domain, and characters that no
  /// address may hold.
  [[nodiscard]] static Expected<Address> parse(std::string_view text);

  [[nodiscard]] const std::string& node() const { return node_; }
  [[nodiscard]] const std::string& domain() const { return domain_; }
  [[nodiscard]] const std::string& resource() const { return resource_; }

  [[nodiscard]] bool empty() const { return domain_.empty(); }
  [[nodiscard]] bool is_bare() const { return resource_.empty(); }
  [[nodiscard]] Address bare() const { return {node_, domain_}; }
  [[nodiscard]] Address with_resource(std::string resource) const { return {node_, domain_, std::move(resource)}; }
  [[nodiscard]] std::string text() const;

  auto operator<=>(const Address&) const = default;

 private:
  std::string node_;
  std::string domain_;
  std::string resource_;
};

}  // namespace rollcall::model
