// What is decided about one participant, without a leg.
#include <doctest/doctest.h>

#include "mcu/conference/participant.h"
#include "mcu/conference/wanted.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::conference;

TEST_CASE("a leg's health is told when it differs noticeably") {
  const leg::Health good{true, true, false, 0.01, 40};
  leg::Health now = good;
  now.loss = 0.02;
  now.round_trip_ms = 50;
  CHECK_FALSE(differs_noticeably(good, now));
  now.stalled = true;
  CHECK(differs_noticeably(good, now));
  now = good;
  now.loss = 0.1;
  CHECK(differs_noticeably(good, now));
  now = good;
  now.round_trip_ms = 200;
  CHECK(differs_noticeably(good, now));
}

TEST_CASE("a picture that begins to stand still, or to move again, is news, not how long it has stood") {
  leg::Health before, now;
  now.frozen_ms = 1500;
  CHECK(differs_noticeably(before, now));
  CHECK(differs_noticeably(now, before));
  before.frozen_ms = 900;
  CHECK_FALSE(differs_noticeably(before, now));
}

TEST_CASE("pictures that cannot be decoded are news, and so is how large they are decoded") {
  leg::Health before, now;
  now.undecodable = true;
  CHECK(differs_noticeably(before, now));
  now = {};
  now.picture_height = 180;
  CHECK(differs_noticeably(before, now));
}

TEST_CASE("a poor connection is marked from 8 % of loss on, until there is less than 5 %, and when nothing comes") {
  leg::Health health;
  health.loss = 0.07;
  CHECK_FALSE(poor_connection(health, false));
  CHECK(poor_connection(health, true));
  health.loss = 0.09;
  CHECK(poor_connection(health, false));
  health.loss = 0.04;
  CHECK_FALSE(poor_connection(health, true));
  health.stalled = true;
  CHECK(poor_connection(health, false));
}

TEST_CASE("nobody is asked to send more than is seen of it") {
  CHECK(wanted_for({320, 180}, 2000) == leg::Wanted{180, 200});
  CHECK(wanted_for({640, 360}, 2000) == leg::Wanted{360, 600});
  CHECK(wanted_for({960, 540}, 2000) == leg::Wanted{540, 1200});
  CHECK(wanted_for({1280, 720}, 2000) == leg::Wanted{720, 2000});
  CHECK(wanted_for({640, 360}, 300) == leg::Wanted{360, 300});
}
