#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/jmi.h"

namespace rollcall::component::stanza {
namespace {

using tests::parse_xml;
using Kind = CallMessage::Kind;

TEST_CASE("Dino's proposal is read") {
  const auto call = read_call_message(*parse_xml(tests::read_fixture("jingle/dino_propose.xml")));
  REQUIRE(call);
  CHECK(call->kind == Kind::propose);
  CHECK(call->sid == "cb1a3995-5a0b-4e10-b8fa-ad413ce29355");
  CHECK(call->audio);
  CHECK(call->video);
}

TEST_CASE("every kind of call message survives being written and read again") {
  for (const Kind kind :
       {Kind::propose, Kind::ringing, Kind::proceed, Kind::accept, Kind::reject, Kind::retract, Kind::finish}) {
    CallMessage call{.kind = kind, .sid = "S1"};
    if (kind == Kind::propose) call.audio = true;
    if (kind == Kind::retract) call.tie_break = true;
    if (kind == Kind::finish) call.reason = JingleReason{Condition::success, "bye"};
    const TagPtr tag = write_call_message(call, "team@conf.example/call", "ann@example.org/phone", "m1");
    CHECK(read_call_message(*parse_xml(tag->xml())) == call);
  }
}

TEST_CASE("JC-11, JC-12: proceed is one element of type chat with a store hint, no body and no device") {
  const TagPtr tag =
      write_call_message({.kind = Kind::proceed, .sid = "S1"}, "team@conf.example/call", "ann@example.org/phone", "p1");
  CHECK(tag->xml() ==
        "<message type='chat' from='team@conf.example/call' to='ann@example.org/phone' id='p1'>"
        "<proceed xmlns='urn:xmpp:jingle-message:0' id='S1'/><store xmlns='urn:xmpp:hints'/></message>");
}

TEST_CASE("JC-46: finish carries the reason in Jingle's namespace") {
  const CallMessage finish{.kind = Kind::finish, .sid = "S1", .reason = JingleReason{Condition::success}};
  CHECK(write_call_message(finish, "team@conf.example/call", "ann@example.org/phone", "f1")->xml() ==
        "<message type='chat' from='team@conf.example/call' to='ann@example.org/phone' id='f1'>"
        "<finish xmlns='urn:xmpp:jingle-message:0' id='S1'>"
        "<reason xmlns='urn:xmpp:jingle:1'><success/></reason></finish><store xmlns='urn:xmpp:hints'/></message>");
}

TEST_CASE("JC-11: a receipt names the message that it is for") {
  CHECK(write_receipt("jm-propose-S1", "team@conf.example/call", "ann@example.org/phone", "r1")->xml() ==
        "<message type='chat' from='team@conf.example/call' to='ann@example.org/phone' id='r1'>"
        "<received xmlns='urn:xmpp:receipts' id='jm-propose-S1'/><store xmlns='urn:xmpp:hints'/></message>");
}

TEST_CASE("a message without a call element or without an id is none") {
  CHECK(!read_call_message(*parse_xml("<message><body>hello</body></message>")));
  CHECK(!read_call_message(*parse_xml("<message><propose xmlns='urn:xmpp:jingle-message:0'/></message>")));
  CHECK(!read_call_message(*parse_xml("<message><propose xmlns='urn:else' id='a'/></message>")));
}

}  // namespace
}  // namespace rollcall::component::stanza
