#include <doctest/doctest.h>
#include <gloox/parser.h>
#include <gloox/tag.h>
#include <gloox/taghandler.h>

#include <string>
#include <vector>

#include "xmpp-component/stream/guard.h"

using rollcall::component::stream::Guard;

namespace {

const std::string header =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
    "xmlns:stream='http://etherx.jabber.org/streams' id='1' from='call.example.org'>";

/// A guard with gloox's parser behind it, as in the running process; `stanzas` is what got through, as gloox read it.
struct GuardedGloox : gloox::TagHandler {
  Guard guard;
  gloox::Parser parser{this};
  std::vector<std::string> stanzas;

  GuardedGloox() { says(header); }
  void handleTag(gloox::Tag* tag) override {
    if (tag->name() != "stream") stanzas.push_back(tag->xml());
  }
  void says(const std::string& bytes) {
    for (std::string& xml : guard.feed(bytes)) CHECK(parser.feed(xml) < 0);
  }
  void says_in_pieces(const std::string& bytes, std::size_t size) {
    for (std::size_t at = 0; at < bytes.size(); at += size) says(bytes.substr(at, size));
  }
  /// The stream still works, and nothing but this last stanza got through.
  void check_alive() {
    stanzas.clear();
    says("<message from='a@b' to='c@d'><body>still here</body></message>");
    CHECK(stanzas == std::vector<std::string>{"<message xmlns='jabber:component:accept' from='a@b' to='c@d'>"
                                              "<body>still here</body></message>"});
    CHECK(guard.failure().empty());
  }
};

std::string times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

std::string in_message(const std::string& content) {
  return "<message from='a@b' to='c@d'>" + content + "</message>";
}

std::string out_message(const std::string& content) {
  return "<message xmlns='jabber:component:accept' from='a@b' to='c@d'>" + content + "</message>";
}

}  // namespace

TEST_CASE("a stream header inside a message reaches gloox as an ordinary element") {
  GuardedGloox gloox;
  gloox.says(in_message("<stream:stream xmlns:stream='http://etherx.jabber.org/streams'/>"));
  CHECK(gloox.stanzas == std::vector{out_message("<stream xmlns='http://etherx.jabber.org/streams'/>")});
  gloox.check_alive();
}

TEST_CASE("a second stream header between stanzas is left out") {
  GuardedGloox gloox;
  gloox.says("<stream:stream/>");
  CHECK(gloox.stanzas.empty());
  CHECK(gloox.guard.dropped() == 1);
  gloox.check_alive();
}

TEST_CASE("60 000 nested elements are dropped, the next stanza comes through") {
  GuardedGloox gloox;
  gloox.says_in_pieces(in_message(times(60'000, "<a>") + times(60'000, "</a>")), 1460);
  CHECK(gloox.stanzas.empty());
  CHECK(gloox.guard.dropped() == 1);
  gloox.check_alive();
}

TEST_CASE("a stanza of depth 64 comes through, one of depth 65 does not") {
  GuardedGloox gloox;
  gloox.says(in_message(times(63, "<a>") + times(63, "</a>")));
  CHECK(gloox.stanzas.size() == 1);
  gloox.says(in_message(times(64, "<a>") + times(64, "</a>")));
  CHECK(gloox.stanzas.size() == 1);
  CHECK(gloox.guard.dropped() == 1);
  gloox.check_alive();
}

