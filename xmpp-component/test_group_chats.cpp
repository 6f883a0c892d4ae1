// A conference in a group chat, from the invitation to the goodbye.
#include "xmpp-component/group_play.h"

using namespace rollcall;
using namespace rollcall::component::testing;

TEST_CASE("a direct invitation makes a conference that enters, greets, and says how to join") {
  GroupPlay play;
  play.invites_directly(romeo);
  CHECK(contains(play.hears(band, "iq"), "disco#info"));
  play.is_group_chat();
  const std::string entrance = play.hears(band + "/Rollcall", "presence");
  CHECK(contains(entrance, "from='" + us_in_band + "'"));
  CHECK(contains(entrance, "http://jabber.org/protocol/caps"));
  CHECK(play.reads().empty());
  play.is_there("romeo", romeo);
  play.is_there("Rollcall", us_in_band, "110");
  const std::string said = play.reads();
  CHECK(count(said, "<body>") == 2);
  CHECK(contains(said, "Rollcall: help"));
  CHECK(contains(said, "call band@call.example.org to join, or open https://meet/j/band"));
  CHECK(contains(play.hears(romeo, "presence"), "subscribe"));
  CHECK(play.allocator.conference(model::ConferenceId("band"))->title == "The Band");
}

TEST_CASE("who may not start conferences gets none, and a word about it; what is no group chat is left alone") {
  GroupPlay play;
  play.invites_directly(paris);
  play.is_group_chat();
  CHECK(contains(play.hears(paris), "elsewhere.example"));
  play.invites_directly(romeo, "juliet@example.org");
  const auto answered = std::move(play.unanswered.back());
  play.unanswered.clear();
  answered(
      *tests::parse_xml("<iq type='error'><error type='cancel'><service-unavailable "
                        "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"));
  CHECK(play.allocator.state().conferences.empty());
}

TEST_CASE("a group chat of our own domain's service is believed who invites, another is declined") {
  GroupPlay play;
  play.invites_by_group(romeo);
  play.is_group_chat();
  CHECK(play.allocator.conference(model::ConferenceId("band")) != nullptr);
  play.invites_by_group(romeo, "band@rooms.evil.example");
  play.is_group_chat();
  CHECK(contains(play.hears("band@rooms.evil.example"), "<decline to='" + romeo + "'>"));
  CHECK(play.allocator.state().conferences.size() == 1);
}

TEST_CASE("an inviter who is named by his nick alone is looked up in the group chat") {
  GroupPlay play;
  play.invites_by_group(band + "/romeo");
  play.is_group_chat();
  CHECK(contains(play.hears(band + "/Rollcall", "presence"), "from='rollcall@call.example.org/call'"));
  const std::string visitor = "rollcall@call.example.org/call";
  play.is_there("romeo", romeo, "", visitor);
  play.is_there("Rollcall", visitor, "110", visitor);
  const std::string presences = play.hears(band + "/Rollcall", "presence");
  CHECK(contains(presences, "type='unavailable'"));
  CHECK(contains(presences, "from='" + us_in_band + "'"));
  CHECK(play.allocator.conference(model::ConferenceId("band"))->owner.text() == bare(romeo));
}

TEST_CASE("an inviter whose address is hidden is asked to say it himself, and may do so in a chat with us") {
  GroupPlay play;
  play.invites_by_group(band + "/romeo");
  play.is_group_chat();
  const std::string visitor = "rollcall@call.example.org/call";
  play.is_there("romeo", "", "", visitor);
  play.is_there("Rollcall", "", "110", visitor);
  CHECK(contains(play.reads(), "join " + band));
  CHECK(contains(play.hears(band + "/Rollcall", "presence"), "type='unavailable'"));
  CHECK(play.allocator.state().conferences.empty());
  play.says(romeo, service, "join " + band);
  CHECK(contains(play.hears(romeo), "on my way to " + band));
  CHECK(contains(play.hears(band + "/Rollcall", "presence"), "from='" + us_in_band + "'"));
}

TEST_CASE("everyone is invited on request, once each, and never we ourselves nor the asker") {
  GroupPlay play;
  play.enters();
  play.is_there("Juliet Capulet", juliet);
  play.is_there("juliets telephone", bare(juliet) + "/telephone");
  play.goes_silent();
  play.speaks("romeo", "Rollcall: call everyone");
  CHECK(contains(play.reads(), "romeo: I have invited juliet@example.org"));
  CHECK(count(play.hears(juliet), "invites you") == 1);
  CHECK(play.hears(romeo).empty());
}

