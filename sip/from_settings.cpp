#include "sip/from_settings.h"

#include <algorithm>

#include "allocator/model/modes.h"

namespace rollcall::sip {
namespace {

using gateways::Carrier;
using gateways::Record;

Carrier carrier_of(const std::string& word) {
  if (word == "tcp") return Carrier::tcp;
  return word == "tls" ? Carrier::tls : Carrier::udp;
}

Record record_of(const daemon::SettingRecord& settings, std::vector<std::string>& problems) {
  Record record;
  const auto security = settings.text("media") == "sdes" ? model::LegSecurity::sdes : model::LegSecurity::plain;
  const int video_kbit = static_cast<int>(settings.number("video_kbit"));
  record.shown = {.name = settings.text("name"),
                  .mode = model::mode_from_text(settings.text("mode")).value_or(model::CommunicationMode::pstn),
                  .up = !settings.flag("register"),
                  .most_calls = static_cast<int>(settings.number("most_calls")),
                  .profile = gateways::codec_profile(settings.text("profile"), security, video_kbit),
                  .allowed = settings.texts("allowed")};
  record.host = settings.text("host");
  record.carrier = carrier_of(settings.text("transport"));
  record.dial = settings.text("dial");
  record.tcs4_mark = settings.text("tcs4_mark");
  record.user = settings.text("user");
  record.password = settings.text("password");
  record.registers = settings.flag("register");
  record.expires = static_cast<int>(settings.number("expires"));
  record.caller = settings.text("caller");
  record.inbound_from = settings.texts("inbound_from");
  for (const auto& text : settings.texts("prefixes")) {
    if (auto prefix = gateways::parse_prefix(text)) {
      record.prefixes.push_back(std::move(*prefix));
    } else {
      problems.push_back("gateway.prefixes: " + prefix.error().subject);
    }
  }
  std::ranges::sort(record.prefixes);
  return record;
}

void check(const Record& record, const std::vector<Record>& others, const dialog::Stack::Settings& stack,
           std::vector<std::string>& problems) {
  const auto complain = [&](const std::string& text) {
    problems.push_back("[[gateway]] " + record.shown.name + ": " + text);
  };
  if (record.shown.name.empty()) complain("has no name");
  const auto same = [&](const Record& other) { return other.shown.name == record.shown.name; };
  if (std::ranges::count_if(others, same) > 1) complain("the name stands twice; gateways are told apart by it");
  if (record.registers && (record.user.empty() || record.host.empty()))
    complain("register = true needs a user and a host to register at");
  if (record.shown.profile.security == model::LegSecurity::sdes && record.carrier != Carrier::tls)
    complain("media = \"sdes\" needs transport = \"tls\": the keys are in the signalling");
  const bool tls = record.carrier == Carrier::tls;
  if (tls ? stack.tls_listen.empty() : stack.listen.empty())
    complain(tls ? "transport = \"tls\" needs sip.tls_listen" : "needs sip.listen, or transport = \"tls\"");
}

dialog::Registrar registrar_of(const Record& record) {
  return {.name = record.shown.name,
          .uri = gateways::host_uri(record),
          .host = record.host,
          .user = record.user,
          .password = record.password,
          .expires = record.expires};
}

void read_listening(const daemon::Settings& settings, Configured& all) {
  all.stack = {.listen = settings.text("sip.listen"),
               .tls_listen = settings.text("sip.tls_listen"),
               .tls_directory = settings.text("sip.tls_directory"),
               .session_seconds = static_cast<int>(settings.number("sip.session_seconds"))};
  for (const auto* name : {"sip.listen", "sip.tls_listen"}) {
    const auto& text = settings.text(name);
    if (!text.empty() && !daemon::split_host_port(text))
      all.problems.push_back(std::string(name) + " must be an address with a port, such as 192.0.2.1:5060, not \"" +
                             text + "\"");
  }
  if (all.stack.listen.empty() && all.stack.tls_listen.empty())
    all.problems.emplace_back("neither sip.listen nor sip.tls_listen is set: no telephone could reach this door");
  if (!all.stack.tls_listen.empty() && all.stack.tls_directory.empty())
    all.problems.emplace_back("sip.tls_listen needs sip.tls_directory, the folder with agent.pem");
}

}  // namespace

Configured configured(const daemon::Settings& settings) {
  Configured all;
  read_listening(settings, all);
  all.door = {.most_calls = static_cast<std::size_t>(settings.number("sip.max_calls")),
              .ring_for = std::chrono::seconds(settings.number("sip.ring_seconds")),
              .plain_accounts = settings.flag("sip.plain_accounts")};
  all.entrance.realm = settings.text("sip.realm");
  for (const auto& account : settings.records("sip_account")) {
    if (account.text("name").empty() || account.text("password").empty()) {
      all.problems.emplace_back("[[sip_account]] needs a name and a password");
    }
    all.entrance.accounts.insert_or_assign(account.text("name"), account.text("password"));
  }
  for (const auto& gateway : settings.records("gateway")) all.gateways.push_back(record_of(gateway, all.problems));
  for (const auto& record : all.gateways) {
    all.stack.trusted.insert(all.stack.trusted.end(), record.inbound_from.begin(), record.inbound_from.end());
    if (!record.host.empty()) all.stack.trusted.push_back(record.host.substr(0, record.host.rfind(':')));
    check(record, all.gateways, all.stack, all.problems);
    if (record.registers) all.registrars.push_back(registrar_of(record));
  }
  return all;
}

}  // namespace rollcall::sip
