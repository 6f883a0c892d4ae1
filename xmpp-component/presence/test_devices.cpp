#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "xmpp-component/presence/devices.h"
#include "xmpp-component/stanza/caps.h"

using namespace rollcall::component;
using namespace rollcall::component::presence;
using rollcall::model::Address;
using rollcall::model::Reason;
using rollcall::model::refuse;

namespace {

const Address phone("ann", "example.org", "phone");
const Address desk("ann", "example.org", "desk");
const Address ann = phone.bare();

const stanza::DiscoInfo conversations{
    .identities = {{"client", "phone", "Conversations"}},
    .features = {"urn:ietf:rfc:5888", "urn:xmpp:jingle-message:0", "urn:xmpp:jingle:1", "urn:xmpp:jingle:apps:dtls:0",
                 "urn:xmpp:jingle:apps:rtp:1", "urn:xmpp:jingle:apps:rtp:audio", "urn:xmpp:jingle:apps:rtp:video",
                 "urn:xmpp:jingle:transports:ice-udp:1"}};

stanza::Presence available(const stanza::DiscoInfo& info, int priority = 0) {
  return {.priority = priority, .caps = stanza::Caps{"urn:client", caps_hash(info)}};
}

const stanza::Presence unavailable{.type = stanza::PresenceType::unavailable};

}  // namespace

TEST_CASE("a device's abilities are asked for once per ver, and hold for all devices that have it") {
  Devices devices;
  const auto question = devices.seen(phone, available(conversations));
  REQUIRE(question.has_value());
  CHECK(question->device == phone);
  CHECK(question->node == "urn:client#" + caps_hash(conversations));
  CHECK_FALSE(devices.seen(desk, available(conversations, 5)).has_value());
  CHECK_FALSE(devices.of(ann).at(0).abilities.has_value());
  devices.answered(*question, conversations);
  REQUIRE(devices.of(ann).size() == 2);
  CHECK(devices.of(ann)[0].address == desk);
  for (const Device& device : devices.of(ann)) {
    CHECK(device.abilities == Abilities{true, true, true, false, true, "Conversations"});
  }
}

TEST_CASE("JC-32: a client bundles if it names either of the two features") {
  CHECK(abilities_of({.features = {"urn:xmpp:jingle:apps:grouping:0"}}).bundle);
  CHECK(abilities_of({.features = {"urn:ietf:rfc:5888"}}).bundle);
  CHECK_FALSE(abilities_of({}).bundle);
}

TEST_CASE("a client without DTLS cannot be called") {
  stanza::DiscoInfo info = conversations;
  std::erase(info.features, "urn:xmpp:jingle:apps:dtls:0");
  CHECK_FALSE(abilities_of(info).audio);
  CHECK(abilities_of(info).message);
}

TEST_CASE("an answer that does not hash to its ver is believed of that device alone") {
  Devices devices;
  const auto question = devices.seen(phone, available(conversations));
  devices.answered(*question, stanza::DiscoInfo{.identities = {{"client", "pc", "Liar"}}});
  CHECK(devices.of(ann).at(0).abilities->name == "Liar");
  const auto again = devices.seen(desk, available(conversations));
  REQUIRE(again.has_value());
  devices.answered(*again, conversations);
  CHECK(devices.of(ann).at(0).abilities->name == "Conversations");
}

TEST_CASE("when a device does not answer, the next one with its ver is asked") {
  Devices devices;
  const auto question = devices.seen(phone, available(conversations));
  devices.answered(*question, refuse(Reason::timeout));
  CHECK(devices.seen(desk, available(conversations)).has_value());
}

TEST_CASE("a device without caps is asked itself, once") {
  Devices devices;
  const auto question = devices.seen(phone, {});
  REQUIRE(question.has_value());
  CHECK(question->node.empty());
  CHECK_FALSE(devices.seen(phone, {.priority = 3}).has_value());
  devices.answered(*question, conversations);
  CHECK(devices.of(ann).at(0).abilities->video);
  CHECK(devices.of(ann).at(0).priority == 3);
}

TEST_CASE("a device that goes offline is forgotten, one that changes its ver is asked again") {
  Devices devices;
  (void)devices.seen(phone, available(conversations));
  (void)devices.seen(desk, available(conversations));
  CHECK(devices.seen(desk, available({.features = {"x"}})).has_value());
  (void)devices.seen(phone, unavailable);
  REQUIRE(devices.of(ann).size() == 1);
  CHECK(devices.of(ann)[0].address == desk);
  devices.forget(ann);
  CHECK(devices.of(ann).empty());
}

TEST_CASE("a person cannot fill the memory with devices") {
  Devices devices;
  for (int i = 0; i < 1000; ++i) (void)devices.seen(ann.with_resource(std::to_string(i)), {});
  CHECK(devices.of(ann).size() == 30);
}
