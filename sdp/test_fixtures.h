// Descriptions that real programs wrote, in sdp/fixtures.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace rollcall::sdp {

inline std::string fixture(const std::string& name) {
  std::ifstream file(std::string(FIXTURES) + "/" + name + ".sdp", std::ios::binary);
  if (!file) throw std::runtime_error("no such fixture: " + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace rollcall::sdp
