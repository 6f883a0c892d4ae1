// The log: `log::info(event::peer_up, {{"peer", name}})` becomes one line on stderr, and so in the journal:
//   event=peer.up peer=mcu-1 level=information time=2025-01-31T12:00:00.123Z
// Never a secret, a message's body or a media description above debug.
#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "daemon/log_events.h"

namespace rollcall::daemon::log {

enum class Level { error, warning, information, debug };

/// One key=value pair. Values are quoted where they must be, so that hostile text cannot forge a pair or a line.
struct Field {
  Field(std::string_view name, std::string_view text) : key(name), value(text) {}
  Field(std::string_view name, const std::string& text) : key(name), value(text) {}
  Field(std::string_view name, const char* text) : key(name), value(text) {}
  Field(std::string_view name, bool truth) : key(name), value(truth ? "true" : "false") {}
  template <class Number>
  requires(std::integral<Number> || std::floating_point<Number>) Field(std::string_view name, Number number)
      : key(name), value(std::to_string(number)) {}

  std::string_view key;
  std::string value;
};
using Fields = std::initializer_list<Field>;

// Any thread, though ours log from the loop.
void error(const LogEvent& event, Fields fields = {});
void warning(const LogEvent& event, Fields fields = {});
void info(const LogEvent& event, Fields fields = {});
void debug(const LogEvent& event, Fields fields = {});

/// At start and on SIGHUP: "error", "warning", "information" or "debug", as the settings have checked.
void set_level(std::string_view word);

/// `event=… key=value …`, without level and time. Pure. Values over 1 KiB are cut.
[[nodiscard]] std::string line(const LogEvent& event, Fields fields);

/// For tests: lines go to `sink` instead of stderr until this is destroyed. One at a time.
class Capture {
 public:
  explicit Capture(std::function<void(Level, const std::string& line)> sink);
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;
};

}  // namespace rollcall::daemon::log
