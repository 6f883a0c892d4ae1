// A Stream on a scripted server, for the tests of Stream.
#pragma once

#include <gloox/tag.h>

#include <memory>
#include <string>
#include <vector>

#include "xmpp-component/stream/stream.h"
#include "xmpp-component/stream/testing/scripted_server.h"

namespace rollcall::component::stream {

/// A Stream on a server in memory, and what it tells its owner.
struct Play {
  ScriptedServer server;
  std::vector<StreamState> states;
  std::string sentence;
  std::vector<std::string> stanzas;
  std::vector<std::string> asked;
  std::unique_ptr<Stream> stream;

  explicit Play(const std::string& secret = "secret") : server("secret") {
    stream = std::make_unique<Stream>(
        server.environment(), Stream::Settings{"xmpp.example.org", 5347, "call.example.org", secret},
        Stream::Callbacks{[this](StreamState state, const std::string& text) {
                            states.push_back(state);
                            sentence = text;
                          },
                          [this](const gloox::Tag& tag) { stanzas.push_back(tag.name()); },
                          [this](IqRequest iq) {
                            asked.push_back(iq.to());
                            if (iq.payload()->name() == "ping") iq.result();
                          }});
    stream->open();
  }
  [[nodiscard]] StreamState state() const { return stream->state(); }
};

inline std::string ping_from(const std::string& from) {
  return "<iq type='get' id='p1' from='" + from + "' to='team@call.example.org'><ping xmlns='urn:xmpp:ping'/></iq>";
}

inline gloox::Tag message(const std::string& body) {
  gloox::Tag tag("message", "from", "team@call.example.org/call");
  tag.addAttribute("to", "ann@example.org");
  new gloox::Tag(&tag, "body", body);
  return tag;
}

inline std::unique_ptr<gloox::Tag> question() {
  auto tag = std::make_unique<gloox::Tag>("iq", "type", "get");
  tag->addAttribute("from", "call.example.org");
  tag->addAttribute("to", "bob@example.org");
  return tag;
}

}  // namespace rollcall::component::stream
