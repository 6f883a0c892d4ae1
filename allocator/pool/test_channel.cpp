#include <optional>

#include "allocator/pool/test_channel_fixture.h"

using namespace rollcall;
using namespace rollcall::pool;
using control::Role;

TEST_CASE("a peer with the right token and a hello that fits it is taken in") {
  Channel channel;
  Dialler mcu(channel, "mcu-1");
  mcu.hello.capacity_units = 12;
  mcu.hello.version = "0.1";
  run_until(channel.loop, [&] { return mcu.connections == 1; });
  CHECK(mcu.peer->is_connected());
  CHECK(channel.ups == std::vector<std::string>{"mcu-1"});
  REQUIRE(channel.pool->peers().size() == 1);
  CHECK(channel.pool->peers()[0].capacity_units == 12);
  CHECK(channel.pool->peers()[0].version == "0.1");
  CHECK(channel.logged("event=control.listening address=127.0.0.1 port=" + std::to_string(channel.port)));
}

TEST_CASE("a wrong token is refused, and so is a role that the token is not for") {
  Channel channel;
  Dialler stranger(channel, "mcu-1", Role::mcu, "guessed");
  run_until(channel.loop, [&] { return channel.logged("why=\"a wrong token\"") && channel.logged("control.refused"); });
  Dialler pretender(channel, "mcu-2", Role::mcu, "web-token");
  run_until(channel.loop, [&] { return channel.logged("not-allowed: the token is not one for the role mcu"); });
  CHECK(channel.ups.empty());
  CHECK(stranger.connections + pretender.connections == 0);
}

TEST_CASE("a port that somebody listens at is not shared, but told in a sentence") {
  Channel channel;
  const Pool::Callbacks callbacks{.message = [](const auto&, const auto&, const auto&) {}};
  CHECK_THROWS_WITH_AS(Pool(channel.loop, {.port = channel.port}, callbacks), doctest::Contains("cannot listen at"),
                       std::runtime_error);
}

TEST_CASE("a peer of another major version is refused, one of the next minor version is not") {
  Channel channel;
  Dialler old(channel, "mcu-1");
  old.hello.protocol = {0, 9};
  Dialler newer(channel, "mcu-2");
  newer.hello.protocol = {1, 1};
  run_until(channel.loop, [&] { return channel.logged("of the same generation") && newer.connections == 1; });
  CHECK(channel.ups == std::vector<std::string>{"mcu-2"});
}

TEST_CASE("requests are answered both ways, and refusals arrive as such") {
  Channel channel;
  channel.on_message = [](const PeerId& from, const control::Incoming& incoming, control::Responder respond) {
    CHECK(from == PeerId("web"));
    CHECK(std::get<control::LinkResolve>(incoming.message).link == "abc");
    respond.result(control::LinkResolve::Result{model::ConferenceId("team"), "Team", true, {"Ann"}});
  };
  Dialler web(channel, "web", Role::web, "web-token");
  web.on_message = [](const control::Incoming&, control::Responder respond) {
    respond.refuse({model::Reason::unknown_leg, "l1"});
  };
  run_until(channel.loop, [&] { return web.connections == 1; });
  std::optional<model::Expected<control::LinkResolve::Result>> link;
  std::optional<model::Expected<control::LegDestroy::Result>> destroyed;
  web.peer->request(control::LinkResolve{"abc"}, [&](auto answer) { link = std::move(answer); });
  channel.pool->request(PeerId("web"), control::LegDestroy{model::LegId("l1")},
                        [&](auto answer) { destroyed = std::move(answer); });
  run_until(channel.loop, [&] { return link && destroyed; });
  CHECK((*link)->title == "Team");
  CHECK(destroyed->error() == model::Refusal{model::Reason::unknown_leg, "l1"});
}

TEST_CASE("notifications go both ways, in order") {
  Channel channel;
  std::vector<double> loads;
  channel.on_message = [&](const PeerId&, const control::Incoming& incoming, control::Responder) {
    loads.push_back(std::get<control::McuLoad>(incoming.message).used_units);
  };
  Dialler mcu(channel, "mcu-1");
  run_until(channel.loop, [&] { return mcu.connections == 1; });
  for (int i = 0; i < 500; ++i) mcu.peer->notify(control::McuLoad{static_cast<double>(i), 1000});
  channel.pool->notify(PeerId("mcu-1"), control::LegConnected{model::LegId("l1")});
  run_until(channel.loop, [&] { return loads.size() == 500 && mcu.heard.size() == 1; });
  for (std::size_t i = 0; i < loads.size(); ++i) CHECK(loads[i] == static_cast<double>(i));
  CHECK(mcu.heard[0] == "leg.connected");
}

