#include "xmpp-component/muc/membership.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace rollcall::component::muc {
namespace {

using namespace std::chrono_literals;
using stanza::GroupPresence;
using stanza::PresenceType;

constexpr std::size_t most_occupants = 2000;
constexpr int most_conflicts = 8;
constexpr auto answer_within = 60s;
constexpr auto longest_wait = 1800s;
constexpr auto between_pings = 300s;

// XEP-0045 §15.6.1
constexpr int self = 110;
constexpr int created = 201;
constexpr int banned = 301;
constexpr int renamed = 303;
constexpr int kicked = 307;
constexpr int affiliation_changed = 321;
constexpr int members_only = 322;
constexpr int by_error = 333;

/// Trying again would change nothing about these.
constexpr std::array final_conditions{"not-authorized",          "forbidden", "registration-required", "not-allowed",
                                      "item-not-found",          "gone",      "jid-malformed",         "bad-request",
                                      "feature-not-implemented", "redirect"};

}  // namespace

Outcome Membership::enter(Time now) {
  Outcome outcome;
  occupants_.clear();
  knock(outcome, now);
  return outcome;
}

void Membership::knock(Outcome& outcome, Time now) {
  state_ = State::entering;
  since_ = now;
  outcome.stanzas.push_back(stanza::write_group_entrance(settings_.us, place(), settings_.caps, settings_.password));
}

Outcome Membership::leave() {
  Outcome outcome;
  if (state_ == State::entering || state_ == State::inside) {
    outcome.stanzas.push_back(
        stanza::write_presence({.type = PresenceType::unavailable, .from = settings_.us.text(), .to = place().text()}));
  }
  state_ = State::outside;
  occupants_.clear();
  return outcome;
}

void Membership::offline() {
  state_ = State::outside;
  occupants_.clear();
}

void Membership::wait(Time now) {
  state_ = State::waiting;
  since_ = now;
  ++failures_;
  occupants_.clear();
}

Outcome Membership::lose(const std::string& why) {
  state_ = State::outside;
  occupants_.clear();
  Outcome outcome;
  outcome.news.emplace_back(Lost{why});
  return outcome;
}

/// An error. Only one about our getting in says anything about us.
Outcome Membership::refused(const std::string& condition, Time now) {
  if (state_ != State::entering) return {};
  if (condition == "conflict") {
    if (++conflicts_ > most_conflicts) return lose(condition);
    nick_ = settings_.nick + " " + std::to_string(conflicts_ + 1);
    return enter(now);
  }
  if (std::ranges::find(final_conditions, condition) != final_conditions.end()) return lose(condition);
  wait(now);
  return {};
}

Outcome Membership::gone_ourselves(const GroupPresence& presence, Time now) {
  const auto has = [&](int code) { return presence.codes.contains(code); };
  if (has(renamed) && !presence.new_nick.empty()) {
    nick_ = presence.new_nick;
    return {};
  }
  if (presence.is_destroyed) return lose("gone");
  const bool is_put_out =
      (has(kicked) && !has(by_error)) || has(banned) || has(affiliation_changed) || has(members_only);
  if (is_put_out) return lose("removed");
  wait(now);
  return {};
}

void Membership::see(const GroupPresence& presence) {
  const std::string& nick = presence.from.resource();
  if (presence.type == PresenceType::unavailable) {
    occupants_.erase(nick);
  } else if (occupants_.contains(nick) || occupants_.size() < most_occupants) {
    occupants_[nick] = {presence.person, presence.role};
  }
}

Outcome Membership::handle(const GroupPresence& presence, Time now) {
  if (presence.from.bare() != settings_.group || state_ == State::outside) return {};
  if (presence.type == PresenceType::error) return refused(presence.error_condition, now);
  const bool is_us = presence.codes.contains(self) || presence.from.resource() == nick_;
  if (!is_us) {
    see(presence);
    return {};
  }
  if (presence.type == PresenceType::unavailable) return gone_ourselves(presence, now);
  // Nobody was there: what we were invited to is no more, and a group chat of our own is nothing anybody wanted.
  if (presence.codes.contains(created)) {
    Outcome outcome = leave();
    outcome.news.emplace_back(Lost{"gone"});
    return outcome;
  }
  nick_ = presence.from.resource();  // the service may have changed it (code 210)
  since_ = now;
  failures_ = 0;
  if (std::exchange(state_, State::inside) == State::inside) return {};
  Outcome outcome;
  outcome.news.emplace_back(Entered{});
  return outcome;
}

Outcome Membership::time_passed(Time now) {
  if (state_ == State::entering && now - since_ >= answer_within) wait(now);
  const auto pause = std::min<std::chrono::seconds>(longest_wait, 5s * (1 << std::min(failures_, 10)));
  if (state_ == State::waiting && now - since_ >= pause) return enter(now);
  return {};
}

bool Membership::should_ping(Time now) {
  if (state_ != State::inside || now - since_ < between_pings) return false;
  since_ = now;
  return true;
}

/// XEP-0410 §3.1: these two answers say that we are in it still.
Outcome Membership::pinged(const std::string& error_condition, Time now) {
  if (state_ != State::inside) return {};
  const bool is_inside = error_condition.empty() || error_condition == "service-unavailable" ||
                         error_condition == "feature-not-implemented" || error_condition == "item-not-found";
  const bool is_known = is_inside || error_condition == "not-acceptable";
  if (is_inside || !is_known) return {};
  return enter(now);
}

const Occupant* Membership::occupant(const std::string& nick) const {
  const auto found = occupants_.find(nick);
  return found == occupants_.end() ? nullptr : &found->second;
}

}  // namespace rollcall::component::muc
