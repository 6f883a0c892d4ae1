#pragma once

#include <fstream>
#include <string>
#include <string_view>

namespace rollcall::pool {

/// For tests: every control message as a line {"direction":"received"|"sent","peer":…,"text":…} of a file. It holds
/// the keys of running calls, so it is a setting that nobody uses in earnest. Owned by the pool, loop thread.
class Transcript {
 public:
  /// An empty path writes nothing.
  explicit Transcript(const std::string& path);
  [[nodiscard]] bool enabled() const { return file_.is_open(); }
  void write(std::string_view direction, const std::string& peer, const std::string& text);

 private:
  std::ofstream file_;
};

}  // namespace rollcall::pool