TEST_CASE("a request that nobody can get is answered with connectivity") {
  Channel channel;
  std::optional<model::Reason> there;
  std::optional<model::Reason> back;
  channel.pool->request(PeerId("mcu-9"), control::LegDestroy{model::LegId("l1")},
                        [&](const auto& answer) { there = answer.error().reason; });
  Dialler web(channel, "web", Role::web, "wrong");
  web.peer->request(control::LinkResolve{"abc"}, [&](const auto& answer) { back = answer.error().reason; });
  CHECK_FALSE(there.has_value());
  run_until(channel.loop, [&] { return there && back; });
  CHECK(*there == model::Reason::connectivity);
  CHECK(*back == model::Reason::connectivity);
}

TEST_CASE("a request that is never answered ends with timeout; one whose answer is dropped, with internal") {
  Pool::Settings settings;
  settings.request_timeout = 50ms;
  Channel channel(settings);
  Dialler mcu(channel, "mcu-1");
  std::vector<control::Responder> kept;
  mcu.on_message = [&](const control::Incoming& incoming, control::Responder respond) {
    if (std::holds_alternative<control::LegDestroy>(incoming.message)) kept.push_back(std::move(respond));
  };
  run_until(channel.loop, [&] { return mcu.connections == 1; });
  std::vector<model::Reason> reasons;
  const auto note = [&](const auto& answer) { reasons.push_back(answer.error().reason); };
  channel.pool->request(PeerId("mcu-1"), control::LegDestroy{model::LegId("l1")}, note);
  channel.pool->request(PeerId("mcu-1"), control::ConferenceDestroy{model::ConferenceId("a")}, note);
  run_until(channel.loop, [&] { return reasons.size() == 2; });
  CHECK(reasons == std::vector{model::Reason::internal, model::Reason::timeout});
}

TEST_CASE("a peer comes back by itself when the allocator was restarted, and says a new hello") {
  auto channel = std::make_unique<Channel>();
  Dialler mcu(*channel, "mcu-1");
  run_until(channel->loop, [&] { return mcu.connections == 1; });
  std::optional<model::Reason> lost;
  mcu.peer->request(control::LinkResolve{"x"}, [&](const auto& answer) { lost = answer.error().reason; });
  channel->pool.reset();
  run_until(channel->loop, [&] { return mcu.losses == 1; });
  CHECK(lost.has_value());
  mcu.hello.conferences = {{model::ConferenceId("team"), {model::LegId("l1")}}};
  channel->open();
  run_until(channel->loop, [&] { return mcu.connections == 2; });
  CHECK(channel->ups == std::vector<std::string>{"mcu-1", "mcu-1"});
  mcu.peer.reset();
}

TEST_CASE("a second connection of one name replaces the first, down before up") {
  Channel channel;
  Dialler first(channel, "mcu-1");
  run_until(channel.loop, [&] { return first.connections == 1; });
  first.hello.name = "mcu-2";  // what it says when it dials again
  Dialler second(channel, "mcu-1");
  run_until(channel.loop, [&] { return second.connections == 1 && first.connections == 2; });
  CHECK(channel.downs == std::vector<std::string>{"mcu-1"});
  CHECK(channel.ups == std::vector<std::string>{"mcu-1", "mcu-1", "mcu-2"});
}

TEST_CASE("the heartbeat keeps both sides alive; without it the peer is counted as dead") {
  Pool::Settings settings;
  settings.dead_after = 300ms;
  Channel channel(settings);
  Dialler lively(channel, "mcu-1");
  auto silent_settings = Dialler::quick(channel, "mcu-token");
  silent_settings.ping_interval = 1h;
  Dialler silent(channel, "mcu-2", Role::mcu, silent_settings);
  run_until(channel.loop, [&] { return silent.losses == 1; });
  CHECK(channel.downs == std::vector<std::string>{"mcu-2"});
  CHECK(channel.logged("event=peer.down peer=mcu-2 role=mcu why=\"silent for too long\""));
  CHECK(lively.losses == 0);
}

TEST_CASE("a responder that is kept longer than its connection does no harm") {
  Channel channel;
  std::vector<control::Responder> kept;
  channel.on_message = [&](const PeerId&, const control::Incoming&, control::Responder respond) {
    kept.push_back(std::move(respond));
  };
  {
    Dialler web(channel, "web", Role::web, "web-token");
    run_until(channel.loop, [&] { return web.connections == 1; });
    web.peer->request(control::LinkResolve{"x"}, [](const auto&) {});
    run_until(channel.loop, [&] { return kept.size() == 1; });
  }
  run_until(channel.loop, [&] { return channel.downs.size() == 1; });
  kept[0].refuse({model::Reason::full, ""});
  channel.pool.reset();
  CHECK(channel.ups.size() == 1);
}
