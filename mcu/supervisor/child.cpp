#include "mcu/supervisor/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace rollcall::mcu::supervisor {
namespace {

[[noreturn]] void fail(const std::string& what, int code) {
  throw std::runtime_error("a process cannot be started: " + what + ": " + std::strerror(code));
}

/// The descriptor of a process. By system call, because the header of this libc has no C++ linkage.
int open_process(pid_t pid) {
  return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

pid_t spawn(const std::string& program, const std::vector<std::string>& arguments, int report) {
  std::vector<char*> words;
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, report, Child::report_descriptor);
  pid_t pid = 0;
  const int code = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) fail(program, code);
  return pid;
}

}  // namespace

Child::Child(daemon::EventLoop& loop, const std::string& program, const std::vector<std::string>& arguments,
             Callbacks callbacks)
    : callbacks_(std::move(callbacks)) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe", errno);
  report_ = ends[0];
  // The write end may have the very number that the child is to find; dup2 would leave it close-on-exec then.
  const int writing = ::fcntl(ends[1], F_DUPFD_CLOEXEC, report_descriptor + 1);
  ::close(ends[1]);
  pid_ = spawn(program, arguments, writing);
  ::close(writing);
  process_ = open_process(pid_);
  if (process_ < 0) fail("pidfd_open", errno);
  ::fcntl(report_, F_SETFL, O_NONBLOCK);
  report_watch_ = loop.watch(report_, daemon::EventLoop::Interest::read, [this](auto) { on_report(); });
  end_watch_ = loop.watch(process_, daemon::EventLoop::Interest::read, [this](auto) { on_end(); });
}

Child::~Child() {
  report_watch_.reset();
  end_watch_.reset();
  ::close(report_);
  ::close(process_);
}

void Child::signal(int number) const {
  ::kill(pid_, number);
}

void Child::on_report() {
  std::array<char, 256> buffer{};
  ssize_t got = 0;
  while ((got = ::read(report_, buffer.data(), buffer.size())) > 0) {
    half_line_.append(buffer.data(), static_cast<std::size_t>(got));
  }
  if (got == 0) report_watch_.reset();
  std::size_t end = 0;
  while ((end = half_line_.find('\n')) != std::string::npos) {
    const std::string line = half_line_.substr(0, end);
    half_line_.erase(0, end + 1);
    callbacks_.said(line);
  }
}

void Child::on_end() {
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return;
  end_watch_.reset();
  on_report();
  const auto ended = std::move(callbacks_.ended);
  const bool by_signal = WIFSIGNALED(status);
  ended({by_signal ? 0 : WEXITSTATUS(status), by_signal ? WTERMSIG(status) : 0});
}

void report(const std::string& line) {
  const std::string text = line + "\n";
  [[maybe_unused]] const ssize_t written = ::write(Child::report_descriptor, text.data(), text.size());
}

bool end_with_parent(pid_t parent) {
  ::fcntl(Child::report_descriptor, F_SETFD, FD_CLOEXEC);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  return ::getppid() == parent;
}

}  // namespace rollcall::mcu::supervisor
