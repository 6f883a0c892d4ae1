#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "allocator/model/conference.h"
#include "xmpp-component/stanza/group_chat.h"

namespace rollcall::component::muc {

using model::Address;
using model::Time;
using stanza::TagPtr;

/// Somebody in the group chat, by his nick.
struct Occupant {
  Address person = {};  ///< his own address; empty: hidden
  std::string role = {};
};

/// We are in.
struct Entered {
  bool operator==(const Entered&) const = default;
};
/// We are out for good: put out, destroyed, not let in. Who only has no connection comes back by itself.
struct Lost {
  std::string why = {};  ///< a stanza error's condition, `removed` or `gone`; for the log
  bool operator==(const Lost&) const = default;
};
using News = std::variant<Entered, Lost>;

struct Outcome {
  std::vector<TagPtr> stanzas = {};
  std::vector<News> news = {};
};

/// One of our addresses in one group chat (XEP-0045 §7): getting in, who else is there, staying in, getting out. A
/// state machine without sockets, clock and threads; owned by the component, loop thread.
class Membership {
 public:
  struct Settings {
    Address us = {};     ///< full; what the group chat's answers come to
    Address group = {};  ///< bare
    std::string nick = "Rollcall";
    std::string password = {};
    stanza::Caps caps = {};
  };

  explicit Membership(Settings settings) : settings_(std::move(settings)), nick_(settings_.nick) {}

  /// Goes in. A second time: again, for a connection to our server that is new.
  [[nodiscard]] Outcome enter(Time now);
  [[nodiscard]] Outcome leave();
  /// The connection to our server is gone; enter() follows.
  void offline();
  /// A presence from the group chat.
  [[nodiscard]] Outcome handle(const stanza::GroupPresence& presence, Time now);
  /// At least once a second: tries again what had no answer.
  [[nodiscard]] Outcome time_passed(Time now);
  /// The answer to a ping to our own place (XEP-0410): no error, or its condition.
  [[nodiscard]] Outcome pinged(const std::string& error_condition, Time now);
  /// Whether it is time to ask whether we are in it still; then it counts as asked.
  [[nodiscard]] bool should_ping(Time now);

  [[nodiscard]] bool is_inside() const { return state_ == State::inside; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] const std::string& nick() const { return nick_; }
  [[nodiscard]] Address place() const { return settings_.group.with_resource(nick_); }
  /// Without ourselves.
  [[nodiscard]] const std::map<std::string, Occupant>& occupants() const { return occupants_; }
  [[nodiscard]] const Occupant* occupant(const std::string& nick) const;

 private:
  enum class State { outside, entering, inside, waiting };

  [[nodiscard]] Outcome refused(const std::string& condition, Time now);
  [[nodiscard]] Outcome gone_ourselves(const stanza::GroupPresence& presence, Time now);
  void see(const stanza::GroupPresence& presence);
  void wait(Time now);
  [[nodiscard]] Outcome lose(const std::string& why);
  void knock(Outcome& outcome, Time now);

  Settings settings_;
  std::string nick_;
  State state_ = State::outside;
  std::map<std::string, Occupant> occupants_;
  Time since_ = {};  // entering: when we knocked; waiting: when we stopped; inside: when we last knew
  int conflicts_ = 0;
  int failures_ = 0;
};

}  // namespace rollcall::component::muc
