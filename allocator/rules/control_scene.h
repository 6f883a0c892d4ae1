// The stage for what people do with a conference: Romeo's `team`, to which Juliet is invited.
#pragma once

#include "allocator/rules/scene.h"

namespace rollcall::rules::test {

inline const Address tybalt{"tybalt", "example.org", "crypt"};
inline const Address benvolio{"benvolio", "example.org", "square"};

struct TeamScene : Scene {
  TeamScene() {
    mcu_comes(mcu_1);
    calls_for(romeo, {juliet.bare()});
  }
  Decision acts(const Address& asker, model::PersonAct act, const std::string& who) {
    return happens(PersonRequested{{1, asker, team}, act, who});
  }
  Decision turns(const Address& asker, model::Switch what, bool on) {
    return happens(SwitchRequested{{1, asker, team}, what, on});
  }
  /// The MCU does, or refuses, what it was asked for.
  Decision answered(const Decision& asked, std::optional<model::Refusal> refused = {}) {
    const Order order = only<Order>(asked.effects);
    if (!all_of<Reply>(asked.effects).empty()) throw std::logic_error("promised before it was done");
    return happens(OrderAnswered{order.question, order.wish, std::move(refused)});
  }
  Decision says(const Address& person, const std::string& text) { return happens(ChatSaid{{1, person, team}, text}); }
};

/// What the asker is answered.
inline Reply answer(const Decision& decision) {
  const auto now = all_of<Reply>(decision.effects);
  return now.size() == 1 ? now.front() : only<Reply>(decision.promises);
}
inline model::Phrase said(const Decision& decision) {
  return answer(decision).sentence.phrase;
}
inline model::Reason declined(const Decision& decision) {
  return only<Decline>(decision.effects).refusal.reason;
}
/// Why a call is not taken.
inline model::Reason why_not(const Decision& decision) {
  return only<RefuseCall>(decision.effects).refusal.reason;
}
/// What that person is told.
inline std::vector<model::Phrase> told(const Decision& decision, const Address& person) {
  std::vector<model::Phrase> found;
  for (const auto* list : {&decision.effects, &decision.promises}) {
    for (const Tell& tell : all_of<Tell>(*list)) {
      if (tell.person.bare() == person.bare()) found.push_back(tell.sentence.phrase);
    }
  }
  return found;
}

}  // namespace rollcall::rules::test
