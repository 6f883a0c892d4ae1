#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::component::stream {

/// Stands between the server's bytes and gloox's parser, for one connection: parses with expat, which is strict and
/// has no recursion, and says the same thing again so plainly that gloox cannot stumble: no prefixes, no comments, no
/// processing instructions, no character references beyond the five. Without it, any user of an ejabberd server ends
/// our connection with one `<stream:stream>` inside a message, and 60 000 nested elements end the process.
///
/// Pure: bytes in, XML out. Owned by GuardedConnection, loop thread.
class Guard {
 public:
  struct Limits {
    std::size_t depth = 64;               ///< elements inside one another, the stanza itself included
    std::size_t bytes = 256 * 1024;       ///< of one stanza, as handed on
    std::size_t token = 4 * 1024 * 1024;  ///< of one start tag, as received; more ends the connection
  };

  static constexpr std::string_view stream_end = "</stream:stream>";

  Guard() : Guard(Limits{}) {}
  explicit Guard(Limits limits);
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// What has become complete by these bytes: the stream's header, stanzas, the stream's end; each one whole. A
  /// stanza over a limit is left out and counted, its sender gets no answer. After a failure nothing comes any more.
  [[nodiscard]] std::vector<std::string> feed(std::string_view bytes);

  /// Why the stream cannot be read on, a sentence; empty while it can. Only the server itself can cause this.
  [[nodiscard]] const std::string& failure() const;
  [[nodiscard]] std::size_t dropped() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::component::stream
