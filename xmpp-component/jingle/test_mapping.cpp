#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/jingle/mapping.h"
#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {
namespace {

using model::Direction;
using stanza::Senders;

stanza::Jingle sample(const std::string& name) {
  const auto iq = tests::parse_xml(tests::read_fixture("jingle/" + name));
  return *stanza::read_jingle(*stanza::child_of(*iq, "jingle", stanza::jingle_namespace));
}

TEST_CASE("JC-32: an offer without a group has a transport for each content") {
  const auto offer = describe(sample("dino_offer.xml"), Party::initiator);
  REQUIRE(offer);
  REQUIRE(offer->transports.size() == 2);
  CHECK(offer->media[0].transport == 0);
  CHECK(offer->media[1].transport == 1);
  CHECK(offer->transports[1].ice->ufrag == "tPEc");
  CHECK(offer->transports[0].dtls->setup == model::DtlsSetup::actpass);
  CHECK(!model::is_bundled(*offer));
}

TEST_CASE("JC-32: a grouped offer has one transport") {
  const auto offer = describe(sample("stanza_js_offer.xml"), Party::initiator);
  REQUIRE(offer);
  CHECK(offer->transports.size() == 1);
  CHECK(model::is_bundled(*offer));
}

TEST_CASE("candidates of all grouped contents are gathered, each once") {
  stanza::Jingle offer = sample("stanza_js_offer.xml");
  const model::IceCandidate one{.foundation = "1", .ip = "192.0.2.1", .port = 1};
  const model::IceCandidate two{.foundation = "1", .ip = "192.0.2.1", .port = 2};
  offer.contents[0].transport->candidates = {one};
  offer.contents[1].transport->candidates = {one, two};
  CHECK(describe(offer, Party::initiator)->transports[0].ice->candidates.size() == 2);
}

TEST_CASE("JC-47: an offer without DTLS is refused, whatever else it holds") {
  for (const char* name : {"gajim_offer.xml", "pidgin_offer.xml"}) {
    const auto offer = describe(sample(name), Party::initiator);
    REQUIRE(!offer);
    CHECK(offer.error().reason == model::Reason::no_security);
  }
}

TEST_CASE("a content without credentials is refused") {
  stanza::Jingle offer = sample("dino_offer.xml");
  offer.contents[1].transport->password.clear();
  CHECK(describe(offer, Party::initiator).error() == model::Refusal{model::Reason::bad_request, "video"});
}

TEST_CASE("who sends is a role in Jingle and a direction in a description") {
  CHECK(direction_of(Senders::initiator, Party::initiator) == Direction::sendonly);
  CHECK(direction_of(Senders::initiator, Party::responder) == Direction::recvonly);
  for (const Party writer : {Party::initiator, Party::responder}) {
    for (const Senders senders : {Senders::both, Senders::initiator, Senders::responder, Senders::none}) {
      CHECK(senders_of(direction_of(senders, writer), writer) == senders);
      const Party other = writer == Party::initiator ? Party::responder : Party::initiator;
      CHECK(senders_of(mirrored(direction_of(senders, writer)), other) == senders);
    }
  }
}

TEST_CASE("a description becomes the same contents again") {
  for (const char* name : {"dino_offer.xml", "dino_answer.xml", "stanza_js_offer.xml", "stanza_js_answer.xml"}) {
    CAPTURE(name);
    const auto description = describe(sample(name), Party::initiator);
    REQUIRE(description);
    stanza::Jingle again{.action = stanza::JingleAction::session_initiate, .sid = "s"};
    again.contents = contents_of(*description, Party::initiator, {});
    if (model::is_bundled(*description)) again.bundle = mids_of(*description);
    CHECK(describe(again, Party::initiator) == *description);
  }
}

TEST_CASE("taking a media out leaves the others on their transports") {
  auto description = *describe(sample("dino_offer.xml"), Party::initiator);
  remove_media(description, "audio");
  REQUIRE(description.transports.size() == 1);
  CHECK(description.media.at(0).transport == 0);
  CHECK(description.transports[0].ice->ufrag == "tPEc");
}

TEST_CASE("every reason has a condition, and a text for who looks") {
  using model::Reason;
  using stanza::Condition;
  CHECK(to_jingle({Reason::full}) == stanza::JingleReason{Condition::busy, "full"});
  CHECK(to_jingle({Reason::no_security}).condition == Condition::security_error);
  CHECK(to_jingle({Reason::no_common_codec, "AMR"}).text == "no-common-codec: AMR");
  CHECK(to_jingle({Reason::gone}).condition == Condition::gone);
  CHECK(to_jingle({Reason::connectivity}, "no packets").text == "no packets");
  for (const Reason reason : {Reason::hung_up, Reason::busy, Reason::declined, Reason::cancelled, Reason::timeout,
                              Reason::gone, Reason::connectivity, Reason::no_security, Reason::no_common_codec}) {
    CHECK(to_model(to_jingle({reason})) == reason);
  }
  CHECK(to_model(std::nullopt) == Reason::hung_up);
}

}  // namespace
}  // namespace rollcall::component::jingle
