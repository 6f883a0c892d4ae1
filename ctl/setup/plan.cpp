#include "ctl/setup/plan.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "allocator/model/address.h"
#include "ctl/setup/ejabberd_snippet.h"
#include "ctl/setup/prosody_snippet.h"

namespace rollcall::ctl::setup {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// The value of `key`, a string, in `section`.
void set(std::string& settings, const std::string& section, const std::string& key, const std::string& value) {
  const auto begin = settings.find("\n[" + section + "]\n");
  const auto line = begin == std::string::npos ? begin : settings.find('\n' + key + " = ", begin);
  const auto next = begin == std::string::npos ? begin : settings.find("\n[", begin + 1);
  if (line == std::string::npos || line > next) throw std::logic_error("no " + section + '.' + key + " in the sample");
  const auto end = settings.find('\n', line + 1);
  settings.replace(line + 1, end - line - 1, key + " = \"" + value + '"');
}

}  // namespace

std::optional<std::string> complaint_of_domain(const std::string& domain) {
  const auto address = model::Address::parse(domain);
  const bool is_domain = address && address->node().empty() && address->is_bare();
  const bool plain = domain.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
  if (is_domain && plain && domain.find('.') != std::string::npos) return std::nullopt;
  return "'" + domain + "' is no domain such as example.org (small letters, digits, dots).";
}

std::optional<std::string> complaint_of_links(const std::string& url) {
  const bool plain = url.find_first_of(" \"\\\n\t") == std::string::npos;
  if (plain && url.starts_with("https://") && url.size() > 10) return std::nullopt;
  return "'" + url + "' is no address such as https://meet.example.org (browsers give a camera to https only).";
}

std::string settings_text(std::string_view sample, const Plan& plan, const Secrets& secrets) {
  std::string text(sample);
  set(text, "xmpp", "domain", plan.conferences);
  set(text, "xmpp", "secret", secrets.component);
  set(text, "control", "mcu_token", secrets.mcu);
  set(text, "control", "web_token", secrets.web);
  set(text, "control", "sip_token", secrets.sip);
  set(text, "control", "operator_token", secrets.operator_desk);
  set(text, "links", "base_url", plan.links);
  set(text, "links", "key", secrets.links);
  return text;
}

std::string server_lines(const Plan& plan, const std::string& secret) {
  std::string text(plan.server == Server::prosody ? prosody_snippet : ejabberd_snippet);
  // The longer name holds the shorter one: it waits under a name that no snippet has.
  replace_all(text, "call.example.org", "\x01");
  replace_all(text, "example.org", plan.users);
  replace_all(text, "\x01", plan.conferences);
  replace_all(text, "change-me", secret);
  return text;
}

std::string server_file(Server server) {
  return server == Server::prosody ? "/etc/prosody/conf.d/rollcall.cfg.lua" : "/etc/ejabberd/rollcall.yml";
}

std::string server_advice(Server server) {
  return server == Server::prosody
             ? "then: prosodyctl reload"
             : "then: include_config_file in ejabberd.yml as the file says, and ejabberdctl reload_config";
}

}  // namespace rollcall::ctl::setup
