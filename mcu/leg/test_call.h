#pragma once

#include <doctest/doctest.h>

#include <string>

#include "mcu/leg/test_rig.h"

namespace rollcall::mcu::leg::test {

constexpr double tone_of_caller = 440;
constexpr double tone_of_ours = 660;

/// Two legs of ours: a caller (offers, sends red) and our side (answers, sends blue).
struct Call {
  explicit Call(model::LegProfile profile = {}, const transport::IoContext::Options& options = loopback())
      : io(options),
        red(Colour::red, tone_of_caller),
        blue(Colour::blue, tone_of_ours),
        caller(loop, io, profile, red),
        ours(loop, io, {}, blue) {}

  /// The caller's offer after `edit`, answered and accepted.
  void connect(const std::function<void(model::MediaDescription&)>& edit = {}) {
    auto described = caller.leg->offer();
    REQUIRE(described.has_value());
    offer = *described;
    auto edited = offer;
    if (edit) {
      edit(edited);
    }
    const auto answer = ours.leg->answer(edited);
    REQUIRE(answer.has_value());
    REQUIRE(caller.leg->accept(*answer).has_value());
  }
  /// A later offer of the caller's.
  void change(const model::MediaDescription& later) {
    const auto answer = ours.leg->change(later);
    REQUIRE(answer.has_value());
    REQUIRE(caller.leg->accept(*answer).has_value());
  }
  /// Counts from zero: what was seen before says nothing about now.
  bool both_ways() {
    caller.receiver.forget();
    ours.receiver.forget();
    return loop.run_until([this] {
      return ours.sees(Colour::red) && ours.hears(tone_of_caller) && caller.sees(Colour::blue) &&
             caller.hears(tone_of_ours);
    });
  }
  [[nodiscard]] std::string state() const { return "caller: " + caller.state() + "\nours: " + ours.state(); }

  Loop loop;
  transport::IoContext io;
  Sender red;
  Sender blue;
  Party caller;
  Party ours;
  model::MediaDescription offer;
};

}  // namespace rollcall::mcu::leg::test
