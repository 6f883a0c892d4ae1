#include "xmpp-component/stanza/external_services.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace rollcall::component::stanza {
namespace {

constexpr std::uint32_t highest_port = 65535;
constexpr std::size_t most_services = 100;

std::string text_of(std::chrono::sys_seconds time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text.data(), length};
}

std::optional<std::chrono::minutes> offset_from_text(std::string_view text) {
  if (text == "Z") return std::chrono::minutes(0);
  const bool has_form = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
  if (!has_form) return std::nullopt;
  const auto hours = number_in(text.substr(1, 2), 14);
  const auto minutes = number_in(text.substr(4, 2), 59);
  if (!hours || !minutes) return std::nullopt;
  const std::chrono::minutes offset(60 * *hours + *minutes);
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::optional<std::chrono::sys_seconds> time_from_text(const std::string& text) {
  std::tm utc{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &utc);
  if (rest == nullptr) return std::nullopt;
  if (*rest == '.') {
    do ++rest;
    while (*rest >= '0' && *rest <= '9');
  }
  const auto offset = offset_from_text(rest);
  if (!offset) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(timegm(&utc))) - *offset;
}

std::vector<ExternalService> read_external_services(const gloox::Tag& query) {
  std::vector<ExternalService> services;
  if (!is(query, "services", external_services_namespace)) return services;
  for (const gloox::Tag* child : query.children()) {
    if (!is(*child, "service", external_services_namespace) || services.size() >= most_services) continue;
    ExternalService service{.type = child->findAttribute("type"),
                            .host = child->findAttribute("host"),
                            .transport = child->findAttribute("transport"),
                            .username = child->findAttribute("username"),
                            .password = child->findAttribute("password"),
                            .expires = time_from_text(child->findAttribute("expires"))};
    service.port = static_cast<int>(number_in(child->findAttribute("port"), highest_port).value_or(0));
    const bool is_there = child->findAttribute("action") != "delete" && !service.type.empty() && !service.host.empty();
    if (is_there) services.push_back(std::move(service));
  }
  return services;
}

TagPtr write_external_services(const std::vector<ExternalService>& services) {
  TagPtr query = element("services", std::string(external_services_namespace));
  for (const ExternalService& service : services) {
    gloox::Tag& child = add_child(*query, "service");
    child.addAttribute("type", service.type);
    child.addAttribute("host", service.host);
    if (service.port != 0) child.addAttribute("port", std::to_string(service.port));
    if (!service.transport.empty()) child.addAttribute("transport", service.transport);
    if (!service.username.empty()) child.addAttribute("username", service.username);
    if (!service.password.empty()) child.addAttribute("password", service.password);
    if (service.expires) child.addAttribute("expires", text_of(*service.expires));
  }
  return query;
}

}  // namespace rollcall::component::stanza
