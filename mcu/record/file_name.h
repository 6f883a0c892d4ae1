// Where a recording goes. Nothing that comes from the network becomes a path.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "allocator/model/expected.h"

namespace rollcall::mcu::record {

struct Settings {
  std::filesystem::path directory = {};  ///< empty: nothing is recorded here
  std::chrono::minutes longest{240};
  std::uint64_t most_megabytes = 4000;
  std::uint64_t least_free_megabytes = 200;  ///< else none is begun
};

/// "team-20261122-214500.mkv": of `conference` nothing but small letters, digits, and '-' for the rest.
[[nodiscard]] std::string file_name(const std::string& conference, std::chrono::system_clock::time_point begin);

/// A new, empty file for it, which the owner may write, his group may read, and nobody else may see. Refuses
/// not_allowed (the settings name no folder), full (the disk), internal (with the system's own words).
[[nodiscard]] model::Expected<std::filesystem::path> create_file(const Settings& settings,
                                                                 const std::string& conference,
                                                                 std::chrono::system_clock::time_point begin);

}  // namespace rollcall::mcu::record
