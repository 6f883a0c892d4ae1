// How modes come from the people's servers, and how they go.
#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/modes/directory.h"

using namespace rollcall::component::modes;
using rollcall::model::Modes;
using rollcall::model::ModesSource;
using rollcall::tests::parse_xml;
using enum rollcall::model::CommunicationMode;

namespace {

const Address juliet{"juliet", "example.org"};
const Address service{"rollcall", "call.example.org"};
const Modes desk{{{.mode = pstn, .address = "+49301234567"}}};
const std::string payload = "<modes xmlns='urn:rollcall:modes:0'><mode type='pstn' address='+49301234567'/></modes>";

std::string item(const std::string& node, const std::string& inner) {
  return "<items node='" + node + "'><item id='current'>" + inner + "</item></items>";
}

struct Stage {
  Directory directory;

  Outcome hears(const std::string& what, const std::string& from = "juliet@example.org") {
    Outcome outcome;
    const auto message = parse_xml("<message from='" + from +
                                   "' to='rollcall@call.example.org'><event "
                                   "xmlns='http://jabber.org/protocol/pubsub#event'>" +
                                   what + "</event></message>");
    taken = directory.take_message(*message, outcome);
    return outcome;
  }
  Outcome sees(const std::string& device, const std::string& type = "") {
    return directory.take_presence(*parse_xml("<presence from='juliet@example.org/" + device +
                                              "' to='rollcall@call.example.org/call'" +
                                              (type.empty() ? "" : " type='" + type + "'") + "/>"));
  }
  Outcome is_answered(Place place, const std::string& type, const std::string& inner) {
    return directory.answered({juliet, service, place}, parse_xml("<iq type='" + type + "'>" + inner + "</iq>").get());
  }
  bool taken = false;
};

const std::string not_there =
    "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
const std::string forbidden = "<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

std::string pubsub(const std::string& inner) {
  return "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + inner + "</pubsub>";
}

}  // namespace

TEST_CASE("what a person's server pushes is what his modes are") {
  Stage stage;
  const Outcome outcome = stage.hears(item("urn:rollcall:modes:0", payload));
  CHECK(stage.taken);
  CHECK(outcome.seen == std::vector{Seen{juliet, ModesSource::node, desk}});
  CHECK(stage.hears("<items node='urn:other'><item><x xmlns='urn:x'/></item></items>").seen.empty());
  CHECK_FALSE(stage.taken);
}

TEST_CASE("nobody's client speaks for a server") {
  Stage stage;
  CHECK(stage.hears(item("urn:rollcall:modes:0", payload), "juliet@example.org/balcony").seen.empty());
  CHECK(stage.taken);
}

TEST_CASE("a node that is retracted, purged or deleted is gone, and the vCard is looked at") {
  for (const char* what : {"<items node='urn:rollcall:modes:0'><retract id='current'/></items>",
                           "<purge node='urn:rollcall:modes:0'/>", "<delete node='urn:rollcall:modes:0'/>"}) {
    Stage stage;
    const Outcome outcome = stage.hears(what);
    CHECK(outcome.seen == std::vector{Seen{juliet, ModesSource::node, {}}});
    CHECK(outcome.questions == std::vector{Question{juliet, service, Place::vcard4}});
  }
}

TEST_CASE("modes with a mistake in them change nothing") {
  Stage stage;
  CHECK(stage.hears(item("urn:rollcall:modes:0", "<modes xmlns='urn:rollcall:modes:0'><mode type='x'/></modes>"))
            .seen.empty());
  CHECK(stage.taken);
}

TEST_CASE("whoever comes online is asked for, once, until all his devices are gone") {
  Stage stage;
  CHECK(stage.sees("balcony").questions == std::vector{Question{juliet, service, Place::node}});
  CHECK(stage.sees("phone").questions.empty());
  stage.sees("balcony", "unavailable");
  CHECK(stage.sees("balcony").questions.empty());
  stage.sees("balcony", "unavailable");
  stage.sees("phone", "unavailable");
  CHECK(stage.sees("phone").questions.size() == 1);
  stage.directory.forget_all();
  CHECK(stage.sees("phone").questions.size() == 1);
}

TEST_CASE("the node is asked first, then the vCard's node, then the vCard of old") {
  Stage stage;
  CHECK(stage.is_answered(Place::node, "result", pubsub(item("urn:rollcall:modes:0", payload))).seen ==
        std::vector{Seen{juliet, ModesSource::node, desk}});
  const Outcome none = stage.is_answered(Place::node, "error", not_there);
  CHECK(none.seen == std::vector{Seen{juliet, ModesSource::node, {}}});
  CHECK(none.questions.front().place == Place::vcard4);
  const Outcome four = stage.is_answered(
      Place::vcard4, "result",
      pubsub(item("urn:xmpp:vcard4",
                  "<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><tel><uri>tel:+49301234567</uri></tel></vcard>")));
  CHECK(four.seen == std::vector{Seen{juliet, ModesSource::vcard, desk}});
  CHECK(four.questions.empty());
  CHECK(stage.is_answered(Place::vcard4, "error", not_there).questions.front().place == Place::vcard);
  const Outcome old = stage.is_answered(Place::vcard, "result",
                                        "<vCard xmlns='vcard-temp'><TEL><NUMBER>+49 30 1234567</NUMBER></TEL></vCard>");
  CHECK(old.seen == std::vector{Seen{juliet, ModesSource::vcard, desk}});
}

TEST_CASE("a server that does not say takes nothing away") {
  Stage stage;
  CHECK(stage.is_answered(Place::node, "error", forbidden).seen.empty());
  CHECK(stage.directory.answered({juliet, service, Place::node}, nullptr).seen.empty());
  CHECK(stage.is_answered(Place::vcard, "error", forbidden).seen.empty());
}

TEST_CASE("questions go to the account, from the contact that it shows itself to") {
  const auto iq = write_question({juliet, service, Place::node});
  CHECK(iq->findAttribute("to") == "juliet@example.org");
  CHECK(iq->findAttribute("from") == "rollcall@call.example.org");
  CHECK(iq->xml().find("urn:rollcall:modes:0") != std::string::npos);
}
