#include "daemon/log.h"

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/ConsoleChannel.h>
#include <Poco/FormattingChannel.h>
#include <Poco/Logger.h>
#include <Poco/Message.h>
#include <Poco/PatternFormatter.h>

#include <utility>

namespace rollcall::daemon::log {
namespace {

using Poco::AutoPtr;
using Poco::Message;

std::string_view word_of(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::information:
      return "information";
    case Level::debug:
      return "debug";
  }
  __builtin_unreachable();
}

Message::Priority priority_of(Level level) {
  switch (level) {
    case Level::error:
      return Message::PRIO_ERROR;
    case Level::warning:
      return Message::PRIO_WARNING;
    case Level::information:
      return Message::PRIO_INFORMATION;
    case Level::debug:
      return Message::PRIO_DEBUG;
  }
  __builtin_unreachable();
}

AutoPtr<Poco::Channel> stderr_channel() {
  AutoPtr<Poco::Formatter> formatter(new Poco::PatternFormatter("%t time=%Y-%m-%dT%H:%M:%S.%iZ"));
  AutoPtr<Poco::Channel> console(new Poco::ConsoleChannel);
  return new Poco::FormattingChannel(formatter, console);
}

Poco::Logger& logger() {
  static Poco::Logger& ours = Poco::Logger::create("rollcall", stderr_channel(), Message::PRIO_INFORMATION);
  return ours;
}

void write(Level level, const LogEvent& event, Fields fields) {
  const auto priority = priority_of(level);
  if (!logger().is(priority)) return;
  std::string text = line(event, fields);
  text.append(" level=").append(word_of(level));
  logger().log(Message("rollcall", text, priority));
}

class SinkChannel : public Poco::Channel {
 public:
  explicit SinkChannel(std::function<void(Level, const std::string&)> sink) : sink_(std::move(sink)) {}
  void log(const Message& message) override {
    const auto priority = message.getPriority();
    const Level level = priority <= Message::PRIO_ERROR         ? Level::error
                        : priority == Message::PRIO_WARNING     ? Level::warning
                        : priority == Message::PRIO_INFORMATION ? Level::information
                                                                : Level::debug;
    sink_(level, message.getText());
  }

 private:
  std::function<void(Level, const std::string&)> sink_;
};

}  // namespace

void error(const LogEvent& event, Fields fields) {
  write(Level::error, event, fields);
}
void warning(const LogEvent& event, Fields fields) {
  write(Level::warning, event, fields);
}
void info(const LogEvent& event, Fields fields) {
  write(Level::information, event, fields);
}
void debug(const LogEvent& event, Fields fields) {
  write(Level::debug, event, fields);
}

void set_level(std::string_view word) {
  logger().setLevel(std::string(word));
}

Capture::Capture(std::function<void(Level, const std::string&)> sink) {
  logger().setChannel(AutoPtr<Poco::Channel>(new SinkChannel(std::move(sink))));
}
Capture::~Capture() {
  logger().setChannel(stderr_channel());
}

}  // namespace rollcall::daemon::log
