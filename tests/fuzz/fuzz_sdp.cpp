// Whatever a guest or a telephone sends as SDP is read or refused, and what was read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sdp/sdp.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace sdp = rollcall::sdp;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)sdp::parse_candidate(text);
  auto session = sdp::parse_session(text);
  if (!session) return 0;
  if (!sdp::parse_session(sdp::write(session->description, {.unused = session->unused}))) std::abort();
  return 0;
}
