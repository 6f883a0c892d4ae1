// For this room's tests: clients that say lines to Calls, and Calls' lines as one text. Reads like a play.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/xml.h"
#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/mapping.h"

namespace rollcall::component::jingle::testing {

using std::chrono::seconds;

inline const std::string phone = "ann@example.org/phone";
inline const std::string tablet = "ann@example.org/tablet";
inline const std::string team = "team@conf.example/call";

/// The state machine on a stage: names are counted, time stands still until wait().
struct Play {
  int legs = 0;
  int ids = 0;
  Time now = Time{} + std::chrono::hours(1);
  Calls calls{
      {[this] { return LegId("leg-" + std::to_string(++legs)); }, [this] { return "id-" + std::to_string(++ids); }}};

  Outcome hear(const std::string& xml) {
    const auto stanza = tests::parse_xml(xml);
    REQUIRE(Calls::concerns(*stanza));
    return stanza->name() == "iq" ? calls.handle_iq(*stanza, now) : calls.handle_message(*stanza, now);
  }
  Outcome message(const std::string& from, const std::string& inside, const std::string& to = "team@conf.example") {
    return hear("<message type='chat' id='m1' from='" + from + "' to='" + to + "'>" + inside + "</message>");
  }
  Outcome jmi(const std::string& from, const std::string& word, const std::string& sid,
              const std::string& inside = "") {
    return message(from,
                   "<" + word + " xmlns='urn:xmpp:jingle-message:0' id='" + sid + "'>" + inside + "</" + word + ">");
  }
  Outcome propose(const std::string& from, const std::string& sid) {
    const std::string rtp = "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media=";
    return jmi(from, "propose", sid, rtp + "'audio'/>" + rtp + "'video'/>");
  }
  Outcome jingle(const std::string& from, const std::string& action, const std::string& sid,
                 const std::string& inside = "", const std::string& to = team) {
    return hear("<iq type='set' id='q1' from='" + from + "' to='" + to +
                "'><jingle xmlns='urn:xmpp:jingle:1' action='" + action + "' sid='" + sid + "'>" + inside +
                "</jingle></iq>");
  }
  Outcome wait(seconds time) {
    now += time;
    return calls.time_passed(now);
  }
};

/// A content with everything that a call needs; `inside` goes into its transport.
inline std::string content(const std::string& name, const std::string& media, const std::string& attributes = "",
                           const std::string& ufrag = "u1", const std::string& inside = "") {
  const std::string codec = media == "audio" ? "<payload-type id='111' name='opus' clockrate='48000' channels='2'/>"
                                             : "<payload-type id='96' name='VP8' clockrate='90000'/>";
  return "<content creator='initiator' name='" + name + "' " + attributes +
         "><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='" + media + "'>" + codec +
         "<rtcp-mux/></description><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='" + ufrag +
         "' pwd='p-" + ufrag +
         "'><fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>AB:CD</fingerprint>" +
         inside + "</transport></content>";
}

inline std::string transport_info(const std::string& name, const std::string& attributes,
                                  const std::string& port = "") {
  const std::string candidate =
      "<candidate component='1' foundation='1' generation='0' id='x' ip='192.0.2.1' "
      "network='0' priority='1' protocol='udp' type='host' port='" +
      port + "'/>";
  return "<content creator='initiator' name='" + name + "'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' " +
         attributes + ">" + (port.empty() ? "" : candidate) + "</transport></content>";
}

inline std::string group(const std::string& names) {
  std::string inside;
  for (const char name : names) inside += "<content name='" + std::string(1, name) + "'/>";
  return "<group xmlns='urn:xmpp:jingle:apps:grouping:0' semantics='BUNDLE'>" + inside + "</group>";
}

/// Conversations' order: video first.
inline std::string grouped_offer() {
  return group("01") + content("0", "video") + content("1", "audio");
}
inline std::string dino_offer() {
  return content("audio", "audio", "", "u1") + content("video", "video", "", "u2");
}

/// What an MCU answers: the same media, one codec each, our own transports.
inline model::MediaDescription answer_to(const model::MediaDescription& offer) {
  model::MediaDescription answer = offer;
  for (model::Media& media : answer.media) {
    media.direction = mirrored(media.direction);
    media.sources = {{.ssrc = 1001, .cname = "rollcall", .stream = "rollcall", .track = media.mid}};
  }
  int number = 0;
  for (model::Transport& transport : answer.transports) {
    const std::string mark = std::to_string(++number);
    transport.ice = model::IceParameters{"ours" + mark,
                                         "our-password-of-22-chars" + mark,
                                         {{.foundation = "1", .ip = "203.0.113.5", .port = 40000 + number}}};
    transport.dtls = model::DtlsParameters{"sha-256", "AA:BB", model::DtlsSetup::active};
  }
  return answer;
}

/// What an MCU offers.
inline model::MediaDescription our_offer(bool bundle, bool video = true) {
  model::MediaDescription offer;
  const auto transport = [&](int number) {
    return model::Transport{
        .ice = model::IceParameters{"ours" + std::to_string(number), "our-password-of-22-chars", {}},
        .dtls = model::DtlsParameters{"sha-256", "AA:BB", model::DtlsSetup::actpass}};
  };
  offer.transports = {transport(1)};
  offer.media.push_back({.mid = "audio", .codecs = {{111, "opus", 48000, 2}}});
  if (!video) return offer;
  if (!bundle) offer.transports.push_back(transport(2));
  offer.media.push_back(
      {.mid = "video", .kind = model::MediaKind::video, .codecs = {{96, "VP8", 90000}}, .transport = bundle ? 0U : 1U});
  return offer;
}

/// All stanzas, one behind the other.
inline std::string said(const Outcome& outcome) {
  std::string text;
  for (const Stanza& stanza : outcome.stanzas) text += stanza.tag->xml();
  return text;
}
inline bool says(const Outcome& outcome, const std::string& part) {
  const bool found = said(outcome).find(part) != std::string::npos;
  if (!found) MESSAGE("said: ", said(outcome));
  return found;
}

/// The outcome's only event, of that kind.
template <class Kind>
Kind only(const Outcome& outcome) {
  REQUIRE(outcome.events.size() == 1);
  const Kind* event = std::get_if<Kind>(&outcome.events.front());
  REQUIRE(event != nullptr);
  return *event;
}

/// A call that is up: offered as `offer` by `from`, answered by an MCU. The leg's name.
inline LegId up(Play& play, const std::string& offer, const std::string& from = phone, const std::string& sid = "S1") {
  const Offered offered = only<Offered>(play.jingle(from, "session-initiate", sid, offer));
  CHECK(play.calls.accept(offered.leg, answer_to(offered.description), play.now).stanzas.size() == 1);
  return offered.leg;
}

}  // namespace rollcall::component::jingle::testing
