// STUN and TURN servers of the users' XMPP server, for the MCUs.
#include <doctest/doctest.h>

#include <deque>

#include "tests/support/xml.h"
#include "xmpp-component/ice_servers.h"

using namespace rollcall;
using namespace rollcall::component;
using namespace std::chrono_literals;

namespace {

const std::string with_feature =
    "<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'><feature var='urn:xmpp:extdisco:2'/>"
    "</query></iq>";
const std::string without_feature =
    "<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'><feature var='x'/></query></iq>";
const std::string forbidden = "<iq type='error'><error type='auth'/></iq>";

struct Scene {
  model::Time now{1'795'435'200s};  // 2026-11-23T12:00:00Z
  std::deque<std::pair<std::string, std::function<void(const gloox::Tag&)>>> asked;
  bool has_address = true;
  IceServers servers{
      "call.example.org",
      {"example.org", "example.net"},
      {.ask = [this](std::unique_ptr<gloox::Tag> iq,
                     auto answered) { asked.emplace_back(iq->xml(), std::move(answered)); },
       .look_up = [this](const std::string& host, auto found) { found(has_address ? "192.0.2.1#" + host : ""); },
       .now = [this] { return now; }}};

  /// What was asked; the answer follows.
  std::string is_asked(const std::string& answer) {
    REQUIRE(asked.size() == 1);
    const auto [question, answered] = std::move(asked.front());
    asked.clear();
    answered(*tests::parse_xml(answer));
    return question;
  }
  static std::string services(const std::string& inside) {
    return "<iq type='result'><services xmlns='urn:xmpp:extdisco:2'>" + inside + "</services></iq>";
  }
  void passes(std::chrono::seconds time) {
    now += time;
    servers.time_passed();
  }
};

const std::string turn_until_one =
    "<service type='turn' transport='tcp' host='t' username='u' password='wrong'/>"
    "<service type='turn' transport='udp' host='turn' port='3479' username='u' password='p' "
    "expires='2026-11-23T13:00:00Z'/>";

}  // namespace

TEST_CASE("the users' server is asked for STUN and TURN servers, which are looked up") {
  Scene scene;
  scene.servers.is_online();
  const std::string question = scene.is_asked(with_feature);
  CHECK(question.find("from='call.example.org'") != std::string::npos);
  CHECK(question.find("to='example.org'") != std::string::npos);
  CHECK(scene.is_asked(Scene::services("<service type='stun' host='stun'/>" + turn_until_one))
            .find("urn:xmpp:extdisco:2") != std::string::npos);
  const auto granted = scene.servers.granted(scene.now);
  CHECK(granted.stun == control::IceServer{"192.0.2.1#stun", 3478});
  CHECK(granted.turn == control::IceServer{"192.0.2.1#turn", 3479, "u", "p"});
}

TEST_CASE("a server that has none, or grants none, is followed by the next") {
  Scene scene;
  scene.servers.is_online();
  scene.is_asked(without_feature);
  scene.is_asked(with_feature);
  scene.is_asked(forbidden);
  CHECK(scene.asked.empty());
  CHECK_FALSE(scene.servers.granted(scene.now).stun);
  scene.passes(599s);
  CHECK(scene.asked.empty());
  scene.passes(1s);
  CHECK(scene.asked.size() == 1);
}

TEST_CASE("credentials are asked for again before they are over, and are not handed out when they are") {
  Scene scene;
  scene.servers.is_online();
  scene.is_asked(with_feature);
  scene.is_asked(Scene::services(turn_until_one));
  scene.passes(44min);
  CHECK(scene.asked.empty());
  scene.passes(1min);
  CHECK(scene.asked.size() == 1);
  CHECK(scene.servers.granted(scene.now).turn);
  CHECK_FALSE(scene.servers.granted(scene.now + 15min).turn);
}

TEST_CASE("a host without an address is no server") {
  Scene scene;
  scene.has_address = false;
  scene.servers.is_online();
  scene.is_asked(with_feature);
  scene.is_asked(Scene::services(turn_until_one));
  CHECK_FALSE(scene.servers.granted(scene.now).turn);
}

TEST_CASE("nobody is asked while we are not online") {
  Scene scene;
  scene.servers.is_online();
  scene.servers.is_offline();
  scene.asked.clear();
  scene.passes(24h);
  CHECK(scene.asked.empty());
}

TEST_CASE("other servers are asked when the operator has named others, also while one is being asked") {
  Scene scene;
  scene.servers.is_online();
  scene.servers.set_servers({});
  scene.is_asked(with_feature);
  CHECK(scene.asked.empty());
  scene.servers.set_servers({"example.com"});
  scene.passes(10min);
  CHECK(scene.is_asked(with_feature).find("to='example.com'") != std::string::npos);
}