TEST_CASE("somebody is invited by his nick, which has a blank in it") {
  GroupPlay play;
  play.enters();
  play.is_there("Juliet Capulet", juliet);
  play.is_there("mercutio", mercutio);
  play.goes_silent();
  play.speaks("romeo", "@rollcall invite juliet capulet");
  CHECK(contains(play.hears(juliet), "invites you"));
  CHECK(play.hears(mercutio).empty());
  play.speaks("romeo", "Rollcall: invite tybalt");
  CHECK(contains(play.reads(), "tybalt"));
}

TEST_CASE("a group chat that hides addresses works by link") {
  GroupPlay play;
  play.enters();
  play.is_there("juliet");
  play.goes_silent();
  for (const char* words : {"Rollcall: call everyone", "Rollcall: link"}) {
    play.speaks("juliet", words);
    CHECK(contains(play.reads(), "https://meet/j/band"));
  }
  play.speaks("juliet", "Rollcall: delete");
  CHECK(contains(play.reads(), "juliet: "));
  CHECK(play.allocator.conference(model::ConferenceId("band")) != nullptr);
}

TEST_CASE("who administers the group chat moderates its call, where addresses are shown and where they are hidden") {
  for (const std::string& shown : {juliet, std::string()}) {
    CAPTURE(shown);
    GroupPlay play;
    play.enters();
    play.is_there("juliet", shown, "", us_in_band, "", "admin");
    play.is_there("mercutio", shown.empty() ? shown : mercutio, "", us_in_band, "", "member");
    play.goes_silent();
    play.speaks("mercutio", "Rollcall: lock");
    CHECK(contains(play.reads(), "mercutio: Only a moderator may do this"));
    play.speaks("juliet", "Rollcall: lock");
    CHECK(contains(play.reads(), "is locked"));
  }
}

TEST_CASE("a group chat of elsewhere is not believed who speaks") {
  GroupPlay play;
  play.invites_directly(romeo, "band@rooms.evil.example");
  play.is_group_chat();
  const std::string evil = "band@rooms.evil.example";
  for (const std::string& nick : {std::string("romeo"), std::string("Rollcall")}) {
    play.sends("<presence from='" + evil + "/" + nick + "' to='" + us_in_band + "'><x xmlns='" +
               "http://jabber.org/protocol/muc#user'><item jid='" + romeo + "'/>" +
               (nick == "romeo" ? "" : "<status code='110'/>") + "</x></presence>");
  }
  play.goes_silent();
  play.sends("<message type='groupchat' from='" + evil + "/romeo' to='" + us_in_band +
             "'><body>Rollcall: delete</body></message>");
  CHECK(play.allocator.conference(model::ConferenceId("band")) != nullptr);
}

TEST_CASE("what is not for us, our own words, history, corrections and errors are no requests") {
  GroupPlay play;
  play.enters();
  play.goes_silent();
  play.speaks("romeo", "who wants cake?");
  play.speaks("Rollcall", "Rollcall: who");
  play.speaks("romeo", "Rollcall: who", "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>");
  play.speaks("romeo", "Rollcall: who", "<replace xmlns='urn:xmpp:message-correct:0' id='x'/>");
  play.sends("<message type='error' from='" + band + "/romeo' to='" + us_in_band +
             "'><body>Rollcall: who</body><error type='cancel'/></message>");
  play.sends("<message type='groupchat' from='" + band + "' to='" + us_in_band + "'><subject>who</subject></message>");
  CHECK(play.said.empty());
  play.speaks("romeo", "Rollcall: who");
  CHECK(contains(play.reads(), "romeo: Nobody is in"));
}

TEST_CASE("a word in private is answered in private, and help lists what can be said") {
  GroupPlay play;
  play.enters();
  play.goes_silent();
  play.sends("<message type='chat' from='" + band + "/romeo' to='" + us_in_band +
             "'><body>help</body><x xmlns='http://jabber.org/protocol/muc#user'/></message>");
  CHECK(play.reads().empty());
  play.sends("<message type='chat' xml:lang='de' from='" + band + "/romeo' to='" + us_in_band +
             "'><body>hilfe</body></message>");
  std::string private_words;
  for (const auto& line : play.said) private_words += line.xml();
  CHECK(contains(private_words, "to='" + band + "/romeo'"));
  CHECK(contains(private_words, "invite NICK"));
  CHECK(contains(private_words, "einladen NICK"));
}

