// What people wish for a conference, as its MCU gets to know it.
#include "xmpp-component/peers_play.h"

namespace rollcall::component::testing {
namespace {

const rules::Asked romeo_asks{1, *model::Address::parse("romeo@example.org/orchard"), model::ConferenceId("team")};

/// Ann is in the call, by the browser door.
struct OrderedDesk {
  Desk desk;
  Mcu mcu{desk};
  Door door{desk};
  LegId ann;
  OrderedDesk() {
    desk.allocator = rules::Allocator(owned(), model::Time{});
    desk.happens(rules::McuUp{.mcu = model::PeerId("mcu-1"), .capacity_units = 2000});
    ann = door.brings_in("Ann");
    mcu.peer->notify(control::LegConnected{ann});
    desk.run_until([&] { return desk.allocator.indicator(romeo_asks.conference).running; });
  }
  static rules::State owned() {
    rules::State state = Desk::state();
    state.conferences.begin()->second.owner = *model::Address::parse("romeo@example.org");
    return state;
  }
};

TEST_CASE("a mute, a layout, a spotlight and a new name reach the MCU") {
  OrderedDesk play;
  play.desk.happens(rules::PersonRequested{romeo_asks, model::PersonAct::mute, "ann"});
  const auto update = play.mcu.waits_for<control::LegUpdate>();
  CHECK(update.leg == play.ann);
  CHECK(update.muted_by_moderator == true);
  CHECK_FALSE(update.audio_muted);

  play.desk.happens(rules::LayoutRequested{romeo_asks, model::PictureLayout::speaker});
  CHECK(play.mcu.waits_for<control::ConferenceUpdate>().layout == control::LayoutChoice::speaker);
  play.mcu.heard.clear();
  play.desk.happens(rules::PersonRequested{romeo_asks, model::PersonAct::spotlight, "ann"});
  CHECK(play.mcu.waits_for<control::ConferenceUpdate>().spotlight == play.ann);
  play.mcu.heard.clear();
  play.desk.happens(rules::RenameRequested{romeo_asks, "Verona"});
  CHECK(play.mcu.waits_for<control::ConferenceUpdate>().title == "Verona");
}

TEST_CASE("a wish is true when the MCU has said so, and a refusal is one") {
  OrderedDesk play;
  bool does_it = false;
  play.mcu.answers = [&](const control::Message& message, control::Responder responder) {
    if (!does_it) return responder.refuse({model::Reason::gone, "leg"});
    if (std::holds_alternative<control::LegUpdate>(message)) return responder.result(control::LegUpdate::Result{});
    responder.result(control::ConferenceUpdate::Result{});
  };
  const auto is_muted = [&] { return play.desk.allocator.participant(play.ann)->muted_by_moderator; };
  const auto layout = [&] { return play.desk.allocator.conference(romeo_asks.conference)->layout; };
  const auto wish = [&] {
    const auto before = play.desk.orders_answered;
    play.desk.happens(rules::PersonRequested{romeo_asks, model::PersonAct::mute, "ann"});
    play.desk.happens(rules::LayoutRequested{romeo_asks, model::PictureLayout::speaker});
    play.desk.run_until([&] { return play.desk.orders_answered == before + 2; });
  };
  wish();
  CHECK_FALSE(is_muted());
  CHECK(layout() == model::PictureLayout::automatic);
  does_it = true;
  wish();
  CHECK(is_muted());
  CHECK(layout() == model::PictureLayout::speaker);
}

TEST_CASE("a recording starts and stops at the MCU, and counts as running when the MCU says so") {
  OrderedDesk play;
  const auto before = play.mcu.answers;
  play.mcu.answers = [&](const control::Message& message, control::Responder responder) {
    if (std::holds_alternative<control::RecordingStart>(message)) {
      return responder.result(control::RecordingStart::Result{"/var/lib/team.webm"});
    }
    if (std::holds_alternative<control::RecordingStop>(message))
      return responder.result(control::RecordingStop::Result{});
    before(message, std::move(responder));
  };
  const auto is_recorded = [&] { return play.desk.allocator.conference(romeo_asks.conference)->recording; };
  play.desk.happens(rules::SwitchRequested{romeo_asks, model::Switch::recording, true});
  CHECK_FALSE(is_recorded());
  play.desk.run_until(is_recorded);
  play.desk.happens(rules::SwitchRequested{romeo_asks, model::Switch::recording, false});
  play.desk.run_until([&] { return !is_recorded(); });

  play.desk.happens(rules::SwitchRequested{romeo_asks, model::Switch::recording, true});
  play.desk.run_until(is_recorded);
  play.mcu.peer->notify(
      control::RecordingChanged{romeo_asks.conference, false, "/var/lib/team.webm", "The disk is full."});
  play.desk.run_until([&] { return !is_recorded(); });
}

TEST_CASE("how a leg's packets travel is known from what its MCU says") {
  OrderedDesk play;
  play.mcu.peer->notify(control::LegHealth{.leg = play.ann, .audio = true, .loss = 0.25, .round_trip_ms = 80});
  play.desk.run_until([&] { return play.desk.allocator.participant(play.ann)->health.has_value(); });
  const model::LegHealth health = *play.desk.allocator.participant(play.ann)->health;
  CHECK(health.audio);
  CHECK(health.loss == doctest::Approx(0.25));
  CHECK(health.round_trip_ms == 80);
  CHECK(health.frozen_since == model::Time{});
  play.mcu.peer->notify(control::LegHealth{.leg = play.ann, .audio = true, .frozen_ms = 2500});
  play.desk.run_until([&] { return play.desk.allocator.participant(play.ann)->health->frozen_since != model::Time{}; });
}

}  // namespace
}  // namespace rollcall::component::testing
