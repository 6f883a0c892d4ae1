#include "ctl/set_up.h"

#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "ctl/setup/dialogue.h"
#include "ctl/setup/plan.h"
#include "daemon/settings_table.h"

namespace rollcall::ctl {
namespace {

using daemon::ExitCode;
using std::filesystem::perms;

const char* const standard_file = "/etc/rollcall/rollcall.toml";

/// 192 bits, as 48 letters.
std::string new_secret() {
  std::array<unsigned char, 24> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("the system gives no random numbers");
  std::string text;
  for (const unsigned char byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

setup::Secrets new_secrets() {
  return {new_secret(), new_secret(), new_secret(), new_secret(), new_secret(), new_secret()};
}

/// A file that is made here is nobody else's to read before anything stands in it.
bool can_write(const std::string& file) {
  const bool is_new = !std::filesystem::exists(file);
  if (!std::ofstream(file, std::ios::app)) return false;
  if (is_new) std::filesystem::permissions(file, perms::owner_read | perms::owner_write | perms::group_read);
  return true;
}

ExitCode refuse(const std::string& why) {
  std::cerr << "rollcallctl: " << why << '\n';
  return ExitCode::settings;
}

ExitCode look_at(const std::string& file) {
  std::cout << "\nPress Return when that is done, and the installation is looked at (Ctrl+D: not now). " << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) {
    std::cout << '\n';
    return ExitCode::ok;
  }
  execlp("rollcall", "rollcall", "--check", "--config", file.c_str(), nullptr);
  return refuse("`rollcall` is not among the programs here; run `rollcall --check` where it is");
}

}  // namespace

ExitCode set_up(const daemon::CommandLine& line) {
  const std::string file = line.sources.file_name.value_or(standard_file);
  if (!line.settings.text("xmpp.domain").empty())
    return refuse(file + " is filled in already (xmpp.domain is " + line.settings.text("xmpp.domain") +
                  "). Edit it, or put it aside to begin anew");
  if (!can_write(file)) return refuse(file + " cannot be written; is its folder there, and are you root?");
  const auto plan = setup::ask(std::cin, std::cout);
  if (!plan) return refuse("not all was answered; nothing has been changed");
  const auto secrets = new_secrets();
  const auto& present = line.sources.file_text;
  std::string text;
  try {
    text = setup::settings_text(present.empty() ? daemon::sample_settings() : present, *plan, secrets);
  } catch (const std::logic_error& error) {
    return refuse(file + " is not the sample any more (" + error.what() + "); put it aside to begin anew");
  }
  if (std::ofstream out(file, std::ios::trunc); !(out << text << std::flush))
    return refuse(file + " could not be written whole; is the disk full?");
  std::cout << "\nWritten: " << file << "\n\n1. Put this into " << setup::server_file(plan->server) << ", "
            << setup::server_advice(plan->server) << "\n\n"
            << setup::server_lines(*plan, secrets.component)
            << "\n2. Start the services: systemctl enable --now rollcall rollcall-mcu rollcall-web\n";
  return look_at(file);
}

}  // namespace rollcall::ctl
