#include "xmpp-component/presence/rosters.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace rollcall::component::presence {
namespace {

using model::Address;
using stanza::RosterItem;
using stanza::SubscriptionState;

bool is_result(const gloox::Tag* answer) {
  return answer != nullptr && answer->findAttribute("type") == "result";
}

bool has_condition(const gloox::Tag& answer, const char* condition) {
  const gloox::Tag* error = answer.findChild("error");
  return error != nullptr && error->hasChild(condition);
}

/// It lies with this person: there is no such account, or it takes nothing.
bool concerns_person_only(const gloox::Tag* answer) {
  constexpr std::array conditions{"service-unavailable", "item-not-found", "not-allowed"};
  return answer != nullptr &&
         std::ranges::any_of(conditions, [&](const char* each) { return has_condition(*answer, each); });
}

/// The contact's entry in the roster that an answer holds.
std::optional<RosterItem> entry_in(const gloox::Tag& answer, const Address& contact) {
  const gloox::Tag* query = answer.findChild("query");
  if (query == nullptr) return std::nullopt;
  for (const RosterItem& item : stanza::read_roster(*query)) {
    const auto address = Address::parse(item.jid);
    if (address && address->bare() == contact) return item;
  }
  return std::nullopt;
}

}  // namespace

Rosters::Rosters(Settings settings, Outside outside) : settings_(std::move(settings)), outside_(std::move(outside)) {}

bool Rosters::take_message(const gloox::Tag& message) {
  const auto privileges = stanza::read_privileges(message);
  if (!privileges) return false;
  const std::string& server = message.findAttribute("from");
  // Who is not the operator's own server may say what it likes; its users are asked.
  const bool is_ours = std::ranges::find(settings_.servers, server) != settings_.servers.end();
  if (!settings_.on || !is_ours || message.findAttribute("to") != settings_.domain) return true;
  if (privileges->roster == "both") {
    servers_.insert_or_assign(server, Trust::untried);
    outside_.decided(server, true, "The server lets us write its users' rosters: contacts appear there by themselves.");
    start_what_can_be();
  } else if (servers_.contains(server)) {
    distrust(server, "The server took back the right to write rosters.");
  }
  return true;
}

void Rosters::offline() {
  online_since_.reset();
  std::erase_if(servers_, [](const auto& server) { return server.second == Trust::failed; });
  for (auto& [server, trust] : servers_) trust = Trust::awaited;
}

void Rosters::online(model::Time now) {
  online_since_ = now;
}

void Rosters::time_passed(model::Time now) {
  if (!online_since_ || now - *online_since_ < grants_come_within) return;
  online_since_.reset();
  std::vector<std::string> late;
  for (const auto& [server, trust] : servers_) {
    if (trust == Trust::awaited) late.push_back(server);
  }
  for (const std::string& server : late) distrust(server, "The server does not let us write rosters any more.");
}

bool Rosters::is_granted_now(const std::string& server) const {
  const auto found = servers_.find(server);
  return found != servers_.end() && (found->second == Trust::untried || found->second == Trust::proven);
}

bool Rosters::writes_roster_of(const Address& person) const {
  const auto server = servers_.find(person.domain());
  return server != servers_.end() && server->second != Trust::failed;
}

void Rosters::add(RosterJob job) {
  jobs_.push_back(std::move(job));
  start_what_can_be();
}

void Rosters::start_what_can_be() {
  for (std::size_t i = 0; i < jobs_.size() && open_.size() < most_at_once;) {
    const Key key{jobs_[i].contact, jobs_[i].person};
    if (!is_granted_now(jobs_[i].person.domain()) || open_.contains(key)) {
      ++i;
      continue;
    }
    const RosterJob job = std::move(jobs_[i]);
    jobs_.erase(jobs_.begin() + static_cast<std::ptrdiff_t>(i));
    open_.insert(key);
    begin(job);
  }
}

void Rosters::begin(const RosterJob& job) {
  switch (job.work) {
    case RosterWork::enter:
    case RosterWork::rename:
      return ask(job, false, stanza::write_roster({}), &Rosters::was_read);
    case RosterWork::remove:
      return ask(job, true,
                 stanza::write_roster({{.jid = job.contact.text(), .subscription = SubscriptionState::remove}}),
                 &Rosters::was_removed);
  }
}

