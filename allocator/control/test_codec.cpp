#include <doctest/doctest.h>

#include <limits>

#include "allocator/control/codec.h"

using namespace rollcall;
using namespace rollcall::control;

namespace {

model::MediaDescription full_description() {
  model::Codec opus{.payload_type = 111, .name = "opus", .clock_rate = 48000, .channels = 2};
  opus.parameters = {{"minptime", "10"}, {"useinbandfec", "1"}};
  opus.feedback = {{"transport-cc"}, {"nack", "pli"}};
  model::Media audio{.mid = "audio", .kind = model::MediaKind::audio, .direction = model::Direction::sendonly};
  audio.codecs = {opus};
  audio.header_extensions = {{1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"}};
  audio.sources = {{.ssrc = 4294967295U, .rtx_ssrc = 7, .cname = "c", .stream = "s", .track = "t"}};
  audio.transport = 1;
  audio.bandwidth_kbit = 500;
  model::Transport ice;
  ice.ice = model::IceParameters{"ufrag", "password", {}};
  ice.ice->candidates = {{.foundation = "1",
                          .component = 1,
                          .priority = 2130706431,
                          .ip = "2001:db8::1",
                          .port = 40000,
                          .type = model::CandidateType::relayed,
                          .related_ip = "192.0.2.1",
                          .related_port = 9,
                          .generation = 2}};
  ice.dtls = model::DtlsParameters{"sha-256", "AA:BB", model::DtlsSetup::passive};
  model::Transport plain;
  plain.address = model::MediaAddress{"192.0.2.1", 40002, 40003};
  plain.sdes = {{1, "AES_CM_128_HMAC_SHA1_80", "c2VjcmV0"}};
  plain.plain = true;
  return {{ice, plain}, {audio}};
}

template <class T>
T through_the_wire(const T& message) {
  const auto text = envelope_request(7, T::method, encode_params(message));
  const auto decoded = decode(text);
  REQUIRE_MESSAGE(std::holds_alternative<Incoming>(decoded), text);
  const auto& incoming = std::get<Incoming>(decoded);
  CHECK(incoming.id == 7);
  CHECK(method_of(incoming.message) == T::method);
  return std::get<T>(incoming.message);
}

std::string subject_of(const std::string& method, const std::string& params) {
  const auto decoded = decode(envelope_request(1, method, params));
  REQUIRE(std::holds_alternative<Malformed>(decoded));
  const auto& malformed = std::get<Malformed>(decoded);
  CHECK(malformed.refusal.reason == model::Reason::bad_request);
  CHECK(malformed.answer);
  CHECK(malformed.id == 1);
  return malformed.refusal.subject;
}

std::string description_with(const std::string& transport, const std::string& media) {
  return R"({"leg":"l1","offer":{"transports":[)" + transport + R"(],"media":[)" + media + "]}}";
}

std::string media_with(const std::string& codecs) {
  return R"({"mid":"0","kind":"audio","direction":"sendrecv","transport":0,"codecs":)" + codecs + "}";
}

}  // namespace

TEST_CASE("a full media description survives the wire") {
  const LegCreate create{.conference = ConferenceId("team"),
                         .leg = LegId("l1"),
                         .name = "Juliet \"J\"\n\xc3\xbc",
                         .profile = {.bundle = false, .video = false, .video_kbit = 1, .receive_kbit = 2},
                         .offer = full_description()};
  CHECK(through_the_wire(create) == create);
  const LegCreate bare{.conference = ConferenceId("team"), .leg = LegId("l1"), .name = ""};
  CHECK(through_the_wire(bare) == bare);
}

TEST_CASE("every message survives the wire") {
  const LegId leg("l1");
  const model::IceCandidate candidate = full_description().transports[0].ice->candidates[0];
  const Hello hello{.protocol = {1, 3},
                    .role = Role::operator_desk,
                    .name = "desk",
                    .version = "0.1",
                    .capacity_units = 12.5,
                    .conferences = {{ConferenceId("team"), {leg}}},
                    .calls = {leg}};
  CHECK(through_the_wire(hello) == hello);
  CHECK(through_the_wire(Ping{}) == Ping{});
  CHECK(through_the_wire(ConferenceCreate{ConferenceId("a"), "A"}) == ConferenceCreate{ConferenceId("a"), "A"});
  CHECK(through_the_wire(ConferenceDestroy{ConferenceId("a")}) == ConferenceDestroy{ConferenceId("a")});
  CHECK(through_the_wire(LegAnswer{leg, full_description()}) == LegAnswer{leg, full_description()});
  CHECK(through_the_wire(LegChange{leg, full_description()}) == LegChange{leg, full_description()});
  CHECK(through_the_wire(LegUpdate{leg, "Bob", false, {}}) == LegUpdate{leg, "Bob", false, {}});
  CHECK(through_the_wire(LegDestroy{leg}) == LegDestroy{leg});
  CHECK(through_the_wire(LegCandidate{leg, "0", candidate}) == LegCandidate{leg, "0", candidate});
  CHECK(through_the_wire(LegConnected{leg}) == LegConnected{leg});
  CHECK(through_the_wire(LegEnded{leg, model::Reason::timeout}) == LegEnded{leg, model::Reason::timeout});
  const LegHealth health{.leg = leg, .audio = true, .video = false, .stalled = true, .loss = 0.25, .round_trip_ms = 30};
  CHECK(through_the_wire(health) == health);
  CHECK(through_the_wire(ConferenceSpeaker{ConferenceId("a"), leg}) == ConferenceSpeaker{ConferenceId("a"), leg});
  CHECK(through_the_wire(ConferenceSpeaker{ConferenceId("a"), {}}) == ConferenceSpeaker{ConferenceId("a"), {}});
  CHECK(through_the_wire(McuLoad{1.5, 20}) == McuLoad{1.5, 20});
  CHECK(through_the_wire(LinkResolve{"abc"}) == LinkResolve{"abc"});
  CHECK(through_the_wire(CallIncoming{"abc", "Guest", full_description()}) ==
        CallIncoming{"abc", "Guest", full_description()});
  CHECK(through_the_wire(CallOffer{leg, full_description()}) == CallOffer{leg, full_description()});
  CHECK(through_the_wire(CallCandidate{leg, "1", candidate}) == CallCandidate{leg, "1", candidate});
  CHECK(through_the_wire(CallMute{leg, true, false}) == CallMute{leg, true, false});
  CHECK(through_the_wire(CallHangup{leg, model::Reason::busy}) == CallHangup{leg, model::Reason::busy});
  CHECK(through_the_wire(CallMessage{leg, "hello"}) == CallMessage{leg, "hello"});
  CHECK(through_the_wire(DeskStatus{}) == DeskStatus{});
}

TEST_CASE("every result survives the wire") {
  const DeskStatus::Result status{true, {{"mcu-1", Role::mcu, "0.1.0"}}, 2, 5};
  CHECK(decode_result<DeskStatus>(encode_result(status)) == status);
  const Hello::Result hello{{1, 1}, "mcu-1"};
  CHECK(decode_result<Hello>(encode_result(hello)) == hello);
  CHECK(decode_result<Ping>(encode_result(Ping::Result{})).has_value());
  const LegCreate::Result created{full_description()};
  CHECK(decode_result<LegCreate>(encode_result(created)) == created);
  const LegChange::Result changed{full_description()};
  CHECK(decode_result<LegChange>(encode_result(changed)) == changed);
  const LinkResolve::Result link{ConferenceId("team"), "Team", true, {"Ann", "Bob"}};
  CHECK(decode_result<LinkResolve>(encode_result(link)) == link);
  const CallIncoming::Result call{LegId("l9"), full_description()};
  CHECK(decode_result<CallIncoming>(encode_result(call)) == call);
  const CallOffer::Result offer{full_description()};
  CHECK(decode_result<CallOffer>(encode_result(offer)) == offer);
}

TEST_CASE("a result of the wrong shape is refused with the member's path") {
  const auto result = decode_result<LegCreate>(R"({"description":{"transports":[]}})");
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error() == model::Refusal{model::Reason::bad_request, "result.description.media: missing"});
}

TEST_CASE("a missing or mistyped member is named by its path") {
  CHECK(subject_of("leg.connected", "{}") == "params.leg: missing");
  CHECK(subject_of("leg.connected", "[]") == "params: not an object");
  CHECK(subject_of("leg.connected", R"({"leg":5})") == "params.leg: not a text");
  CHECK(subject_of("leg.connected", R"({"leg":""})") == "params.leg: too short or too long");
  CHECK(subject_of("leg.ended", R"({"leg":"l","reason":"rain"})") == "params.reason: not a known word");
  CHECK(subject_of("hello", R"({"protocol":{"major":1,"minor":0},"role":"boss","name":"x"})") ==
        "params.role: not a known word");
  CHECK(subject_of("call.mute", R"({"leg":"l","audio_muted":1,"video_muted":false})") ==
        "params.audio_muted: not true or false");
  CHECK(subject_of("leg.update", R"({"leg":"l","name":null})") == "params.name: not a text");
  CHECK(subject_of("leg.change", description_with("{}", media_with(R"([{"payload_type":96,"name":"VP8"}])"))) ==
        "params.offer.media[0].codecs[0].clock_rate: missing");
}

TEST_CASE("numbers outside of their bounds are refused") {
  const auto codec = [](const std::string& type) {
    return description_with("{}", media_with(R"([{"name":"x","clock_rate":8000,"payload_type":)" + type + "}]"));
  };
  CHECK(subject_of("leg.change", codec("128")) == "params.offer.media[0].codecs[0].payload_type: out of range");
  CHECK(subject_of("leg.change", codec("-1")) == "params.offer.media[0].codecs[0].payload_type: out of range");
  CHECK(subject_of("leg.change", codec("1.5")) == "params.offer.media[0].codecs[0].payload_type: not a whole number");
  CHECK(std::holds_alternative<Malformed>(decode(envelope_request(1, "leg.change", codec("99999999999999999999999")))));
  CHECK(std::holds_alternative<Malformed>(decode(envelope_request(1, "leg.change", codec("1e999")))));
  const auto port = [](const std::string& number) {
    return description_with(R"({"address":{"ip":"192.0.2.1","rtcp_port":9,"rtp_port":)" + number + "}}", "");
  };
  CHECK(subject_of("leg.change", port("0")) == "params.offer.transports[0].address.rtp_port: out of range");
  CHECK(subject_of("leg.change", port("65536")) == "params.offer.transports[0].address.rtp_port: out of range");
  CHECK(std::holds_alternative<Incoming>(decode(envelope_request(1, "leg.change", port("65535")))));
}

TEST_CASE("a media that names a transport which is not there is refused") {
  CHECK(subject_of("leg.change", description_with("", media_with("[]"))) ==
        "params.offer.media: names a transport that is not there");
}

TEST_CASE("lists and texts have limits") {
  std::string media;
  for (int i = 0; i < 17; ++i) media += (i > 0 ? "," : "") + media_with("[]");
  CHECK(subject_of("leg.change", description_with("{}", media)) == "params.offer.media: too many or too few");
  const std::string long_text(4097, 'x');
  CHECK(subject_of("call.message", R"({"leg":"l","text":")" + long_text + "\"}") ==
        "params.text: too short or too long");
}

TEST_CASE("what a newer peer adds is ignored") {
  const auto decoded =
      decode(R"({"jsonrpc":"2.0","method":"leg.connected","params":{"leg":"l","colour":"red"},"x":1})");
  REQUIRE(std::holds_alternative<Incoming>(decoded));
  CHECK(std::get<LegConnected>(std::get<Incoming>(decoded).message).leg == LegId("l"));
}

TEST_CASE("a loss that could not be computed and a name that is no UTF-8 do not spoil the JSON") {
  const LegHealth health{.leg = LegId("l"), .loss = std::numeric_limits<double>::quiet_NaN()};
  CHECK(through_the_wire(health).loss == 0);
  CHECK(through_the_wire(CallMessage{LegId("l"), "M\xfcller"}).text.starts_with("M"));
}
