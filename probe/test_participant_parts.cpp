// Roster, disco, options and expectations.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "probe/disco.h"
#include "probe/expectations.h"
#include "probe/invitation.h"
#include "probe/options.h"
#include "probe/pattern.h"
#include "probe/roster.h"

using namespace rollcall::probe;
using namespace std::chrono_literals;

namespace {

rollcall::model::Expected<std::optional<Options>> parse(std::vector<std::string> words) {
  words.insert(words.begin(), {"rollcall-probe", "--jid", "ann@localhost", "--password-file",
                               std::string(ROLLCALL_SOURCE_ROOT) + "/probe/fixtures/password"});
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return parse_options(static_cast<int>(words.size()), arguments.data());
}

SoundArrived tone(int hertz, Milliseconds length) {
  SoundArrived sound;
  for (int index = 0; index < SoundMeter::rate / 1000 * static_cast<int>(length.count()); ++index) {
    const double value = 0.25 * std::sin(2 * std::numbers::pi * hertz * index / SoundMeter::rate);
    sound.samples.push_back(static_cast<std::int16_t>(value * 32767));
  }
  return sound;
}

bool contains(const std::vector<std::string>& sentences, const std::string& part) {
  for (const auto& sentence : sentences) {
    if (sentence.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the caps hash is that of XEP-0115's own example") {
  CHECK(caps_hash({"client", "pc", "Exodus 0.9.1"},
                  {"http://jabber.org/protocol/muc", "http://jabber.org/protocol/disco#info",
                   "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/caps"}) ==
        "QgayPKawpkPSDYmwT/WM94uAlu0=");
}

TEST_CASE("who cannot bundle does not advertise grouping") {
  const auto has_grouping = [](const Disco& disco) {
    return disco.info("").xml().find("urn:xmpp:jingle:apps:grouping:0") != std::string::npos;
  };
  CHECK(has_grouping(Disco(true)));
  CHECK_FALSE(has_grouping(Disco(false)));
  CHECK(Disco(true).caps().attribute("ver") != Disco(false).caps().attribute("ver"));
}

TEST_CASE("a subscription request is granted and returned, once") {
  std::vector<Stanza> sent;
  Roster roster([&](const Stanza& stanza) { sent.push_back(stanza); });
  const Stanza asks("presence", {}, {{"from", "team@call.example.org"}, {"type", "subscribe"}});
  CHECK(roster.take(asks, "ann@example.org/x"));
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].attribute("type") == "subscribed");
  CHECK(sent[1].attribute("type") == "subscribe");
  CHECK(sent[1].attribute("to") == "team@call.example.org");
  Stanza push("iq", {}, {{"type", "set"}, {"id", "r1"}});
  Stanza query("query", "jabber:iq:roster");
  push.add(query.add(Stanza("item", {}, {{"jid", "team@call.example.org"}, {"subscription", "both"}})));
  CHECK(roster.take(push, "ann@example.org/x"));
  CHECK(sent.back().attribute("type") == "result");
  CHECK(roster.subscription("team@call.example.org") == "both");
  CHECK(roster.take(asks, "ann@example.org/x"));
  CHECK(sent.back().attribute("type") == "subscribed");
}

TEST_CASE("nobody but the own server may change the roster") {
  Roster roster([](const Stanza&) { FAIL("nothing may be sent"); });
  Stanza push("iq", {}, {{"type", "set"}, {"id", "r1"}, {"from", "mallory@example.org/x"}});
  Stanza query("query", "jabber:iq:roster");
  push.add(query.add(Stanza("item", {}, {{"jid", "evil@example.org"}, {"subscription", "both"}})));
  CHECK_FALSE(roster.take(push, "ann@example.org/x"));
  CHECK(roster.subscription("evil@example.org").empty());
}

TEST_CASE("a contact can be called at a resource that is there, and no longer after it left") {
  Roster roster([](const Stanza&) {});
  const std::string full = "team@call.example.org/call";
  CHECK_FALSE(roster.available_resource("team@call.example.org"));
  CHECK(roster.take(Stanza("presence", {}, {{"from", full}}), "ann@example.org/x"));
  CHECK(roster.available_resource("team@call.example.org") == full);
  CHECK(roster.take(Stanza("presence", {}, {{"from", full}, {"type", "unavailable"}}), "ann@example.org/x"));
  CHECK_FALSE(roster.available_resource("team@call.example.org"));
}

TEST_CASE("the command line is understood as written") {
  const auto options = parse({"--host",
                              "127.0.0.1",
                              "--port",
                              "5333",
                              "--no-tls",
                              "--call",
                              "team@call.localhost",
                              "--mode",
                              "direct",
                              "--no-bundle",
                              "--colour",
                              "#30c030",
                              "--expect-colours",
                              "#30c030,#3030c0",
                              "--expect-tones",
                              "550,660",
                              "--own-tone",
                              "440",
                              "--seconds",
                              "1.5",
                              "--size",
                              "320x180"});
  REQUIRE(options);
  REQUIRE(options->has_value());
  const auto& read = **options;
  CHECK(read.session.password == "secret");
  CHECK(read.session.port == 5333);
  CHECK_FALSE(read.session.tls);
  CHECK(read.call == "team@call.localhost");
  CHECK_FALSE(read.by_message);
  CHECK_FALSE(read.media.bundle);
  CHECK(read.media.width == 320);
  CHECK(read.media.addresses == std::vector<std::string>{"127.0.0.1"});
  CHECK(read.expectations.colours.size() == 2);
  CHECK(read.expectations.tones == std::vector<int>{550, 660});
  CHECK(read.expectations.forbidden_tones == std::vector<int>{440});
  CHECK(read.expectations.call);
  CHECK(read.duration == 1500ms);
}

TEST_CASE("a text is sent only with an address, and an address only with a text") {
  const auto options = parse({"--send", "team@call.localhost", "who is there?", "--expect-reply", "Ann|Bob"});
  REQUIRE(options);
  CHECK((*options)->send_to == "team@call.localhost");
  CHECK((*options)->send_text == "who is there?");
  CHECK_FALSE((*options)->expectations.call);
  CHECK_FALSE(parse({"--send", "team@call.localhost"}));
  CHECK_FALSE(parse({"hello"}));
}

TEST_CASE("a wrong command line is refused with a sentence") {
  CHECK(parse({"--colour", "red"}).error().subject == "'red' is no colour; write it as #c03030.");
  CHECK_FALSE(parse({"--mode", "sip"}));
  CHECK_FALSE(parse({"--port", "0"}));
  CHECK_FALSE(parse({"--size", "640x360p"}));
  CHECK_FALSE(parse({"--expect-tones", "7"}));
  CHECK_FALSE(parse({"--expect-reply", "("}));
  CHECK_FALSE(parse({"--no-such-option"}));
}

TEST_CASE("a call that did not come about leaves everything unmet") {
  std::ostringstream lines;
  Report report(lines);
  const Expectations expected{.call = true, .colours = {{1, 2, 3}}, .tones = {550}};
  const Measurements measured(expected.colours, expected.tones, report);
  const auto sentences = unmet(expected, measured);
  CHECK(contains(sentences, "No call came about."));
  CHECK(contains(sentences, "No picture"));
  CHECK(contains(sentences, "#010203"));
  CHECK(contains(sentences, "550 Hz"));
}

TEST_CASE("an invitation leads to the address that it names, if that lies with the sender, else to the sender") {
  const std::string from = "team@call.example.org/call";
  CHECK(invited_to(from, "Ann invites you: xmpp:review@call.example.org?call, or the browser") ==
        "review@call.example.org");
  CHECK(invited_to(from, "Call xmpp:review@call.example.org.") == "review@call.example.org");
  CHECK(invited_to(from, "Call xmpp:review@call.example.org") == "review@call.example.org");
  CHECK(invited_to(from, "Call xmpp:evil@example.com") == "team@call.example.org");
  CHECK(invited_to(from, "Come!") == "team@call.example.org");
}

TEST_CASE("a reply may match anywhere in its text, and what is no pattern matches nothing") {
  CHECK(matches("In the call: Ann, Bob", "Ann.*Bob"));
  CHECK_FALSE(matches("In the call: Bob", "Ann|Cid"));
  CHECK_FALSE(is_pattern("("));
  CHECK_FALSE(matches("(", "("));
}

TEST_CASE("a tile must move, unless it need not") {
  std::ostringstream lines;
  Report report(lines);
  Expectations expected{.call = true, .video = false, .colours = {{0xc0, 0x30, 0x30}}, .hold = 0ms};
  const Measurements measured(expected.colours, {}, report);
  CHECK(contains(unmet(expected, measured), "nothing in it ever moved"));
  expected.movement = false;
  CHECK_FALSE(contains(unmet(expected, measured), "#c03030"));
}

TEST_CASE("the figures of the picture can be told while the call goes on") {
  std::ostringstream lines;
  Report report(lines);
  report.figures(Measurements({}, {}, report));
  CHECK(lines.str().find("\"event\":\"figures\"") != std::string::npos);
  CHECK(lines.str().find("\"frames\":0,\"freezes\":0,\"frozen_ms\":0") != std::string::npos);
  CHECK((**parse({"--call", "team@call.localhost", "--figures-every", "0.5"})).figures_every == 500ms);
}

TEST_CASE("the other's tone must be heard long enough, and one's own not at all") {
  std::ostringstream lines;
  Report report(lines);
  Expectations expected{.call = true, .video = false, .tones = {550}, .forbidden_tones = {440}, .hold = 1000ms};
  Measurements measured({}, {550, 440}, report);
  measured.times.accept = 0ms;
  measured.take(tone(550, 900ms));
  CHECK(contains(unmet(expected, measured), "550 Hz was heard for 0.9 s instead of 1.0 s"));
  measured.take(tone(550, 100ms));
  CHECK(unmet(expected, measured).empty());
  measured.take(tone(440, 500ms));
  CHECK(contains(unmet(expected, measured), "440 Hz was heard for 0.5 s, but must not come back"));
  CHECK(lines.str().find("\"tone-vanished\"") != std::string::npos);
}