TEST_CASE("a body of 200 kB comes through, one of 10 MB does not") {
  GuardedGloox gloox;
  gloox.says_in_pieces(in_message("<body>" + std::string(200'000, 'x') + "</body>"), 1460);
  CHECK(gloox.stanzas.size() == 1);
  gloox.says_in_pieces(in_message("<body>" + std::string(10'000'000, 'x') + "</body>"), 1460);
  CHECK(gloox.stanzas.size() == 1);
  CHECK(gloox.guard.dropped() == 1);
  gloox.check_alive();
}

TEST_CASE("a start tag of 20 000 attributes in pieces of 1460 bytes does not stall the stream") {
  GuardedGloox gloox;
  std::string attributes;
  for (int i = 0; i < 20'000; ++i) attributes += " a" + std::to_string(i) + "='1'";
  gloox.says_in_pieces(in_message("<x" + attributes + "/>"), 1460);
  CHECK(gloox.stanzas.size() == 1);
  gloox.check_alive();
}

TEST_CASE("an attribute longer than one read is handed on as soon as its last byte is there") {
  for (const std::size_t length : {1000, 3000, 5000, 70'000, 250'000}) {
    for (const std::size_t piece : {100, 1460, 4096, 65'536}) {
      GuardedGloox gloox;
      gloox.says_in_pieces(in_message("<x a='" + std::string(length, 'v') + "'/>"), piece);
      CHECK(gloox.stanzas.size() == 1);
    }
  }
}

TEST_CASE("a start tag of 3 MB, all quotes, is dropped without ending the stream") {
  GuardedGloox gloox;
  gloox.says_in_pieces(in_message("<x a='" + times(500'000, "&quot;") + "'/>"), 1460);
  CHECK(gloox.stanzas.empty());
  CHECK(gloox.guard.dropped() == 1);
  gloox.check_alive();
}

TEST_CASE("a start tag without an end is the end of the stream, before it fills the memory") {
  Guard guard;
  (void)guard.feed(header + "<message a='");
  for (int i = 0; i < 100 && guard.failure().empty(); ++i) (void)guard.feed(std::string(65'536, 'x'));
  CHECK(guard.failure() == "The XMPP server sent an XML element without an end.");
}

TEST_CASE("character references, CDATA and entities become the characters they stand for") {
  GuardedGloox gloox;
  gloox.says(in_message("<body>&#x1F600;&#65;&amp;&lt;&gt;&quot;&apos;<![CDATA[<b>&amp;]]></body>"));
  const std::string body =
      "<body>\xF0\x9F\x98\x80"
      "A&amp;&lt;&gt;&quot;&apos;&lt;b&gt;&amp;amp;</body>";
  CHECK(gloox.stanzas == std::vector{out_message(body)});
  gloox.check_alive();
}

TEST_CASE("a double quote inside an attribute in single quotes is kept") {
  GuardedGloox gloox;
  gloox.says(in_message("<x a='\"&apos;'/>"));
  CHECK(gloox.stanzas == std::vector{out_message("<x a='&quot;&apos;'/>")});
  gloox.check_alive();
}

TEST_CASE("a character of four bytes that comes byte by byte is kept") {
  GuardedGloox gloox;
  gloox.says_in_pieces(in_message("<body>\xF0\x9F\x98\x80\xC3\xA4</body>"), 1);
  CHECK(gloox.stanzas == std::vector{out_message("<body>\xF0\x9F\x98\x80\xC3\xA4</body>")});
  gloox.check_alive();
}

TEST_CASE("comments, processing instructions and white space between stanzas are left out") {
  GuardedGloox gloox;
  gloox.says(" \n <!-- c --> <?php x?> " + in_message("<!-- c --><body>a<?x y?>b</body>"));
  CHECK(gloox.stanzas == std::vector{out_message("<body>ab</body>")});
  gloox.check_alive();
}

TEST_CASE("prefixes give way to namespaces, on stanzas too") {
  GuardedGloox gloox;
  gloox.says(
      "<c:message xmlns:c='jabber:component:accept' from='a@b' to='c@d'><p:q xmlns:p='urn:q' p:lost='1' "
      "xml:lang='de'><c:body/></p:q></c:message>");
  CHECK(gloox.stanzas == std::vector{out_message("<q xmlns='urn:q' xml:lang='de'>"
                                                 "<body xmlns='jabber:component:accept'/></q>")});
  gloox.check_alive();
}

TEST_CASE("a stream error reaches gloox, other elements of the stream do not") {
  GuardedGloox gloox;
  gloox.says("<stream:features/><stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
  CHECK(gloox.stanzas == std::vector<std::string>{"<error xmlns='http://etherx.jabber.org/streams'>"
                                                  "<conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></error>"});
}

TEST_CASE("a document type ends the stream, so no entity can be declared") {
  Guard guard;
  const auto out = guard.feed("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + header.substr(21));
  CHECK(out.empty());
  CHECK(guard.failure() == "The XMPP server sent a document type declaration, which RFC 6120 forbids.");
}

TEST_CASE("XML that is not well formed ends the stream, and what was complete before still comes through") {
  const std::vector<std::string> broken{"<message a='1' a='2'/>",  "<p:message/>",         "<message>\xFF</message>",
                                        "<message>\x01</message>", "<message></presence>", "<message>&nbsp;</message>"};
  for (const std::string& bytes : broken) {
    CAPTURE(bytes);
    Guard guard;
    const auto out = guard.feed(header + in_message("") + bytes + in_message(""));
    CHECK(out.size() == 2);
    CHECK(guard.failure().starts_with("The XMPP server sent broken XML: "));
    CHECK(guard.feed(in_message("")).empty());
  }
}

TEST_CASE("what does not begin with a stream header is no XMPP server") {
  for (const char* bytes : {"<html></html>", "<stream:stream xmlns:stream='urn:other'>"}) {
    Guard guard;
    CHECK(guard.feed(bytes).empty());
    CHECK(guard.failure().find("is no XMPP server") != std::string::npos);
  }
}

TEST_CASE("the end of the stream is handed on") {
  Guard guard;
  const auto out = guard.feed(header + "</stream:stream>");
  REQUIRE(out.size() == 2);
  CHECK(out.back() == "</stream:stream>");
}
