#include "mcu/record/file_name.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>

namespace rollcall::mcu::record {

using model::Reason;
using model::refuse;

namespace {

constexpr std::size_t longest_name = 40;
constexpr int most_of_one_second = 100;
constexpr mode_t owner_and_group = 0640;

std::string harmless(const std::string& text) {
  std::string name;
  for (const char c : text) {
    if (name.size() == longest_name) break;
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "conference" : name;
}

}  // namespace

std::string file_name(const std::string& conference, std::chrono::system_clock::time_point begin) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(begin);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> when{};
  std::strftime(when.data(), when.size(), "-%Y%m%d-%H%M%S", &parts);
  return harmless(conference) + when.data() + ".mkv";
}

model::Expected<std::filesystem::path> create_file(const Settings& settings, const std::string& conference,
                                                   std::chrono::system_clock::time_point begin) {
  if (settings.directory.empty())
    return refuse(Reason::not_allowed, "the settings of this media server name no folder");
  std::error_code problem;
  const auto space = std::filesystem::space(settings.directory, problem);
  if (problem) return refuse(Reason::internal, settings.directory.string() + ": " + problem.message());
  if (space.available < settings.least_free_megabytes * 1'000'000) return refuse(Reason::full, "the disk");
  const std::filesystem::path wanted = settings.directory / file_name(conference, begin);
  for (int number = 1; number < most_of_one_second; ++number) {
    auto path = wanted;
    if (number > 1) path.replace_filename(wanted.stem().string() + "-" + std::to_string(number) + ".mkv");
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, owner_and_group);
    if (file >= 0) {
      ::close(file);
      return path;
    }
    if (errno != EEXIST)
      return refuse(Reason::internal, path.string() + ": " + std::error_code(errno, std::generic_category()).message());
  }
  return refuse(Reason::busy, "recordings");
}

}  // namespace rollcall::mcu::record
