#pragma once

#include <string>

namespace rollcall::component::stream {

/// The same XML in valid UTF-8 and without U+FFFE and U+FFFF: each byte that does not belong becomes U+FFFD. gloox
/// keeps out the other characters that XML forbids; a single one of these, in somebody's name, makes the server end
/// the stream.
[[nodiscard]] std::string sendable(std::string xml);

}  // namespace rollcall::component::stream