void Rosters::ask(const RosterJob& job, bool is_set, stanza::TagPtr query, Next next) {
  auto iq = std::make_unique<gloox::Tag>("iq");
  iq->addAttribute("type", is_set ? "set" : "get");
  iq->addAttribute("from", settings_.domain);
  iq->addAttribute("to", job.person.text());
  iq->addChild(query.release());
  outside_.ask(std::move(iq), [this, job, next](const gloox::Tag* answer) { (this->*next)(job, answer); });
}

void Rosters::was_read(const RosterJob& job, const gloox::Tag* answer) {
  if (!is_result(answer)) return give_up(job, answer);
  const auto found = entry_in(*answer, job.contact);
  if (job.work == RosterWork::rename) {
    // A name that he gave it himself is his.
    if (!found || (found->name != job.former && !found->name.empty())) return finish(job);
    return write(job, &*found);
  }
  if (found && found->subscription == SubscriptionState::both) return finish(job);
  write(job, found ? &*found : nullptr);
}

void Rosters::write(const RosterJob& job, const RosterItem* found) {
  RosterItem item{.jid = job.contact.text(), .name = job.title, .subscription = SubscriptionState::both};
  if (found != nullptr) {
    item.groups = found->groups;
    if (job.work == RosterWork::rename) item.subscription = found->subscription;
    if (job.work == RosterWork::enter && !found->name.empty()) item.name = found->name;
  } else if (!settings_.group.empty()) {
    item.groups = {settings_.group};
  }
  ask(job, true, stanza::write_roster({item}), &Rosters::was_written);
}

void Rosters::was_written(const RosterJob& job, const gloox::Tag* answer) {
  if (!is_result(answer)) return give_up(job, answer);
  const auto server = servers_.find(job.person.domain());
  const bool is_proven = server != servers_.end() && server->second == Trust::proven;
  if (job.work == RosterWork::rename || is_proven) return finish(job);
  ask(job, false, stanza::write_roster({}), &Rosters::was_read_back);
}

void Rosters::was_read_back(const RosterJob& job, const gloox::Tag* answer) {
  if (!is_result(answer)) return give_up(job, answer);
  const auto found = entry_in(*answer, job.contact);
  if (!found || found->subscription != SubscriptionState::both) {
    distrust(job.person.domain(),
             "The server says that it lets us write rosters, and does not keep the subscriptions: people are asked. "
             "ejabberd does it right from 25.03.");
    return give_up(job, nullptr);
  }
  if (const auto server = servers_.find(job.person.domain()); server != servers_.end()) {
    server->second = Trust::proven;
  }
  finish(job);
}

void Rosters::was_removed(const RosterJob& job, const gloox::Tag* answer) {
  const bool is_gone = is_result(answer) || (answer != nullptr && has_condition(*answer, "item-not-found"));
  if (is_gone) return finish(job);
  give_up(job, answer);
}

void Rosters::finish(const RosterJob& job) {
  open_.erase({job.contact, job.person});
  outside_.done(job);
  start_what_can_be();
}

void Rosters::give_up(const RosterJob& job, const gloox::Tag* answer) {
  open_.erase({job.contact, job.person});
  const std::string& server = job.person.domain();
  const auto known = servers_.find(server);
  if (answer == nullptr && known != servers_.end() && known->second == Trust::awaited) {  // the stream was lost
    jobs_.push_front(job);
    return;
  }
  if (!concerns_person_only(answer)) {
    distrust(server, "The server says that it lets us write rosters, and " +
                         std::string(answer == nullptr ? "does not answer" : "refuses it") +
                         ": people are asked to take the contact.");
  }
  outside_.refused(job);
  start_what_can_be();
}

void Rosters::distrust(const std::string& server, const std::string& sentence) {
  const auto found = servers_.find(server);
  if (found != servers_.end() && found->second == Trust::failed) return;
  servers_.insert_or_assign(server, Trust::failed);
  outside_.decided(server, false, sentence);
  const auto waiting = std::exchange(jobs_, {});
  for (const RosterJob& job : waiting) {
    if (job.person.domain() == server) {
      outside_.refused(job);
    } else {
      jobs_.push_back(job);
    }
  }
}

}  // namespace rollcall::component::presence
