#include "xmpp-component/contacts.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "allocator/model/fold.h"
#include "allocator/rules/naming.h"
#include "allocator/rules/rights.h"
#include "allocator/words/labels.h"
#include "allocator/words/words.h"
#include "xmpp-component/language.h"
#include "xmpp-component/stanza/avatar.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/search.h"
#include "xmpp-component/stanza/stanza_error.h"
#include "xmpp-component/stanza/vcard.h"
#include "xmpp-component/stanza/version.h"
#include "xmpp-component/status.h"
#include "xmpp-component/stream/iq_request.h"

namespace rollcall::component {
namespace {

using model::Address;
using model::ConferenceId;
using model::Phrase;
using words::Language;

/// The indicator in words. People get it in their own.
presence::Appearance appearance_of(const model::PresenceIndicator& indicator) {
  return {indicator.title, indicator.running, status_of(indicator, Language::english)};
}

std::string status_for(const rules::Allocator& allocator, const ConferenceId& id, const Address& person) {
  const Language language = language_of(allocator, person);
  if (allocator.conference(id) == nullptr) return words::say({Phrase::service_status}, language);
  return status_of(allocator.indicator(id), language);
}

bool may_hold(const rules::Allocator& allocator, const ConferenceId& id, const Address& person) {
  const rules::Settings& settings = allocator.state().settings;
  if (id.empty() || rules::is_reserved(id)) return rules::may_ask(settings, person);
  const model::Conference* conference = allocator.conference(id);
  return conference != nullptr && rules::may_join(settings, *conference, person);
}

template <class Found, class Write>
void answer(stream::IqRequest& request, Found&& found, Language language, Write write) {
  if (found) return request.result(write(*found));
  request.error(stanza::write_error(found.error(), words::explain(found.error(), language)));
}

}  // namespace

Contacts::Contacts(const Settings& settings, const rules::Allocator& allocator, Outside outside)
    : domain_(settings.domain),
      allocator_(allocator),
      outside_(std::move(outside)),
      rosters_({.domain = settings.domain,
                .servers = allocator.state().settings.allowed_domains,
                .group = settings.roster_group,
                .on = settings.writes_rosters},
               rosters_outside()),
      entries_(entries_settings()) {
  for (const auto& [id, conference] : allocator.state().conferences) make_sure_of(id);
}

presence::Entries::Settings Contacts::entries_settings() const {
  return {
      .places = {.domain = domain_},
      .service_status = words::say({Phrase::service_status}, Language::english),
      .status_for = [this](const ConferenceId& id,
                           const Address& person) { return status_for(allocator_, id, person); },
      .may_hold = [this](const ConferenceId& id, const Address& person) { return may_hold(allocator_, id, person); },
      .writes_roster_of = [this](const Address& person) { return rosters_.writes_roster_of(person); }};
}

presence::Rosters::Outside Contacts::rosters_outside() {
  return {.ask = [this](stanza::TagPtr iq, auto answered) { outside_.ask(std::move(iq), std::move(answered)); },
          .done = [this](const presence::RosterJob& job) { perform(entries_.done(job)); },
          .refused = [this](const presence::RosterJob& job) { perform(entries_.refused(job)); },
          .decided = outside_.decided};
}

void Contacts::make_sure_of(const ConferenceId& id) {
  const model::Conference* conference = allocator_.conference(id);
  if (conference == nullptr || entries_.has(id)) return;
  entries_.add(id, appearance_of(allocator_.indicator(id)), conference->holders);
}

void Contacts::take_presence(const gloox::Tag& presence) {
  see_person(presence, outside_.happens);
  perform(entries_.handle(presence));
}

bool Contacts::take_iq(stream::IqRequest& request) {
  const gloox::Tag* payload = request.payload();
  const auto asked = Address::parse(request.to());
  const auto asker = Address::parse(request.from());
  if (payload == nullptr || !asked || !asker) return false;
  if (payload->xmlns() == stanza::search_namespace && asked->node().empty()) {
    search(request, *asked, *asker);
    return true;
  }
  if (request.is_set()) return false;
  const std::string& space = payload->xmlns();
  const std::string node = payload->findAttribute("node");
  const Language language = language_of(allocator_, *asker);
  if (stanza::is_ping(*payload)) {
    request.result();
  } else if (stanza::asks_version(*payload)) {
    request.result(stanza::write_version("Rollcall", ROLLCALL_VERSION));
  } else if (space == stanza::disco_info_namespace) {
    answer(request, entries_.disco_info(*asked, node), language, stanza::write_disco_info);
  } else if (space == stanza::disco_items_namespace) {
    answer(request, entries_.disco_items(*asked, node, *asker), language, stanza::write_disco_items);
  } else if (space == stanza::vcard_namespace) {
    answer(request, entries_.vcard(*asked), language, stanza::write_vcard);
  } else if (space == stanza::pubsub_namespace) {
    answer(request, entries_.items(*asked, *payload), language, [](stanza::TagPtr& tag) { return std::move(tag); });
  } else {
    return false;
  }
  return true;
}

/// Nobody finds more than what he is shown anyway.
void Contacts::search(stream::IqRequest& request, const Address& us, const Address& asker) {
  const Language language = language_of(allocator_, asker);
  const std::string_view field = words::label(words::Label::name_argument, language);
  if (!request.is_set()) {
    return request.result(stanza::write_search_form(words::label(words::Label::my_calls, language), field));
  }
  const stanza::SearchRequest wanted = stanza::read_search(*request.payload());
  auto found = entries_.disco_items(us, "", asker).value_or(stanza::DiscoItems{}).items;
  const std::string part = model::fold(wanted.name);
  std::erase_if(found, [&](const stanza::DiscoItem& item) {
    return Address::parse(item.jid)->node() == "rollcall" || model::fold(item.name).find(part) == std::string::npos;
  });
  request.result(stanza::write_search_result(found, wanted.by_form, field));
}

void Contacts::carry_out(const rules::Introduce& effect) {
  make_sure_of(effect.conference);
  perform(entries_.introduce(effect.conference, effect.person));
}

void Contacts::carry_out(const rules::Indicate& effect) {
  make_sure_of(effect.conference);
  perform(entries_.show(effect.conference, appearance_of(effect.indicator), outside_.now()));
}

void Contacts::carry_out(const rules::Withdraw& effect) {
  perform(entries_.withdraw(effect.conference));
}

void Contacts::show(const ConferenceId& conference, const Address& device) {
  if (const auto presence = entries_.presence_for(conference, device)) outside_.send(*presence);
}

Address Contacts::address_of(const ConferenceId& conference) const {
  return {conference.text(), domain_, ""};
}

void Contacts::carry_out(const rules::Dismiss& effect) {
  perform(entries_.dismiss(effect.conference, effect.person));
}

void Contacts::is_online() {
  rosters_.online(outside_.now());
  perform(entries_.online(outside_.now()));
}

void Contacts::is_offline() {
  rosters_.offline();
  entries_.offline();
}

void Contacts::tick() {
  rosters_.time_passed(outside_.now());
  perform(entries_.time_passed(outside_.now()));
}

void Contacts::perform(presence::Outcome outcome) {
  for (const auto& stanza : outcome.stanzas) outside_.send(*stanza);
  for (const presence::CapsQuestion& question : outcome.questions) ask(question);
  for (presence::RosterJob& job : outcome.roster_jobs) rosters_.add(std::move(job));
  for (const presence::Event& event : outcome.events) {
    if (const auto* added = std::get_if<presence::HolderAdded>(&event)) {
      outside_.happens(rules::HolderAdded{added->conference, added->holder});
    } else if (const auto* removed = std::get_if<presence::HolderRemoved>(&event)) {
      outside_.happens(rules::HolderRemoved{removed->conference, removed->holder});
    }
  }
}

void Contacts::ask(const presence::CapsQuestion& question) {
  auto iq = std::make_unique<gloox::Tag>("iq");
  iq->addAttribute("type", "get");
  iq->addAttribute("from", "rollcall@" + domain_ + "/call");
  iq->addAttribute("to", question.device.text());
  iq->addChild(stanza::write_disco_info({.node = question.node}).release());
  outside_.ask(std::move(iq), [this, question](const gloox::Tag* answer) {
    const gloox::Tag* query = answer == nullptr ? nullptr : answer->findChild("query");
    if (query != nullptr && answer->findAttribute("type") == "result") {
      entries_.answered(question, stanza::read_disco_info(*query));
    } else {
      entries_.answered(question, model::refuse(model::Reason::connectivity, question.device.text()));
    }
  });
}

}  // namespace rollcall::component
