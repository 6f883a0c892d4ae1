#include "xmpp-component/from_settings.h"

#include <ctime>

namespace rollcall::component {

stream::Stream::Settings stream_settings(const daemon::Settings& settings) {
  return {.host = settings.text("xmpp.host"),
          .port = static_cast<int>(settings.number("xmpp.port")),
          .domain = settings.text("xmpp.domain"),
          .secret = settings.text("xmpp.secret")};
}

links::LinkSigner::Settings link_settings(const daemon::Settings& settings) {
  return {.base_url = settings.text("links.base_url"),
          .key = settings.text("links.key"),
          .valid = std::chrono::days(settings.number("links.valid_days"))};
}

pool::Pool::Settings pool_settings(const daemon::Settings& settings) {
  const auto [host, port] = settings.host_port("control.listen");
  return {.host = host,
          .port = port,
          .tokens = {{control::Role::mcu, settings.text("control.mcu_token")},
                     {control::Role::web, settings.text("control.web_token")},
                     {control::Role::sip, settings.text("control.sip_token")},
                     {control::Role::operator_desk, settings.text("control.operator_token")}},
          .transcript = settings.text("control.transcript")};
}

Contacts::Settings contacts_settings(const daemon::Settings& settings) {
  return {.domain = settings.text("xmpp.domain"),
          .writes_rosters = settings.flag("conference.roster_entries"),
          .roster_group = settings.text("conference.roster_group")};
}

JabberDoor::Settings door_settings(const daemon::Settings& settings) {
  return {.rings_for = std::chrono::seconds(settings.number("conference.ring_seconds")),
          .call_invites = settings.flag("conference.call_invites")};
}

std::chrono::minutes clock_of_this_machine(model::Time now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::seconds(local.tm_gmtoff));
}

rules::Settings rules_settings(const daemon::Settings& settings, const links::LinkSigner& signer) {
  const std::string& domain = settings.text("xmpp.domain");
  std::vector<std::string> allowed = settings.texts("conference.allowed_domains");
  if (allowed.empty()) allowed.push_back(parent_domain(domain));
  return {.component_domain = domain,
          .allowed_domains = std::move(allowed),
          .linger = std::chrono::seconds(settings.number("conference.linger_seconds")),
          .ring = settings.number("conference.ring_seconds") > 0,
          .max_participants = static_cast<std::size_t>(settings.number("conference.max_participants")),
          .may_dial = settings.texts("dial.allowed"),
          .calls_a_day = settings.number("dial.calls_a_day"),
          .minutes_a_day = std::chrono::minutes(settings.number("dial.minutes_a_day")),
          .next_mode = std::chrono::seconds(settings.number("dial.next_mode_seconds")),
          .country = settings.text("dial.country"),
          .link = [&signer](const model::ConferenceId& id, model::Time now) { return signer.link(id, now); },
          .clock = clock_of_this_machine};
}

std::string parent_domain(const std::string& domain) {
  const auto dot = domain.find('.');
  return dot == std::string::npos ? domain : domain.substr(dot + 1);
}

}  // namespace rollcall::component
