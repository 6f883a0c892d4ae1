#include "xmpp-component/stream/guard.h"

#include <dlfcn.h>
#include <expat.h>

#include <climits>
#include <stdexcept>
#include <utility>

#include "xmpp-component/stream/canonical_xml.h"

namespace rollcall::component::stream {
namespace {

constexpr XML_Char separator = '\x01';  // no namespace name can hold it
constexpr std::string_view streams_namespace = "http://etherx.jabber.org/streams";
constexpr std::string_view component_namespace = "jabber:component:accept";
constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

struct Name {
  std::string_view space;
  std::string_view local;
};

Name split(const XML_Char* expat_name) {
  const std::string_view text(expat_name);
  const auto end = text.find(separator);
  if (end == std::string_view::npos) return {{}, text};
  return {text.substr(0, end), text.substr(end + 1)};
}

/// Expat versions that hold back a start tag which does not fit one read (CVE-2023-52425) stall on a quiet stream, and
/// Debian put that into 2.5.0 without changing the version. Looked up at run time, because the library that runs is not
/// always the one we were built with.
void switch_reparse_deferral_off(XML_Parser parser) {
  using Switch = XML_Bool (*)(XML_Parser, XML_Bool);
  static const auto function = reinterpret_cast<Switch>(dlsym(RTLD_DEFAULT, "XML_SetReparseDeferralEnabled"));
  if (function != nullptr) function(parser, XML_FALSE);
}

}  // namespace

struct Guard::State {
  explicit State(Limits given);
  ~State() { XML_ParserFree(parser); }

  void start(const XML_Char* name, const XML_Char** attributes);
  void start_stanza(Name name);
  void end();
  void text(std::string_view data);
  void fail(std::string why);
  void check_limits();
  [[nodiscard]] std::size_t pending_bytes() const;
  void parse(std::string_view bytes);

  Limits limits;
  XML_Parser parser;
  CanonicalXml xml;                // of the element at hand: the stream's header or a stanza
  std::vector<std::string> ready;  // complete, not yet returned by feed()
  std::string held;                // received, not yet shown to expat
  std::string failure;
  std::size_t depth = 0;     // open elements, the stream itself included
  std::size_t received = 0;  // bytes shown to expat
  std::size_t dropped = 0;
  bool dropping = false;  // the stanza at hand
};

Guard::State::State(Limits given) : limits(given), parser(XML_ParserCreateNS("UTF-8", separator)) {
  if (parser == nullptr) throw std::bad_alloc();
  switch_reparse_deferral_off(parser);
  XML_SetUserData(parser, this);
  XML_SetElementHandler(
      parser,
      [](void* self, const XML_Char* name, const XML_Char** attributes) {
        static_cast<State*>(self)->start(name, attributes);
      },
      [](void* self, const XML_Char*) { static_cast<State*>(self)->end(); });
  XML_SetCharacterDataHandler(parser, [](void* self, const XML_Char* data, int length) {
    static_cast<State*>(self)->text({data, static_cast<std::size_t>(length)});
  });
  XML_SetStartDoctypeDeclHandler(parser, [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<State*>(self)->fail("The XMPP server sent a document type declaration, which RFC 6120 forbids.");
  });
}

void Guard::State::fail(std::string why) {
  if (!failure.empty()) return;
  failure = std::move(why);
  XML_StopParser(parser, XML_FALSE);
}

void Guard::State::start(const XML_Char* expat_name, const XML_Char** attributes) {
  if (!failure.empty()) return;
  const Name name = split(expat_name);
  ++depth;
  if (depth == 1 && (name.space != streams_namespace || name.local != "stream")) {
    return fail(
        "What answers on the component port is no XMPP server: its stream does not start with <stream:stream>.");
  }
  if (depth == 2) start_stanza(name);
  if (dropping) return;

  if (depth == 1) {
    xml.start_stream();
  } else {
    xml.start(name.local, name.space);
  }
  for (; *attributes != nullptr; attributes += 2) {
    const Name attribute = split(attributes[0]);
    if (attribute.space.empty()) xml.attribute(attribute.local, attributes[1]);
    if (attribute.space == xml_namespace) xml.attribute("xml:" + std::string(attribute.local), attributes[1]);
  }
  if (depth == 1) ready.push_back(xml.take_header());
  check_limits();
}

/// Of what the server may say at this level, gloox needs the stanzas, the handshake and the stream error. A second
/// stream header, above all, would make it start again.
void Guard::State::start_stanza(Name name) {
  const bool is_stream_error = name.space == streams_namespace && name.local == "error";
  dropping = name.space != component_namespace && !is_stream_error;
  xml.clear();
}

void Guard::State::check_limits() {
  if (depth > limits.depth + 1 || xml.size() > limits.bytes) {
    dropping = true;
    xml.clear();
  }
}

void Guard::State::text(std::string_view data) {
  if (depth < 2 || dropping || !failure.empty()) return;  // white space between stanzas keeps connections alive
  xml.text(data);
  check_limits();
}

void Guard::State::end() {
  if (!failure.empty()) return;
  --depth;
  if (depth == 0) {
    ready.emplace_back(stream_end);
    return;
  }
  if (!dropping) xml.end();
  check_limits();
  if (depth != 1) return;
  if (dropping) {
    ++dropped;
  } else {
    ready.push_back(xml.take());
  }
  dropping = false;
}

std::size_t Guard::State::pending_bytes() const {
  const XML_Index parsed = XML_GetCurrentByteIndex(parser);
  return parsed < 0 ? received : received - static_cast<std::size_t>(parsed);
}

void Guard::State::parse(std::string_view bytes) {
  received += bytes.size();
  if (XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), XML_FALSE) == XML_STATUS_OK) return;
  if (failure.empty()) {
    failure = std::string("The XMPP server sent broken XML: ") + XML_ErrorString(XML_GetErrorCode(parser)) + ".";
  }
}

Guard::Guard(Limits limits) : state_(std::make_unique<State>(limits)) {}

Guard::~Guard() = default;

/// A start tag that comes in many pieces is read again from its beginning for every piece; a user can make it so long
/// that this costs seconds. It cannot end before a '>' came, so pieces without one wait here.
std::vector<std::string> Guard::feed(std::string_view bytes) {
  constexpr std::size_t cheap_to_read_again = 4096;
  constexpr std::size_t at_once = 64 * 1024;
  State& state = *state_;
  for (; !bytes.empty() && state.failure.empty(); bytes.remove_prefix(std::min(at_once, bytes.size()))) {
    const std::string_view piece = bytes.substr(0, at_once);
    const std::size_t waiting = state.received == 0 ? 0 : state.pending_bytes();
    if (waiting + state.held.size() + piece.size() > state.limits.token) {
      state.fail("The XMPP server sent an XML element without an end.");
      break;
    }
    if (waiting > cheap_to_read_again && piece.find('>') == std::string_view::npos) {
      state.held += piece;
      continue;
    }
    if (!state.held.empty()) state.parse(std::exchange(state.held, {}));
    if (state.failure.empty()) state.parse(piece);
  }
  return std::exchange(state.ready, {});
}

const std::string& Guard::failure() const {
  return state_->failure;
}

std::size_t Guard::dropped() const {
  return state_->dropped;
}

}  // namespace rollcall::component::stream
