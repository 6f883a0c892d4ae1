#include <doctest/doctest.h>

#include "sip/entrance.h"

using namespace rollcall::sip;
using namespace std::chrono_literals;

namespace {

const limits::Time now{1'700'000'000s};

struct Gate {
  std::vector<gateways::Record> gateways;
  Entrance entrance{{.realm = "rollcall", .accounts = {{"juliet", "secret"}}, .nonce_secret = "nonce secret"}};
  Gate() {
    gateways.emplace_back();
    gateways[0].inbound_from = {"192.0.2.7"};
  }
  Entrance::Verdict judge(dialog::Invite invite, limits::Time at = now) { return entrance.judge(invite, gateways, at); }
  dialog::Invite guess(const std::string& nonce) {
    return {
        .ip = "203.0.113.5",
        .call_id = "c",
        .authorizations = {{.user = "juliet", .realm = "rollcall", .nonce = nonce, .response = std::string(32, '0')}}};
  }
};

}  // namespace

TEST_CASE("a gateway is known by its address and needs no password") {
  Gate gate;
  CHECK(std::holds_alternative<Entrance::Gateway>(gate.judge({.ip = "192.0.2.7"})));
  CHECK(std::holds_alternative<Entrance::Unknown>(gate.judge({.ip = "192.0.2.70"})));
}

TEST_CASE("who guesses passwords is shut out for a while, the gateways are not") {
  Gate gate;
  for (int i = 0; i < Entrance::most_guesses; ++i) {
    const auto fresh = gate.judge({.ip = "203.0.113.5", .call_id = "c"}, now + std::chrono::seconds(i));
    REQUIRE(std::holds_alternative<Entrance::Unknown>(fresh));
    const auto nonce = std::get<Entrance::Unknown>(fresh).nonce;
    CHECK(std::holds_alternative<Entrance::Unknown>(gate.judge(gate.guess(nonce), now + std::chrono::seconds(i))));
  }
  CHECK(std::holds_alternative<Entrance::Shut>(gate.judge({.ip = "203.0.113.5"}, now + 20s)));
  CHECK(std::holds_alternative<Entrance::Unknown>(gate.judge({.ip = "203.0.113.6"}, now + 20s)));
  CHECK(std::holds_alternative<Entrance::Gateway>(gate.judge({.ip = "192.0.2.7"}, now + 20s)));
  CHECK(std::holds_alternative<Entrance::Unknown>(gate.judge({.ip = "203.0.113.5"}, now + Entrance::shut_for + 20s)));
}

TEST_CASE("without accounts there is nothing to ask for") {
  Entrance entrance(Entrance::Settings{});
  CHECK(std::holds_alternative<Entrance::Shut>(entrance.judge({.ip = "203.0.113.5"}, {}, now)));
}
