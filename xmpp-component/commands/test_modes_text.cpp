// Ways to reach people, as they write them down and as they ask for them.
#include <doctest/doctest.h>

#include "xmpp-component/commands/chat.h"
#include "xmpp-component/commands/modes_text.h"

using namespace rollcall::component::commands;
using namespace std::chrono_literals;
using rollcall::model::Address;
using rollcall::model::DailyHours;
using rollcall::model::ModeEntry;
using rollcall::model::Modes;
using rollcall::model::Reason;
using rollcall::model::Routes;
using rollcall::words::Language;
using enum rollcall::model::CommunicationMode;

namespace {

const Address juliet("juliet", "example.org");
const Modes three{{{.mode = cellular, .address = "+491701234567"},
                   {.mode = pstn, .address = "+49301234", .label = "my desk", .hours = DailyHours{8h, 17h + 30min, 1h}},
                   {.mode = computer, .ring = false}}};

}  // namespace

TEST_CASE(
    "modes are understood in both languages, separated by commas or lines, in the order in which they are to ring") {
  CHECK(parse_modes("mobile +49 170 1234567, phone +4930 1234 08:00-17:30 +01:00 my desk, computer no-ring") == three);
  CHECK(parse_modes("Handy +491701234567\nTelefon +49301234 08:00-17:30 +01:00 my desk\ncomputer nicht-klingeln") ==
        three);
  CHECK(parse_modes("at once, isdn 4711^33, room room@vc.example, gateway board-7, atm 12") ==
        Modes{{{.mode = isdn, .address = "4711^33"},
               {.mode = video_conferencing_standard, .address = "sip:room@vc.example"},
               {.mode = gateway, .address = "board-7"},
               {.mode = atm, .address = "12"}},
              true});
  CHECK(parse_modes("off") == Modes{});
  CHECK(parse_modes("aus") == Modes{});
}

TEST_CASE("what is no mode, or no address of it, is refused by its own text") {
  CHECK(parse_modes("pigeon 12").error().subject == "pigeon 12");
  CHECK(parse_modes("phone").error().reason == Reason::bad_address);
  CHECK(parse_modes("phone +49301234, room a?b").error().reason == Reason::bad_address);
}

TEST_CASE("a filled form reads back as it was filled") {
  for (const Language language : {Language::english, Language::german}) {
    std::string text;
    for (const std::string& line : lines_of(three, language)) text += line + "\n";
    CHECK(parse_modes(text) == three);
  }
}

TEST_CASE("modes are asked for with nothing behind, and set with something") {
  CHECK(parse(Place::service, "modes") == Request(MyModes{}));
  CHECK(parse(Place::service, "wege aus") == Request(MyModes{Modes{}}));
  CHECK(parse(Place::service, "modes pigeon 12").error().reason == Reason::bad_request);
}

TEST_CASE("a call says by which mode, or a number in place of a person") {
  const Request by_phone = StartConference{{}, {juliet}, {.by = {{juliet, pstn}}}};
  for (const char* text : {"call juliet@example.org by pstn", "call juliet@example.org by phone",
                           "anrufen juliet@example.org per Telefon"}) {
    CAPTURE(text);
    CHECK(parse(Place::service, text) == by_phone);
  }
  const auto dials = [](const char* text, Routes routes) {
    CAPTURE(text);
    CHECK(parse(Place::service, text) == Request(StartConference{{}, {}, std::move(routes)}));
  };
  dials("call +49 30 123-4567", {.endpoints = {{pstn, "+49301234567"}}});
  dials("call +49301234567, +49301234568", {.endpoints = {{pstn, "+49301234567"}, {pstn, "+49301234568"}}});
  dials("call sip:room@vc.example", {.endpoints = {{video_conferencing_standard, "sip:room@vc.example"}}});
  dials("call isdn:301234^33", {.endpoints = {{isdn, "301234^33"}}});
  dials("call +491701234567 by mobile", {.endpoints = {{cellular, "+491701234567"}}});
}

TEST_CASE("a named call may have numbers in it, and a name may look like a scheme") {
  CHECK(parse(Place::service, "call team: juliet@example.org isdn:301234") ==
        Request(StartConference{"team", {juliet}, {.endpoints = {{isdn, "301234"}}}}));
  CHECK(parse(Place::service, "call mobile: juliet@example.org") == Request(StartConference{"mobile", {juliet}}));
  CHECK(parse(Place::conference, "invite tel:+49301234567") ==
        Request(Invite{{}, {.endpoints = {{pstn, "+49301234567"}}}}));
}

TEST_CASE("somebody called Phone can still be invited without being telephoned") {
  CHECK(parse(Place::service, "call by@example.org phone@example.org") ==
        Request(StartConference{{}, {Address("by", "example.org"), Address("phone", "example.org")}}));
}
