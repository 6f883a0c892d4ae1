// The one table of commands, and what is said with them.
#include <doctest/doctest.h>

#include <set>

#include "xmpp-component/commands/chat.h"
#include "xmpp-component/commands/hours.h"

namespace rollcall::component::commands {
namespace {

using model::PersonAct;
using model::PictureLayout;
using model::PinWish;
using model::Reason;
using model::Switch;
using std::chrono::hours;
using std::chrono::minutes;
using words::Language;

Request understood(std::string_view text) {
  const auto request = parse(Place::conference, text);
  if (!request) MESSAGE("not understood: ", std::string(text));
  REQUIRE(request);
  return *request;
}

TEST_CASE("every command has a word in every language, and no word means two things") {
  for (const Place place : {Place::service, Place::conference}) {
    std::set<std::string_view> seen;
    for (const Command& command : all_commands()) {
      if (command.place != place) continue;
      for (const Language language : words::all_languages) CHECK_FALSE(word_of(command, language).empty());
      for (const std::string_view word : command.words) {
        if (word.empty()) continue;
        CAPTURE(word);
        CHECK(seen.insert(word).second);
        CHECK(command_by_word(place, word) == &command);
      }
      CHECK(command_by_node(place, command.node) == &command);
    }
  }
}

TEST_CASE("JC-51: words are understood in both languages, whatever the case, with and without umlauts") {
  for (const auto& [english, german] : {std::pair{"who", "wer?"},
                                        {"lock", "Absperren"},
                                        {"delete", "LÖSCHEN"},
                                        {"delete", "loschen"},
                                        {"mute Ann", "stumm Ann"},
                                        {"kick Ann", "entfernen Ann"},
                                        {"layout grid", "anordnung Kacheln"},
                                        {"record stop", "aufnahme stopp"},
                                        {"chat off", "chat aus"},
                                        {"owner Ann", "Übergeben Ann"},
                                        {"why", "warum"},
                                        {"pin new", "pin neu"},
                                        {"rename Team Two", "umbenennen Team Two"}}) {
    CAPTURE(german);
    CHECK(understood(english) == understood(german));
  }
}

TEST_CASE("each command of a conference asks for what it says") {
  CHECK(understood("mute Ann Smith") == Request(OnPerson{PersonAct::mute, "Ann Smith"}));
  CHECK(understood("unmute Ann") == Request(OnPerson{PersonAct::unmute, "Ann"}));
  CHECK(understood("kick Ann") == Request(OnPerson{PersonAct::remove, "Ann"}));
  CHECK(understood("spotlight Ann") == Request(OnPerson{PersonAct::spotlight, "Ann"}));
  CHECK(understood("spotlight off") == Request(OnPerson{PersonAct::spotlight, ""}));
  CHECK(understood("moderator Ann") == Request(OnPerson{PersonAct::make_moderator, "Ann"}));
  CHECK(understood("owner Ann") == Request(OnPerson{PersonAct::make_owner, "Ann"}));
  CHECK(understood("member ann@example.org") == Request(OnPerson{PersonAct::make_member, "ann@example.org"}));
  CHECK(understood("guest Ann") == Request(OnPerson{PersonAct::make_guest, "Ann"}));
  CHECK(understood("layout speaker") == Request(Arrange{PictureLayout::speaker}));
  CHECK(understood("layout auto") == Request(Arrange{}));
  CHECK(understood("record") == Request(Turn{Switch::recording, true}));
  CHECK(understood("record stop") == Request(Turn{Switch::recording, false}));
  CHECK(understood("lock") == Request(Turn{Switch::lock, true}));
  CHECK(understood("unlock") == Request(Turn{Switch::lock, false}));
  CHECK(understood("open") == Request(Turn{Switch::members_only, false}));
  CHECK(understood("members-only") == Request(Turn{Switch::members_only, true}));
  CHECK(understood("chat on") == Request(Turn{Switch::chat, true}));
  CHECK(understood("pin") == Request(Pin{}));
  CHECK(understood("pin off") == Request(Pin{PinWish::remove}));
  CHECK(understood("keep") == Request(Keep{}));
  CHECK(understood("keep Team Verona") == Request(Keep{"Team Verona"}));
  CHECK(understood("rename Team Verona") == Request(Rename{"Team Verona"}));
  CHECK(understood("delete") == Request(Delete{}));
  CHECK(understood("members") == Request(Members{}));
  CHECK(understood("why") == Request(Why{}));
  CHECK(understood("why Ann") == Request(Why{"Ann"}));
  CHECK(understood("say who is there?") == Request(Say{"who is there?"}));
  CHECK(understood("quiet off") == Request(Quiet{true, {}}));
  CHECK(parse(Place::service, "conferences") == Request(Conferences{}));
}

TEST_CASE("a sentence that only begins like a command is none, and may be meant for people") {
  for (const char* text :
       {"who is coming tomorrow?", "link me up", "end of story", "mute is what I would be if I could choose",
        "layout looks great", "record that down please", "open the door", "lock the door", "chat later?", "layout",
        "kick", "quiet please", "why do you think that this happens", "pin it on the wall", "say", "hello everybody"}) {
    CAPTURE(text);
    const auto request = parse(Place::conference, text);
    REQUIRE_FALSE(request);
    CHECK(request.error().reason == Reason::bad_request);
    CHECK_FALSE(must_be_command(text));
  }
  CHECK(must_be_command("/who"));
  CHECK(must_be_command(" !dance"));
  CHECK(understood("!who") == Request(Who{}));
}

TEST_CASE("quiet hours are understood as people write them") {
  const model::QuietHours night{hours(22), hours(7)};
  for (const char* text : {"22:00-07:00", "22-7", "22.00 – 7.00", " 22:00 bis 07:00 ", "22 to 7"}) {
    CAPTURE(text);
    CHECK(parse_quiet(text) == Quiet{true, night});
  }
  for (const auto& [text, offset] : {std::pair{"22-7 +01:00", minutes(60)},
                                     {"22-7 UTC-5", -minutes(300)},
                                     {"22-7 utc+5:30", minutes(330)},
                                     {"22-7 UTC", minutes(0)}}) {
    CAPTURE(text);
    model::QuietHours with_clock = night;
    with_clock.offset = offset;
    CHECK(parse_quiet(text) == Quiet{true, with_clock});
  }
  CHECK(parse_quiet("") == Quiet{});
  CHECK(parse_quiet("aus") == Quiet{true, {}});
  CHECK(parse_quiet("0-24") == Quiet{true, model::QuietHours{}});
  for (const char* text : {"please", "22", "22-", "-7", "25-7", "22:60-7", "22-7 x", "22-7 +15", "22-7 +1 x", "--"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_quiet(text));
  }
}

TEST_CASE("JC-51: a number out of a menu is known, and puts the chosen name into the question") {
  CHECK(parse_number(" 2 ") == 2U);
  CHECK(parse_number("2.") == 2U);
  for (const char* text : {"", "0", "two", "2 of them", "-1", "99999999999999999999999"})
    CHECK_FALSE(parse_number(text));
  CHECK(about(OnPerson{PersonAct::mute, "ann"}, "Ann Smith") == Request(OnPerson{PersonAct::mute, "Ann Smith"}));
  CHECK(about(Why{"ann"}, "Ann Smith") == Request(Why{"Ann Smith"}));
  CHECK(about(Who{}, "Ann Smith") == Request(Who{}));
}

TEST_CASE("the help shows every command in the reader's words") {
  for (const Language language : words::all_languages) {
    const std::string help = list_of_commands(Place::conference, language);
    for (const Command& command : all_commands()) {
      if (command.place != Place::conference) continue;
      CAPTURE(command.node);
      CHECK(help.find("  " + std::string(word_of(command, language))) != std::string::npos);
      CHECK(help.find(label(command.label, language)) != std::string::npos);
    }
  }
  CHECK(list_of_commands(Place::conference, Language::english).find("  mute NAME – ") != std::string::npos);
  CHECK(list_of_commands(Place::conference, Language::english).find("  record [start|stop] – ") != std::string::npos);
  CHECK(list_of_commands(Place::conference, Language::german).find("  chat an|aus") == std::string::npos);
  CHECK(list_of_commands(Place::conference, Language::german).find("  unterhaltung an|aus") != std::string::npos);
}

}  // namespace
}  // namespace rollcall::component::commands
