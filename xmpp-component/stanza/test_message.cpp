#include <doctest/doctest.h>

#include <string>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/message.h"

using namespace rollcall::component::stanza;
using rollcall::tests::parse_xml;

namespace {

Message read(const std::string& content, const std::string& type = "type='chat' ") {
  return read_message(*parse_xml("<message xmlns='jabber:component:accept' " + type + "from='a@b/c' to='d@e'>" +
                                 content + "</message>"));
}

}  // namespace

TEST_CASE("a message is read and written with all that rides on it") {
  const Message message{.from = "team@call.example.org/call",
                        .to = "bob@example.org",
                        .id = "inv-1",
                        .body = "Ann invites you <to> the call \"Team call\".",
                        .language = "en",
                        .nick = "Team call",
                        .thread = "t1",
                        .receipt = "r1",
                        .wants_receipt = true,
                        .store = true};
  CHECK(read_message(*parse_xml(write_message(message)->xml())) == message);
}

TEST_CASE("JC-40: an invitation is a chat message with a body and a store hint, and without XEP-0066") {
  const Message invitation{.from = "team@conf.example/call",
                           .to = "bob@example.org",
                           .id = "inv-1",
                           .body = "Come.",
                           .nick = "Team call",
                           .wants_receipt = true,
                           .store = true};
  CHECK(write_message(invitation)->xml() ==
        "<message type='chat' from='team@conf.example/call' to='bob@example.org' id='inv-1'><body>Come.</body>"
        "<nick xmlns='http://jabber.org/protocol/nick'>Team call</nick><request xmlns='urn:xmpp:receipts'/>"
        "<store xmlns='urn:xmpp:hints'/></message>");
}

TEST_CASE("JC-51: what a person typed is told from what was delayed, copied, bounced or has no words") {
  const std::string body = "<body>who</body>";
  CHECK(is_spoken_to_us(read(body)));
  CHECK(is_spoken_to_us(read(body, "")));
  CHECK(is_spoken_to_us(read(body, "type='unheard-of' ")));
  CHECK_FALSE(is_spoken_to_us(read(body, "type='error' ")));
  CHECK_FALSE(is_spoken_to_us(read(body, "type='headline' ")));
  CHECK_FALSE(is_spoken_to_us(read(body, "type='groupchat' ")));
  CHECK_FALSE(is_spoken_to_us(read("<body> \n</body>")));
  CHECK_FALSE(is_spoken_to_us(read("<subject>who</subject>")));
  CHECK_FALSE(is_spoken_to_us(read("<body xmlns='urn:other'>who</body>")));
  CHECK_FALSE(is_spoken_to_us(read(body + "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>")));
  CHECK_FALSE(is_spoken_to_us(read(body + "<sent xmlns='urn:xmpp:carbons:2'/>")));
  CHECK_FALSE(is_spoken_to_us(read("<received xmlns='urn:xmpp:carbons:2'/>")));
}

TEST_CASE("JC-52: an encrypted message is known by any of its marks, whatever its body says") {
  for (const char* mark :
       {"<encrypted xmlns='eu.siacs.conversations.axolotl'/>", "<encrypted xmlns='urn:xmpp:omemo:2'/>",
        "<encryption xmlns='urn:xmpp:eme:0' namespace='eu.siacs.conversations.axolotl'/>",
        "<x xmlns='jabber:x:encrypted'>..</x>"}) {
    const Message message = read(std::string("<body>[OMEMO]</body>") + mark);
    CHECK(message.encrypted);
    CHECK_FALSE(is_spoken_to_us(message));
  }
  CHECK_FALSE(read("<encrypted xmlns='urn:other'/>").encrypted);
}

TEST_CASE("of several bodies the one without a language is read") {
  CHECK(read("<body xml:lang='de'>wer</body><body>who</body>").body == "who");
  CHECK(read("<body xml:lang='de'>wer</body><body xml:lang='en'>who</body>").body == "wer");
}

TEST_CASE("a receipt is asked for and given") {
  CHECK(read("<request xmlns='urn:xmpp:receipts'/>").wants_receipt);
  CHECK(read("<received xmlns='urn:xmpp:receipts' id='x'/>").receipt == "x");
  CHECK_FALSE(read("<received xmlns='urn:xmpp:carbons:2' id='x'/>").receipt.has_value());
}
