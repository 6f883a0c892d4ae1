#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "allocator/model/conference.h"
#include "allocator/model/expected.h"

namespace rollcall::links {

/// Makes and checks join links. A link names a conference and the day it expires, signed with HMAC-SHA-256 (RFC 2104,
/// cut to 16 bytes, §5); whoever has it may join as a guest. Owned by the process; any thread.
class LinkSigner {
 public:
  struct Settings {
    std::string base_url;  ///< https://meet.example.org
    std::string key;       ///< at least 16 bytes. Never logged.
    std::chrono::days valid{7};
  };

  explicit LinkSigner(Settings settings);

  /// `https://meet.example.org/j/<signed>`. All links made on one day (UTC) for one conference are the same.
  [[nodiscard]] std::string link(const model::ConferenceId& conference, model::Time now) const;

  /// The conference behind the signed part. Refuses link_forged or link_expired.
  [[nodiscard]] model::Expected<model::ConferenceId> check(std::string_view signed_part, model::Time now) const;

 private:
  [[nodiscard]] std::string signature(std::string_view text) const;
  Settings settings_;
};

}  // namespace rollcall::links
