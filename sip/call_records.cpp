#include "sip/call_records.h"

#include <Poco/JSON/Object.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sstream>

#include "daemon/log.h"

namespace rollcall::sip {
namespace {

/// RFC 3339, in UTC.
std::string text_of(limits::Time time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace

std::string to_line(const CallRecord& record) {
  const bool was_answered = record.answered != limits::Time{};
  Poco::JSON::Object object;
  object.set("leg", record.leg);
  object.set("gateway", record.gateway);
  object.set("direction", record.outgoing ? "out" : "in");
  object.set("party", record.party);
  object.set("begun", text_of(record.begun));
  if (was_answered) object.set("answered", text_of(record.answered));
  object.set("ended", text_of(record.ended));
  object.set("seconds", was_answered ? static_cast<int>((record.ended - record.answered).count()) : 0);
  object.set("cause", record.cause);
  if (record.status != 0) object.set("status", record.status);
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

void CallRecords::add(const CallRecord& record) const {
  if (file_.empty()) return;
  const std::string line = to_line(record) + "\n";
  const int descriptor = open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const bool written =
      descriptor >= 0 && write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (!written)
    daemon::log::error(daemon::event::sip_failed,
                       {{"leg", record.leg},
                        {"gateway", record.gateway},
                        {"status", 0},
                        {"text", "sip.call_records cannot be written: " + std::string(std::strerror(errno))}});
  if (descriptor >= 0) close(descriptor);
}

}  // namespace rollcall::sip
