#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/modes.h"
#include "xmpp-component/stanza/pubsub.h"

using namespace rollcall::component::stanza;
using namespace std::chrono_literals;
using rollcall::model::DailyHours;
using rollcall::model::ModeEntry;
using rollcall::model::Modes;
using rollcall::model::Reason;
using rollcall::tests::parse_xml;
using enum rollcall::model::CommunicationMode;

namespace {

const Modes all{{{.mode = computer, .ring = false},
                 {.mode = pstn, .address = "+49301234567", .label = "desk", .hours = DailyHours{8h, 17h + 30min, 1h}},
                 {.mode = isdn, .address = "4711^33", .hours = DailyHours{22h, 7h, -90min}}},
                true};

std::string wrapped(const std::string& inner) {
  return "<message from='juliet@example.org'><event xmlns='http://jabber.org/protocol/pubsub#event'>" + inner +
         "</event></message>";
}

}  // namespace

TEST_CASE("modes read back as they were written") {
  CHECK(read_modes(*parse_xml(write_modes(all)->xml())) == all);
  CHECK(read_modes(*parse_xml(write_modes({})->xml())) == Modes{});
}

TEST_CASE("a list of modes with one mistake in it is refused as a whole") {
  for (const char* mistake : {"<mode type='pstn' address='+49301234567' from='08:00'/>", "<mode type='pstn'/>",
                              "<mode type='pstn' address='+49301234567' ring='maybe'/>",
                              "<mode type='pstn' address='+49301234567' from='24:00' until='08:00'/>"}) {
    const auto read = read_modes(
        *parse_xml("<modes xmlns='urn:rollcall:modes:0'><mode type='computer'/>" + std::string(mistake) + "</modes>"));
    CHECK_FALSE(read);
  }
}

TEST_CASE("the telephones of a vCard are modes, and its faxes are not") {
  const auto vcard = parse_xml(
      "<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>Juliet</text></fn>"
      "<tel><parameters><type><text>work</text><text>voice</text></type></parameters><uri>tel:+49-30-1234567;ext=1</"
      "uri></tel>"
      "<tel><parameters><type><text>cell</text></type></parameters><uri>tel:+491701234567</uri></tel>"
      "<tel><parameters><type><text>fax</text></type></parameters><uri>tel:+49301234568</uri></tel>"
      "<tel><uri>sip:juliet@vc.example</uri></tel><tel><text>ask my secretary</text></tel></vcard>");
  const Modes modes{{{.mode = pstn, .address = "+49301234567"},
                     {.mode = cellular, .address = "+491701234567"},
                     {.mode = video_conferencing_standard, .address = "sip:juliet@vc.example"}}};
  CHECK(modes_of_vcard4(*vcard) == modes);
  const VCard old{.telephones = {{"+49 30 1", {"FAX"}}, {"+49 30 1234567", {"HOME"}}, {"4711", {"ISDN"}}}};
  const Modes two{{{.mode = pstn, .address = "+49301234567"}, {.mode = isdn, .address = "4711"}}};
  CHECK(modes_of_vcard(old) == two);
}

TEST_CASE("news of a node say what is in it now, or that nothing is") {
  const auto published =
      parse_xml(wrapped("<items node='urn:rollcall:modes:0'><item id='current'>"
                        "<modes xmlns='urn:rollcall:modes:0'/></item></items>"));
  const auto news = read_pubsub_event(*published);
  REQUIRE(news);
  CHECK(news->node == modes_namespace);
  REQUIRE(news->payload != nullptr);
  CHECK(read_modes(*news->payload) == Modes{});
  for (const char* gone :
       {"<items node='n'><retract id='current'/></items>", "<delete node='n'/>", "<purge node='n'/>"}) {
    const auto message = parse_xml(wrapped(gone));
    const auto end = read_pubsub_event(*message);
    REQUIRE(end);
    CHECK(end->node == "n");
    CHECK(end->payload == nullptr);
  }
  CHECK_FALSE(read_pubsub_event(*parse_xml(wrapped("<configuration node='n'/>"))));
  CHECK_FALSE(read_pubsub_event(*parse_xml(wrapped("<items node='n'><item id='x'/></items>"))));
  CHECK_FALSE(read_pubsub_event(*parse_xml("<message><body>hello</body></message>")));
}

TEST_CASE("the item of a node is found in the answer to who asked for it") {
  const auto answer = parse_xml(
      "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n'><item id='1'>"
      "<modes xmlns='urn:rollcall:modes:0'/></item></items></pubsub>");
  REQUIRE(payload_in(*answer, "n") != nullptr);
  CHECK(payload_in(*answer, "other") == nullptr);
  CHECK(payload_in(*parse_xml("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n'/></pubsub>"), "n") ==
        nullptr);
}

TEST_CASE("what we publish is for its owner and us alone") {
  const std::string publish = write_publish("n", "current", write_modes(all))->xml();
  CHECK(publish.find("whitelist") != std::string::npos);
  CHECK(publish.find("<item id='current'>") != std::string::npos);
  CHECK(write_let_in("n", "rollcall@call.example.org")->xml().find("affiliation='member'") != std::string::npos);
}
