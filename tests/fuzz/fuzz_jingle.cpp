// Whatever a peer sends as XMPP stanzas, one a line or one alone, is answered and never breaks the calls. What was read
// of a description can be written and read again.
#include <gloox/parser.h>
#include <gloox/tag.h>
#include <gloox/taghandler.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/mapping.h"

namespace {

namespace jingle = rollcall::component::jingle;
namespace stanza = rollcall::component::stanza;
namespace model = rollcall::model;

/// What the stream's guard lets through: gloox itself does not survive more.
bool passes_guard(const std::string& text) {
  return text.size() < 65536 && std::ranges::count(text, '<') < 2048;
}

/// Accepts, answers and ends whatever comes, and looks at time now and then.
struct Peer : gloox::TagHandler {
  int count = 0;
  jingle::Time now = jingle::Time{} + std::chrono::hours(1);
  jingle::Calls calls{{[this] { return model::LegId("leg-" + std::to_string(++count)); },
                       [this] { return "id-" + std::to_string(++count); }}};

  void handleTag(gloox::Tag* tag) override {
    now += std::chrono::seconds(1);
    read_description(*tag);
    if (!jingle::Calls::concerns(*tag)) return;
    act(tag->name() == "iq" ? calls.handle_iq(*tag, now) : calls.handle_message(*tag, now));
    act(calls.time_passed(now));
  }

  void read_description(const gloox::Tag& tag) {
    const gloox::Tag* inner = stanza::child_of(tag, "jingle", stanza::jingle_namespace);
    const auto said = inner == nullptr ? model::refuse(model::Reason::bad_request) : stanza::read_jingle(*inner);
    if (!said) return;
    if (!stanza::read_jingle(*stanza::write_jingle(*said))) std::abort();
  }

  void act(jingle::Outcome outcome) {
    for (const jingle::Stanza& stanza : outcome.stanzas) (void)stanza.tag->xml();
    for (const jingle::Event& event : outcome.events) {
      if (const auto* proposed = std::get_if<jingle::Proposed>(&event)) act(calls.admit(proposed->leg, now));
      if (const auto* offered = std::get_if<jingle::Offered>(&event)) answer(*offered);
      if (const auto* changed = std::get_if<jingle::Changed>(&event)) {
        act(count % 3 == 0 ? calls.refuse_change(changed->leg, {model::Reason::full})
                           : calls.changed(changed->leg, changed->description));
      }
    }
  }

  void answer(const jingle::Offered& offered) {
    const std::string kept = calls.signalling(offered.leg);
    act(calls.accept(offered.leg, offered.description, now));
    jingle::Calls later{{[] { return model::LegId("x"); }, [] { return std::string("x"); }}};
    if (!later.restore(offered.leg, offered.conference, kept)) std::abort();
    if (later.signalling(offered.leg) != kept) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  if (!passes_guard(text)) return 0;
  Peer peer;
  std::string stanza;
  // A parser that met an error stays there, so each line gets its own; a file without the mark is one stanza.
  constexpr std::string_view mark = "\n---\n";
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(mark, start), text.size());
    stanza = text.substr(start, end - start);
    gloox::Parser parser(&peer);
    parser.feed(stanza);
    start = end + mark.size();
  }
  return 0;
}
