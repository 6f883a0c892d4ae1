// What a new installation needs to be told, and what follows from it: the settings file and the XMPP server's lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::ctl::setup {

enum class Server { prosody, ejabberd };

/// The operator's answers. A value.
struct Plan {
  std::string users = {};        ///< the domain of the people who may start calls, "example.org"
  std::string conferences = {};  ///< the component's domain, "call.example.org"
  Server server = Server::prosody;
  std::string links = {};  ///< what join links begin with, "https://meet.example.org"
  bool operator==(const Plan&) const = default;
};

/// Nobody needs to know them but the processes; each is made for this installation alone.
struct Secrets {
  std::string component;
  std::string mcu;
  std::string web;
  std::string sip;
  std::string operator_desk;
  std::string links;
};

/// A sentence that says what is wrong with a domain; none where it can be one.
[[nodiscard]] std::optional<std::string> complaint_of_domain(const std::string& domain);
/// The same of what links begin with.
[[nodiscard]] std::optional<std::string> complaint_of_links(const std::string& url);

/// `sample` with the plan and the secrets in their places, and everything else as it is. Throws std::logic_error where
/// the sample lacks an option: they are made together.
[[nodiscard]] std::string settings_text(std::string_view sample, const Plan& plan, const Secrets& secrets);

/// What the server's administrator adds: the packaged snippet with this installation's domains and secret.
[[nodiscard]] std::string server_lines(const Plan& plan, const std::string& secret);
/// Where it belongs, and how the server takes it up.
[[nodiscard]] std::string server_file(Server server);
[[nodiscard]] std::string server_advice(Server server);

}  // namespace rollcall::ctl::setup
