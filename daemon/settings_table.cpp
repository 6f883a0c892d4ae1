#include "daemon/settings_table.h"

#include <algorithm>

namespace rollcall::daemon {
namespace {

using Type = SettingType;
using Texts = std::vector<std::string>;

SettingOption text(std::string_view section, std::string_view key, std::string standard, std::string_view reason) {
  return {.section = section, .key = key, .type = Type::text, .standard = std::move(standard), .reason = reason};
}

SettingOption number(std::string_view section, std::string_view key, std::int64_t standard, std::int64_t least,
                     std::int64_t most, std::string_view unit, std::string_view reason) {
  return {.section = section,
          .key = key,
          .type = Type::number,
          .standard = standard,
          .reason = reason,
          .unit = unit,
          .least = least,
          .most = most};
}

SettingOption flag(std::string_view section, std::string_view key, bool standard, std::string_view reason) {
  return {.section = section, .key = key, .type = Type::flag, .standard = standard, .reason = reason};
}

SettingOption secret(std::string_view section, std::string_view key, std::string_view reason) {
  return {.section = section, .key = key, .type = Type::secret, .standard = std::string(), .reason = reason};
}

SettingOption secret_file(std::string_view section, std::string_view key) {
  return text(section, key, "", "or the file that holds it, so that it need not stand here");
}

SettingOption texts(std::string_view section, std::string_view key, std::string_view reason) {
  return {.section = section, .key = key, .type = Type::texts, .standard = Texts{}, .reason = reason};
}

SettingOption host_port(std::string_view section, std::string_view key, std::string standard, std::string_view reason) {
  return {.section = section, .key = key, .type = Type::host_port, .standard = std::move(standard), .reason = reason};
}

SettingOption reloadable(SettingOption option) {
  option.reloadable = true;
  return option;
}

SettingOption log_level() {
  return {.section = "log",
          .key = "level",
          .type = Type::word,
          .standard = std::string("information"),
          .reason = "what is written to stderr, and so to the journal: this and everything graver",
          .reloadable = true,
          .words = {"error", "warning", "information", "debug"}};
}

std::vector<SettingOption> xmpp_options() {
  return {
      text("xmpp", "domain", "", "the component's address at the XMPP server, such as call.example.org"),
      text("xmpp", "host", "127.0.0.1", "where the XMPP server listens for components (XEP-0114)"),
      number("xmpp", "port", 5347, 1, 65535, "", "the server's component port"),
      secret("xmpp", "secret", "the component's secret, the same as in the server's settings"),
      secret_file("xmpp", "secret_file"),
  };
}

std::vector<SettingOption> conference_options() {
  return {
      reloadable(texts("conference", "allowed_domains",
                       "whose users may create conferences and invite; empty: those of the component's parent domain")),
      reloadable(number("conference", "linger_seconds", 86400, 1, 31536000, "seconds",
                        "how long a conference that nobody is in stays a contact that can be called")),
      reloadable(number("conference", "max_participants", 49, 1, 49, "people",
                        "more than this in one conference are refused with a clear reason")),
      number("conference", "ring_seconds", 30, 0, 90, "seconds",
             "how long the devices of somebody invited ring; 0: they do not, and he has the message only"),
      flag("conference", "call_invites", false,
           "ring clients that know call invites (XEP-0482) and not call messages (XEP-0353) by them; false: they are "
           "called directly"),
      flag("conference", "roster_entries", true,
           "put contacts into people's lists where the XMPP server lets us (XEP-0356); false: each is asked by his "
           "client"),
      text("conference", "roster_group", "Conferences", "the group of such entries; empty: none"),
  };
}

std::vector<SettingOption> dial_options() {
  return {
      texts("dial", "allowed",
            "whose calls may leave by a gateway: addresses, or domains for all their users; empty: nobody's"),
      number("dial", "calls_a_day", 50, 0, 100000, "calls", "that may be dialled on one person's account"),
      number("dial", "minutes_a_day", 240, 0, 100000, "minutes",
             "that they may take, all together; a call that uses them up ends"),
      number("dial", "next_mode_seconds", 20, 5, 120, "seconds",
             "nobody answers so long: the next of his modes is rung"),
      text("dial", "country", "", "of numbers that are written without one, such as 49"),
  };
}

std::vector<SettingOption> control_options() {
  return {
      host_port("control", "listen", "127.0.0.1:7340", "where rollcall waits for its MCUs and doors"),
      text("control", "url", "ws://127.0.0.1:7340/control", "where MCUs and doors find rollcall"),
      secret("control", "mcu_token", "lets an MCU in"),
      secret_file("control", "mcu_token_file"),
      secret("control", "web_token", "lets the browser door in"),
      secret_file("control", "web_token_file"),
      secret("control", "sip_token", "lets the SIP door in"),
      secret_file("control", "sip_token_file"),
      secret("control", "operator_token", "lets the operator in"),
      secret_file("control", "operator_token_file"),
      text("control", "transcript", "",
           "for tests only: a file for every control message, with the secrets of running calls"),
  };
}

std::vector<SettingOption> links_options() {
  return {
      text("links", "base_url", "https://meet.example.org", "the browser door as guests reach it; join links start so"),
      secret("links", "key", "signs join links; whoever knows it can make them"),
      secret_file("links", "key_file"),
      number("links", "valid_days", 7, 1, 3650, "days", "how long a join link can be used"),
  };
}

std::vector<SettingOption> mcu_options() {
  return {
      text("mcu", "name", "", "this MCU's name at the allocator; empty: host name and process number"),
      texts("mcu", "addresses", "addresses that media arrives at; empty: all but loopback"),
      number("mcu", "port_min", 40000, 1, 65535, "", "lowest UDP port for media"),
      number("mcu", "port_max", 49999, 1, 65535, "", "highest UDP port for media"),
      number("mcu", "workers", 0, 0, 64, "processes",
             "each carries conferences of its own, and its crash is only theirs; 0: one for each core"),
      text("mcu", "stun", "",
           "host or host:port of a STUN server; empty: the addresses of this machine are the way to it"),
      text("mcu", "turn", "",
           "host or host:port of a TURN server, where people cannot reach this machine; empty: none"),
      text("mcu", "turn_user", "",
           "the user's name there; empty: names and passwords that expire are made of the secret (coturn: "
           "use-auth-secret)"),
      secret("mcu", "turn_secret", "his password, or the secret shared with the TURN server"),
      secret_file("mcu", "turn_secret_file"),
      number("mcu", "capacity_units", 0, 0, 1000000, "units",
             "how much this MCU may carry, all its workers together; 0: four fifths of its cores, 1000 each"),
      flag("mcu", "calibrate", true,
           "measure for about a second at start what a conference and a participant cost on this machine"),
      number("mcu", "width", 1280, 160, 3840, "pixels", "width of the mixed picture"),
      number("mcu", "height", 720, 90, 2160, "pixels", "height of the mixed picture"),
      number("mcu", "frame_rate", 30, 1, 60, "pictures a second", "of the mixed picture"),
      number("mcu", "video_kbit", 1500, 50, 20000, "kbit/s",
             "the most that the mixed picture takes to one participant"),
      number("mcu", "figures_seconds", 10, 1, 3600, "seconds",
             "how often each conference's figures are logged, at debug"),
  };
}

std::vector<SettingOption> recording_options() {
  return {
      text("recording", "directory", "",
           "the MCU's folder for recordings, such as /var/lib/rollcall-recordings; empty: none are made"),
      number("recording", "max_minutes", 240, 1, 10080, "minutes", "a recording that is longer ends by itself"),
      number("recording", "max_megabytes", 4000, 1, 1000000, "MB", "and one that is larger"),
  };
}

SettingOption trusted_proxies() {
  auto option = texts("web", "trusted_proxies", "proxies whose X-Forwarded-For names the browser's address");
  option.standard = Texts{"127.0.0.1", "::1"};
  return option;
}

SettingOption word(std::string_view section, std::string_view key, std::string standard,
                   std::vector<std::string_view> words, std::string_view reason) {
  return {.section = section,
          .key = key,
          .type = Type::word,
          .standard = std::move(standard),
          .reason = reason,
          .words = std::move(words)};
}

std::vector<SettingOption> sip_options() {
  return {
      text("sip", "name", "sip", "this SIP door's name at the allocator"),
      text("sip", "listen", "", "where SIP is heard over UDP and TCP, such as 192.0.2.1:5060; empty: nowhere"),
      text("sip", "tls_listen", "", "where SIP is heard over TLS, such as 192.0.2.1:5061; empty: nowhere"),
      text("sip", "tls_directory", "", "the folder with agent.pem (certificate and key) and cafile.pem"),
      text("sip", "realm", "rollcall", "what telephones are asked the password of their account for"),
      number("sip", "max_calls", 200, 1, 100000, "calls", "more at once are refused, both ways together"),
      flag("sip", "plain_accounts", false, "telephones with an account may come without encrypted media"),
      text("sip", "call_records", "",
           "the file that gets a line of JSON for each call that is over, such as /var/log/rollcall/calls.jsonl; "
           "empty: none"),
      number("sip", "ring_seconds", 60, 5, 600, "seconds", "a call that nobody answers is given up then"),
      number("sip", "session_seconds", 1800, 90, 86400, "seconds",
             "a call's other side that does not show itself for so long is gone (RFC 4028)"),
  };
}

std::vector<SettingOption> account_options() {
  return {
      text("sip_account", "name", "", "a telephone or room system that may join without a PIN: its user name"),
      secret("sip_account", "password", "its password"),
      secret_file("sip_account", "password_file"),
  };
}

std::vector<SettingOption> gateway_options() {
  return {
      text("gateway", "name", "", "a trunk or gateway, by a name of your own"),
      word("gateway", "mode", "pstn", {"pstn", "cellular", "isdn", "atm", "video_conferencing_standard", "gateway"},
           "whom it leads to"),
      text("gateway", "host", "", "its address, with a port or without: sip.provider.example"),
      word("gateway", "transport", "udp", {"udp", "tcp", "tls"}, "how it is spoken to"),
      text("gateway", "dial", "{number}@{host}",
           "what is called there: {number} the wanted address, {national} without its +, {prefix} by the rate, "
           "{tcs4} what stands behind ^, {host} the gateway's"),
      texts("gateway", "prefixes", "prefix by rate, \"128:82\" for pictures up to 128 kbit/s, \"0:9\" for sound only"),
      text("gateway", "tcs4_mark", "",
           "what stands between the number and a sub-address where there is one, such as **"),
      text("gateway", "user", "", "our account there; empty: none"),
      secret("gateway", "password", "its password"),
      secret_file("gateway", "password_file"),
      flag("gateway", "register", false, "register there, so that its calls find us"),
      number("gateway", "expires", 600, 60, 86400, "seconds", "how long a registration holds"),
      text("gateway", "caller", "", "the number that our calls show; empty: the account"),
      word("gateway", "profile", "voice", {"voice", "cellular", "h320", "room", "soft"}, "its codecs"),
      word("gateway", "media", "plain", {"plain", "sdes"}, "whether its media is encrypted; sdes needs transport tls"),
      number("gateway", "video_kbit", 384, 0, 20000, "kbit/s", "the most that the picture takes; 0: sound only"),
      number("gateway", "most_calls", 30, 0, 4096, "calls", "at once, both ways; 0: no limit"),
      texts("gateway", "allowed",
            "which addresses may be called, * for any letters: \"+49*\"; none: it is for calls that come in only"),
      texts("gateway", "inbound_from", "addresses that its calls come from, 192.0.2.7; none: no calls come in"),
  };
}

std::vector<SettingOption> repeated(std::vector<SettingOption> options) {
  for (auto& option : options) option.repeated = true;
  return options;
}

std::vector<SettingOption> make_table() {
  std::vector<SettingOption> table{log_level()};
  const auto add = [&](std::vector<SettingOption> options) {
    for (auto& option : options) table.push_back(std::move(option));
  };
  add(xmpp_options());
  add(conference_options());
  add(dial_options());
  add({text("store", "url", "sqlite:/var/lib/rollcall/rollcall.db",
            "the database that keeps conferences, invitations and running calls")});
  add(control_options());
  add(links_options());
  add(mcu_options());
  add(recording_options());
  add({text("web", "name", "web", "this browser door's name at the allocator"),
       host_port("web", "listen", "127.0.0.1:7380", "where the browser door serves HTTP, for a proxy with TLS"),
       trusted_proxies()});
  add(sip_options());
  add(repeated(account_options()));
  add(repeated(gateway_options()));
  return table;
}

}  // namespace

std::span<const SettingOption> settings_table() {
  static const std::vector<SettingOption> table = make_table();
  return table;
}

const SettingOption* find_option(std::string_view section, std::string_view key) {
  const auto table = settings_table();
  const auto found = std::ranges::find_if(
      table, [&](const SettingOption& option) { return option.section == section && option.key == key; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace rollcall::daemon
