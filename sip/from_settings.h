// The SIP door's part of rollcall.toml, as its parts want it.
#pragma once

#include <string>
#include <vector>

#include "daemon/settings.h"
#include "sip/dialog/stack.h"
#include "sip/door.h"

namespace rollcall::sip {

/// Everything that rollcall.toml says; `problems` are sentences for the administrator, empty: it may be used.
struct Configured {
  dialog::Stack::Settings stack;
  Door::Settings door;
  Entrance::Settings entrance;  ///< without the secret
  std::vector<gateways::Record> gateways;
  std::vector<dialog::Registrar> registrars;
  std::vector<std::string> problems = {};
};
[[nodiscard]] Configured configured(const daemon::Settings& settings);

}  // namespace rollcall::sip
