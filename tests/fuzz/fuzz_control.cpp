// Control messages as a hostile peer might send them. What is accepted must be written so that it is accepted again,
// and mean the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "allocator/control/codec.h"

using namespace rollcall::control;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void check_again(const Incoming& incoming) {
  const auto params = std::visit([](const auto& message) { return encode_params(message); }, incoming.message);
  const auto again = decode(envelope_request(1, method_of(incoming.message), params));
  // A message may grow beyond the limit when its defaults are written out; it is refused then, and nothing worse.
  if (params.size() > 200 * 1024) return;
  must(std::holds_alternative<Incoming>(again));
  must(std::get<Incoming>(again).message == incoming.message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto decoded = decode(text);
  if (const auto* incoming = std::get_if<Incoming>(&decoded)) check_again(*incoming);
  if (const auto* malformed = std::get_if<Malformed>(&decoded)) {
    const auto error = decode(envelope_error(malformed->id, malformed->refusal));
    must(!std::holds_alternative<Incoming>(error));
    if (malformed->id) must(std::get<Answer>(error).result.error() == malformed->refusal);
  }
  (void)decode_result<Hello>(text);
  (void)decode_result<CallIncoming>(text);
  return 0;
}
