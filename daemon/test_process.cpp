#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "daemon/log.h"
#include "daemon/process.h"

using namespace rollcall::daemon;

namespace {
CommandLine with_file(const std::string& path) {
  std::ostringstream ignored;
  auto line = parse_command_line({"test", "", {}, {}}, {"--config", path}, {}, ignored, ignored);
  return std::get<CommandLine>(std::move(line));
}
}  // namespace

TEST_CASE("writing to a closed socket does not end the process") {
  ignore_broken_pipes();
  std::array<int, 2> ends{};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  ::close(ends[1]);
  CHECK(::write(ends[0], "x", 1) == -1);
  ::close(ends[0]);
}

TEST_CASE("the descriptor limit is raised to what the administrator allows") {
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  rlimit low = limit;
  low.rlim_cur = 64;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
  CHECK(raise_descriptor_limit() == limit.rlim_max);
}

TEST_CASE("SIGTERM asks the process to end, a second one ends the loop at once") {
  EventLoop loop;
  CommandLine line;
  int asked = 0;
  Process process(loop, line, {.stop = [&] { ++asked; }});
  loop.post([&] {
    ::kill(::getpid(), SIGTERM);
    ::kill(::getpid(), SIGINT);
  });
  loop.run();
  CHECK(asked == 1);
}

TEST_CASE("SIGHUP takes over what may change, and keeps everything when the file is wrong") {
  const std::string path = "test_process.tmp";
  std::ofstream(path) << "[conference]\nlinger_seconds = 1\n";
  CommandLine line = with_file(path);
  std::string lines;
  const log::Capture capture([&](auto, const std::string& text) { lines += text + "\n"; });
  EventLoop loop;
  std::vector<std::int64_t> seen;
  Process process(loop, line,
                  {.stop = [] {},
                   .reloaded =
                       [&](const Settings& settings) {
                         seen.push_back(settings.number("conference.linger_seconds"));
                         std::ofstream(path) << "[conference]\nlinger_seconds = -1\n";
                         ::kill(::getpid(), SIGHUP);
                       }});
  std::ofstream(path) << "[conference]\nlinger_seconds = 2\n[xmpp]\nport = 1\n";
  loop.post([] { ::kill(::getpid(), SIGHUP); });
  const auto until = loop.every(std::chrono::milliseconds(1), [&] {
    if (lines.find("settings.refused") != std::string::npos) loop.quit();
  });
  const auto deadline = loop.after(std::chrono::seconds(10), [&] { loop.quit(); });
  loop.run();
  CHECK(seen == std::vector<std::int64_t>{2});
  CHECK(lines.find("event=settings.reloaded need_restart=xmpp.port") != std::string::npos);
  CHECK(lines.find("event=settings.refused problem=") != std::string::npos);
  CHECK(line.settings.number("conference.linger_seconds") == 2);
  std::remove(path.c_str());
}

TEST_CASE("systemd is told when the process is ready and when it stops") {
  std::array<char, 64> buffer{};
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM, 0);
  REQUIRE(descriptor >= 0);
  const std::string name = "@rollcall-test-" + std::to_string(::getpid());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(name.begin() + 1, name.end(), address.sun_path + 1);  // an abstract name starts with a zero byte
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  REQUIRE(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), length) == 0);
  ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  EventLoop loop;
  CommandLine line;
  Process process(loop, line, {.stop = [&] { loop.quit(); }});
  process.ready();
  REQUIRE(::recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT) == 7);
  CHECK(std::string(buffer.data(), 7) == "READY=1");
  loop.post([] { ::kill(::getpid(), SIGTERM); });
  loop.run();
  REQUIRE(::recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT) == 10);
  CHECK(std::string(buffer.data(), 10) == "STOPPING=1");
  ::unsetenv("NOTIFY_SOCKET");
  ::close(descriptor);
}
