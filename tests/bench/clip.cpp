#include "tests/bench/clip.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace rollcall::bench {
namespace {

constexpr std::size_t head = 6;  // size, key, level

}  // namespace

void save(const Clip& clip, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  for (const Frame& frame : clip) {
    const auto size = frame.data.size();
    for (int shift = 24; shift >= 0; shift -= 8) file.put(static_cast<char>(size >> shift));
    file.put(static_cast<char>(frame.key));
    file.put(static_cast<char>(frame.level));
    file.write(reinterpret_cast<const char*>(frame.data.data()), static_cast<std::streamsize>(size));
  }
  if (!file.flush()) throw std::runtime_error("cannot write the clip " + path);
}

Clip load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> raw{std::istreambuf_iterator<char>(file), {}};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(raw.data());
  Clip clip;
  for (std::size_t at = 0; at + head <= raw.size();) {
    const std::size_t size = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
    if (at + head + size > raw.size()) throw std::runtime_error("the clip " + path + " is cut off; delete its folder");
    clip.push_back({{bytes + at + head, bytes + at + head + size}, bytes[at + 4] != 0, bytes[at + 5]});
    at += head + size;
  }
  if (clip.empty()) throw std::runtime_error("there is no clip " + path + "; tests/bench/run makes them");
  return clip;
}

std::string clip_name(const std::string& kind, int number) {
  return kind + (number < 0 ? "" : "-" + std::to_string(number)) + ".clip";
}

}  // namespace rollcall::bench
