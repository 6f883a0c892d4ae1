#include "xmpp-component/process.h"

#include <chrono>
#include <utility>
#include <variant>

#include "daemon/log.h"
#include "xmpp-component/from_settings.h"
#include "xmpp-component/language.h"
#include "xmpp-component/logging.h"

namespace rollcall::component {
namespace {

using namespace std::chrono_literals;
namespace event = daemon::event;
namespace log = daemon::log;

model::Time wall_clock() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

constexpr std::chrono::seconds iq_timeout{20};

rules::State state_from(rules::Settings settings, model::Records records) {
  rules::State state{.settings = std::move(settings)};
  for (model::Conference& conference : records.conferences) {
    const model::ConferenceId id = conference.id;
    state.conferences.emplace(id, std::move(conference));
  }
  for (model::Person& person : records.people) {
    const model::Address address = person.address;
    state.people.emplace(address, std::move(person));
  }
  for (model::SaveModes& modes : records.modes) {
    state.modes[modes.person].insert_or_assign(modes.source, std::move(modes.modes));
  }
  for (model::Dialled& dialled : records.dialled) {
    const model::Address payer = dialled.person;
    state.dialled.emplace(payer, std::move(dialled));
  }
  for (model::Participant& leg : records.legs) {
    const model::LegId id = leg.leg;
    state.participants.emplace(id, std::move(leg));
  }
  return state;
}

}  // namespace

Process::Process(daemon::EventLoop& loop, const daemon::Settings& settings)
    : loop_(loop),
      links_(link_settings(settings)),
      store_(settings.text("store.url"), [&loop](std::function<void()> task) { loop.post(std::move(task)); }),
      allocator_(state_from(rules_settings(settings, links_), store_.load()), wall_clock()),
      stream_(loop, stream_settings(settings),
              {.state = [this](stream::StreamState state, const std::string& sentence) { stream_is(state, sentence); },
               .stanza = [this](const gloox::Tag& stanza) { take_stanza(stanza); },
               .iq = [this](stream::IqRequest request) { take_iq(std::move(request)); }}),
      contacts_(contacts_settings(settings), allocator_,
                {.send = [this](const gloox::Tag& stanza) { stream_.send(stanza); },
                 .ask =
                     [this](std::unique_ptr<gloox::Tag> iq, auto answered) {
                       stream_.request(std::move(iq), iq_timeout, [answered = std::move(answered)](const auto& answer) {
                         answered(answer ? *answer : nullptr);
                       });
                     },
                 .happens = [this](const rules::Event& event) { happens(event); },
                 .now = wall_clock,
                 .decided = log_roster_decision}),
      correspondence_(settings.text("xmpp.domain"), allocator_,
                      {.send = [this](const gloox::Tag& stanza) { stream_.send(stanza); },
                       .happens = [this](const rules::Event& event) { happens(event); },
                       .now = wall_clock}),
      group_chats_(
          settings.text("xmpp.domain"), allocator_,
          {.send = [this](const gloox::Tag& stanza) { stream_.send(stanza); },
           .ask = [this](std::unique_ptr<gloox::Tag> iq, auto answered) { ask(std::move(iq), std::move(answered)); },
           .happens = [this](const rules::Event& event) { happens(event); },
           .now = wall_clock,
           .request = [this](const auto& request, const auto& asker, const auto& conference,
                             InGroup asking) { correspondence_.ask_in_group(request, asker, conference, asking); },
           .answer = [this](const InGroup& asking,
                            const std::string& text) { correspondence_.answer_in_group(asking, text); }}),
      modes_({.ask = [this](std::unique_ptr<gloox::Tag> iq, auto answered) { ask(std::move(iq), std::move(answered)); },
              .happens = [this](const rules::Event& event) { happens(event); },
              .devices = [this](const auto& person) { return contacts_.devices_of(person); }}),
      jabber_(
          {.send = [this](const gloox::Tag& stanza) { stream_.send(stanza); },
           .ask = [this](std::unique_ptr<gloox::Tag> iq, auto answered) { ask(std::move(iq), std::move(answered)); },
           .happens = [this](const rules::Event& event) { happens(event); },
           .exists = [this](const model::ConferenceId& id) { return allocator_.conference(id) != nullptr; },
           .candidate = [this](const auto& leg, const auto& mid,
                               const auto& candidate) { peers_.candidate_to_mcu(leg, mid, candidate); },
           .show_presence = [this](const auto& conference, const auto& device) { contacts_.show(conference, device); },
           .contact = [this](const auto& conference) { return contacts_.address_of(conference); },
           .devices = [this](const auto& person) { return contacts_.devices_of(person); },
           .language = [this](const auto& person) { return language_of(allocator_, person); },
           .explain = [this](const auto& conference, const auto& person,
                             const auto& refusal) { correspondence_.explain(conference, person, refusal); }},
          door_settings(settings)),
      ice_servers_(
          settings.text("xmpp.domain"), allocator_.state().settings.allowed_domains,
          {.ask = [this](std::unique_ptr<gloox::Tag> iq, auto answered) { ask(std::move(iq), std::move(answered)); },
           .look_up = [this](const std::string& host, auto found) { name_lookups_.start(host, std::move(found)); },
           .now = wall_clock}),
      name_lookups_(loop.context()),
      peers_(loop, pool_settings(settings), allocator_, links_,
             {.happens = [this](const rules::Event& event) { happens(event); },
              .now = wall_clock,
              .is_online = [this] { return stream_.state() == stream::StreamState::online; },
              .ice_servers = [this] { return ice_servers_.granted(wall_clock()); },
              .jabber_candidate = [this](const auto& leg, const auto& mid,
                                         const auto& candidate) { jabber_.add_candidate(leg, mid, candidate); }}) {}

void Process::start() {
  carry_on_calls();
  second_ = loop_.every(1s, [this] { time_passed(); });
  tick_ = loop_.every(100ms, [this] { contacts_.tick(); });
  stream_.open();
}

void Process::reload(const daemon::Settings& settings) {
  const rules::Settings fresh = rules_settings(settings, links_);
  happens(rules::SettingsReloaded{fresh.allowed_domains, fresh.linger, fresh.max_participants});
  contacts_.set_servers(fresh.allowed_domains);
  ice_servers_.set_servers(fresh.allowed_domains);
}

void Process::stop(std::function<void()> done) {
  second_.reset();
  tick_.reset();
  stopped_ = std::move(done);
  stream_.close();
}

void Process::carry_on_calls() {
  std::vector<model::LegId> unreadable;
  for (const auto& [leg, participant] : allocator_.state().participants) {
    if (participant.door == model::Door::jabber && !jabber_.restore(participant)) unreadable.push_back(leg);
  }
  for (const model::LegId& leg : unreadable) happens(rules::HungUp{leg, model::Reason::internal});
}

void Process::time_passed() {
  jabber_.time_passed();
  group_chats_.time_passed();
  ice_servers_.time_passed();
  modes_.time_passed();
  happens(rules::TimePassed{});
}

/// Carrying out one decision may make the next event happen; events wait for their turn, so that each decision is
/// carried out whole.
void Process::happens(const rules::Event& event) {
  events_.push_back(event);
  if (is_deciding_) return;
  is_deciding_ = true;
  while (!events_.empty()) {
    const rules::Event next = std::move(events_.front());
    events_.pop_front();
    carry_out(allocator_.handle(next, wall_clock()));
  }
  is_deciding_ = false;
}

void Process::carry_out(rules::Decision decision) {
  carry_out_all(decision.effects);
  if (decision.writes.empty()) return carry_out_all(decision.promises);
  write(std::move(decision));
}

void Process::carry_out_all(const std::vector<rules::Effect>& effects) {
  for (const rules::Effect& effect : effects) {
    log_effect(effect);
    std::visit([this](const auto& one) { carry_out(one); }, effect);
  }
}

void Process::write(rules::Decision decision) {
  for (model::Write& one : decision.writes) {
    // Only the door knows what it will need to carry the call on.
    auto* save = std::get_if<model::SaveLeg>(&one);
    if (save != nullptr && save->participant.door == model::Door::jabber) {
      save->participant.signalling = jabber_.signalling(save->participant.leg);
    }
  }
  std::vector<model::Write> writes = std::move(decision.writes);
  store_.write(std::move(writes), [this, decision = std::move(decision)](const std::string& error) {
    if (error.empty()) return carry_out_all(decision.promises);
    log::error(event::store_failed, {{"error", error}});
    carry_out_all(decision.apologies);
    if (decision.backed) happens(rules::ConferenceNotStored{*decision.backed});
  });
}

void Process::ask(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag&)> answered) {
  stream_.request(std::move(iq), iq_timeout,
                  [answered = std::move(answered)](const model::Expected<const gloox::Tag*>& answer) {
                    if (answer) answered(**answer);
                  });
}

void Process::stream_is(stream::StreamState state, const std::string& sentence) {
  log_stream_state(state, sentence);
  if (state == stream::StreamState::online) {
    contacts_.is_online();
    group_chats_.is_online();
    ice_servers_.is_online();
  } else {
    contacts_.is_offline();
    group_chats_.is_offline();
    ice_servers_.is_offline();
    modes_.is_offline();
  }
  if (state == stream::StreamState::closed && stopped_) stopped_();
}

void Process::take_stanza(const gloox::Tag& stanza) {
  if (stanza.name() == "presence") {
    if (group_chats_.take_presence(stanza)) return;
    contacts_.take_presence(stanza);
    return modes_.take_presence(stanza);
  }
  if (stanza.name() != "message") return;
  if (modes_.take_message(stanza)) return;
  if (contacts_.take_message(stanza) || group_chats_.take_message(stanza)) return;
  if (jabber_.take_message(stanza)) return;
  correspondence_.take_message(stanza);
}

/// Whatever nobody takes is answered `service-unavailable` when the request goes.
void Process::take_iq(stream::IqRequest request) {
  if (jabber_.take_iq(request)) return;
  if (correspondence_.take_iq(request)) return;
  contacts_.take_iq(request);
}

}  // namespace rollcall::component
