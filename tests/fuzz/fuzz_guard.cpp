// Whatever the server sends: the guard's answer does not depend on how the bytes were cut, nothing over its limits
// comes out, and gloox's parser takes all that does.
#include <gloox/parser.h>
#include <gloox/tag.h>
#include <gloox/taghandler.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stream/guard.h"

namespace {

using rollcall::component::stream::Guard;

constexpr Guard::Limits limits{.depth = 8, .bytes = 4096, .token = 65'536};
constexpr std::string_view header =
    "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='1'>";

struct Outcome {
  std::vector<std::string> xml;
  std::string failure;
  std::size_t dropped = 0;
  bool operator==(const Outcome&) const = default;
};

Outcome guarded(std::string_view bytes, std::size_t piece) {
  Guard guard(limits);
  Outcome outcome;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    for (std::string& xml : guard.feed(bytes.substr(0, piece))) outcome.xml.push_back(std::move(xml));
  }
  outcome.failure = guard.failure();
  outcome.dropped = guard.dropped();
  return outcome;
}

std::size_t depth_of(const gloox::Tag& tag) {
  std::size_t deepest = 0;
  for (const gloox::Tag* child : tag.children()) deepest = std::max(deepest, depth_of(*child));
  return deepest + 1;
}

struct Judge final : gloox::TagHandler {
  void handleTag(gloox::Tag* tag) override {
    if (depth_of(*tag) > limits.depth) std::abort();
  }
};

void must(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = std::string(header) + std::string(reinterpret_cast<const char*>(data), size);
  const Outcome whole = guarded(bytes, bytes.size());
  must(guarded(bytes, 1) == whole);
  must(guarded(bytes, 7) == whole);
  Judge judge;
  gloox::Parser parser(&judge);
  for (std::string xml : whole.xml) {
    must(xml.size() <= limits.bytes);
    if (xml != Guard::stream_end) must(parser.feed(xml) < 0);
  }
  return 0;
}
