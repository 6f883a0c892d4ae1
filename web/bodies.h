// The JSON that the page sends, as values. Refused with bad_request.
#pragma once

#include <string>
#include <vector>

#include "allocator/model/expected.h"

namespace rollcall::web {

struct JoinBody {
  std::string name;  ///< as typed
  std::string sdp;
};
struct TrickledCandidate {
  std::string mid;
  std::string candidate;
};
struct MuteBody {
  bool audio_muted = false;
  bool video_muted = false;
};

[[nodiscard]] model::Expected<JoinBody> join_body(const std::string& text);
[[nodiscard]] model::Expected<std::string> offer_body(const std::string& text);
/// At most 32 at once.
[[nodiscard]] model::Expected<std::vector<TrickledCandidate>> candidates_body(const std::string& text);
[[nodiscard]] model::Expected<MuteBody> mute_body(const std::string& text);

}  // namespace rollcall::web
