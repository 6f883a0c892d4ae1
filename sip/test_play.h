// Plays in the places of the allocator and of SIP: they note what they were told.
#pragma once

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "sip/door.h"

namespace rollcall::sip {

struct FakeAllocator : Allocator {
  bool connected = true;
  std::vector<std::pair<control::CallArrived, Done<control::CallArrived>>> arrivals = {};
  std::vector<std::pair<control::CallOffer, Done<control::CallOffer>>> offers = {};
  std::vector<control::CallRinging> ringing = {};
  std::vector<control::CallAnswered> answered = {};
  std::vector<control::CallFailed> failed = {};
  std::vector<control::CallDtmf> keys = {};
  std::vector<control::CallRefresh> refreshes = {};
  std::vector<control::CallHangup> hangups = {};
  std::vector<control::DoorGateways> gateways = {};

  [[nodiscard]] bool is_connected() const override { return connected; }
  void request(const control::CallArrived& request, Done<control::CallArrived> done) override {
    arrivals.emplace_back(request, std::move(done));
  }
  void request(const control::CallOffer& request, Done<control::CallOffer> done) override {
    offers.emplace_back(request, std::move(done));
  }
  void notify(const control::CallRinging& said) override { ringing.push_back(said); }
  void notify(const control::CallAnswered& said) override { answered.push_back(said); }
  void notify(const control::CallFailed& said) override { failed.push_back(said); }
  void notify(const control::CallDtmf& said) override { keys.push_back(said); }
  void notify(const control::CallRefresh& said) override { refreshes.push_back(said); }
  void notify(const control::CallHangup& said) override { hangups.push_back(said); }
  void notify(const control::DoorGateways& said) override { gateways.push_back(said); }
};

struct FakeSignalling : dialog::Signalling {
  struct Said {
    std::string what;
    dialog::CallNumber call = 0;
    int status = 0;
    std::string text = {};
  };
  std::vector<Said> said = {};
  std::vector<dialog::Target> targets = {};
  dialog::CallNumber last = 100;

  dialog::CallNumber dial(const dialog::Target& target, const std::string& sdp) override {
    targets.push_back(target);
    said.push_back({"dial", ++last, 0, sdp});
    return last;
  }
  void ring(dialog::CallNumber call) override { said.push_back({"ring", call}); }
  void accept(dialog::CallNumber call, const std::string& sdp) override { said.push_back({"accept", call, 200, sdp}); }
  void refuse(dialog::CallNumber call, int status, const std::string& phrase) override {
    said.push_back({"refuse", call, status, phrase});
  }
  void challenge(dialog::CallNumber call, const std::string&, const std::string& nonce, bool) override {
    said.push_back({"challenge", call, 401, nonce});
  }
  void offer(dialog::CallNumber call, const std::string& sdp) override { said.push_back({"offer", call, 0, sdp}); }
  void hang_up(dialog::CallNumber call, const std::string& reason) override {
    said.push_back({"hang up", call, 0, reason});
  }
  [[nodiscard]] std::string summary() const {
    std::string text;
    for (const auto& one : said) text += (text.empty() ? "" : ", ") + one.what;
    return text;
  }
};

inline std::string telephone_sdp(const std::string& direction = "sendrecv") {
  return "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 5004 RTP/AVP 8 0\r\na=" +
         direction + "\r\n";
}

/// The MCU's own, sound only, without encryption.
inline model::MediaDescription our_media(const std::string& mid = "audio") {
  model::MediaDescription ours;
  ours.transports.push_back({.address = model::MediaAddress{"192.0.2.1", 40000, 40001}, .plain = true});
  ours.media.push_back({.mid = mid, .codecs = {{8, "PCMA", 8000}}, .rtcp_mux = false});
  return ours;
}

inline gateways::Record trunk(const std::string& name, const std::string& host) {
  gateways::Record record;
  record.shown = {
      .name = name, .profile = gateways::codec_profile("voice", model::LegSecurity::plain, 0), .allowed = {"+49*"}};
  record.host = host;
  record.user = "rollcall";
  record.password = "geheim";
  record.inbound_from = {"192.0.2.7"};
  return record;
}

/// A door with two trunks and one account.
struct Stage {
  FakeAllocator allocator;
  FakeSignalling signalling;
  limits::Time now{std::chrono::seconds(1'700'000'000)};
  Door door;

  explicit Stage(Door::Settings settings = {})
      : door(allocator, signalling, settings, {.accounts = {{"juliet", "secret"}}, .nonce_secret = "nonce secret"},
             {trunk("first", "192.0.2.7"), trunk("second", "192.0.2.8")}) {}

  void telephone_calls(dialog::CallNumber call, std::optional<std::string> sdp = telephone_sdp()) {
    door.invited({.call = call, .ip = "192.0.2.7", .called = "team*2468", .caller = "+4930", .sdp = std::move(sdp)},
                 now);
  }
  /// A call that is up.
  model::LegId joins(dialog::CallNumber call) {
    telephone_calls(call);
    REQUIRE_FALSE(allocator.arrivals.empty());
    const model::LegId leg("leg-" + std::to_string(call));
    allocator.arrivals.back().second(control::CallArrived::Result{leg, our_media("0")});
    return leg;
  }
  model::Expected<control::CallDial::Result> dials(const std::string& leg, const std::string& address) {
    model::Expected<control::CallDial::Result> result = model::refuse(model::Reason::internal, "no answer");
    door.take(control::CallDial{.leg = model::LegId(leg),
                                .gateways = {"first", "second"},
                                .address = address,
                                .display = "Team",
                                .offer = our_media()},
              now, control::Responder(1, [&](const std::string& text) {
                const auto decoded = control::decode(text);
                const auto* answer = std::get_if<control::Answer>(&decoded);
                REQUIRE(answer != nullptr);
                if (answer->result) {
                  result = control::CallDial::Result{};
                } else {
                  result = tl::unexpected(answer->result.error());
                }
              }));
    return result;
  }
};

}  // namespace rollcall::sip
