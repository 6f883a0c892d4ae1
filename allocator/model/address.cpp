#include "allocator/model/address.h"

#include <algorithm>
#include <utility>

namespace rollcall::model {
namespace {

constexpr std::size_t longest_part = 1023;  // RFC 7622 §3.2-3.4, in bytes

std::string fold_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
  });
  return text;
}

bool is_control_or_space(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
}

bool is_node(std::string_view text) {
  constexpr std::string_view excluded = "\"&'/:<>@";  // RFC 7622 §3.3.1
  return text.size() <= longest_part && std::ranges::none_of(text, [&](char c) {
           return is_control_or_space(c) || excluded.find(c) != std::string_view::npos;
         });
}

bool is_domain(std::string_view text) {
  constexpr std::string_view excluded = "\"&'/<>@\\^`{|}!#$%()*+,;=?~_";
  return !text.empty() && text.size() <= longest_part && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos && std::ranges::none_of(text, [&](char c) {
           return is_control_or_space(c) || excluded.find(c) != std::string_view::npos;
         });
}

bool is_resource(std::string_view text) {
  return text.size() <= longest_part &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

Address::Address(std::string node, std::string domain, std::string resource)
    : node_(fold_case(std::move(node))), domain_(fold_case(std::move(domain))), resource_(std::move(resource)) {}

Expected<Address> Address::parse(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view bare = text.substr(0, slash);
  const std::string_view resource = slash == std::string_view::npos ? std::string_view{} : text.substr(slash + 1);
  const auto at = bare.find('@');
  const std::string_view node = at == std::string_view::npos ? std::string_view{} : bare.substr(0, at);
  std::string_view domain = at == std::string_view::npos ? bare : bare.substr(at + 1);
  if (domain.ends_with('.')) domain.remove_suffix(1);

  const bool names_an_empty_part = at == 0 || (slash != std::string_view::npos && resource.empty());
  if (names_an_empty_part || !is_node(node) || !is_domain(domain) || !is_resource(resource)) {
    return refuse(Reason::bad_address, std::string(text));
  }
  return Address(std::string(node), std::string(domain), std::string(resource));
}

std::string Address::text() const {
  std::string text = node_.empty() ? domain_ : node_ + "@" + domain_;
  if (!resource_.empty()) text += "/" + resource_;
  return text;
}

}  // namespace rollcall::model