TEST_CASE("the line about the call corrects itself as people come and go") {
  GroupPlay play;
  play.enters();
  const std::string first = play.reads();
  const auto mark = first.rfind(" id='") + 5;
  const std::string id = first.substr(mark, first.find('\'', mark) - mark);
  play.passes(11s);
  CHECK(play.reads().empty());
  play.happens(rules::Offered{
      .leg = model::LegId("l1"), .conference = model::ConferenceId("band"), .from = *model::Address::parse(romeo)});
  play.happens(rules::McuAnswered{model::LegId("l1"), {}});
  play.happens(rules::LegConnected{model::LegId("l1")});
  play.passes(11s);
  const std::string second = play.reads();
  CHECK(count(second, "<body>") == 1);
  CHECK(contains(second, "1 in call"));
  CHECK(contains(second, "<replace xmlns='urn:xmpp:message-correct:0' id='" + id + "'/>"));
}

TEST_CASE("we leave when told, and say so") {
  GroupPlay play;
  play.enters();
  play.goes_silent();
  play.speaks("romeo", "Rollcall: leave");
  CHECK(contains(play.reads(), "I have left"));
  CHECK(contains(play.hears(band + "/Rollcall", "presence"), "type='unavailable'"));
  play.speaks("romeo", "Rollcall: who");
  CHECK(play.reads().empty());
}

TEST_CASE("who is put out stays out, and comes back when invited again") {
  GroupPlay play;
  play.enters();
  play.is_there("Rollcall", us_in_band, "307", us_in_band, "unavailable");
  CHECK_FALSE(play.allocator.conference(model::ConferenceId("band"))->group.attended);
  play.goes_silent();
  play.passes(10min);
  CHECK(play.hears(band + "/Rollcall", "presence").empty());
  play.enters();
  CHECK(play.allocator.state().conferences.size() == 1);
  CHECK(play.allocator.conference(model::ConferenceId("band"))->group.attended);
}

TEST_CASE("after a restart we are back, and correct the line of before") {
  rules::State state = fresh_state();
  model::Conference conference{.id = model::ConferenceId("band"),
                               .title = "The Band",
                               .owner = *model::Address::parse(bare(romeo)),
                               .group = {*model::Address::parse(band), "sesame", true, "m1"}};
  state.conferences.emplace(conference.id, conference);
  Play play(std::move(state));
  CHECK(play.hears(band + "/Rollcall", "presence").empty());
  play.group_chats->is_online();
  CHECK(contains(play.hears(band + "/Rollcall", "presence"), "<password>sesame</password>"));
  play.sends("<presence from='" + band + "/Rollcall' to='" + us_in_band + "'><x xmlns='" +
             "http://jabber.org/protocol/muc#user'><item/><status code='110'/></x></presence>");
  const std::string said = play.hears(band);
  CHECK(count(said, "<body>") == 1);
  CHECK(contains(said, "id='m1'"));
}

TEST_CASE("a flood of words is met with silence, and a flood of invitations with none at all") {
  GroupPlay play;
  play.enters();
  play.goes_silent();
  for (int i = 0; i < 100; ++i) play.speaks("romeo", "Rollcall: sing");
  CHECK(count(play.reads(), "<body>") == 20);
  play.goes_silent();
  for (int i = 0; i < 100; ++i) play.invites_directly(juliet, "g" + std::to_string(i) + "@rooms.example.org");
  CHECK(play.unanswered.size() == 10);
}

TEST_CASE("one who does not let us in: the inviter is told") {
  GroupPlay play;
  play.invites_directly(romeo);
  play.is_group_chat();
  play.sends("<presence type='error' from='" + band + "/Rollcall' to='" + us_in_band +
             "'><error type='auth'><registration-required xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
             "</presence>");
  CHECK(contains(play.hears(romeo), "does not let me in"));
  CHECK_FALSE(play.allocator.conference(model::ConferenceId("band"))->group.attended);
}

TEST_CASE("a deleted conference leaves its group chat") {
  GroupPlay play;
  play.enters();
  play.says(romeo, band_call, "delete");
  CHECK(contains(play.hears(band + "/Rollcall", "presence"), "type='unavailable'"));
}
