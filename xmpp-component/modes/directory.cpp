#include "xmpp-component/modes/directory.h"

#include "xmpp-component/stanza/modes.h"
#include "xmpp-component/stanza/pubsub.h"
#include "xmpp-component/stanza/stanza_error.h"
#include "xmpp-component/stanza/vcard.h"

namespace rollcall::component::modes {
namespace {

using model::ModesSource;

const std::string& node_of(Place place) {
  static const std::string modes_node{stanza::modes_namespace};
  static const std::string vcard4_node{stanza::vcard4_node};
  return place == Place::node ? modes_node : vcard4_node;
}

/// What cannot be understood leaves things as they are.
void read_payload(const Address& person, Place place, const gloox::Tag& payload, Outcome& outcome) {
  if (place == Place::vcard4) {
    if (!stanza::is(payload, "vcard", stanza::vcard4_namespace)) return;
    outcome.seen.push_back({person, ModesSource::vcard, stanza::modes_of_vcard4(payload)});
    return;
  }
  if (!stanza::is(payload, "modes", stanza::modes_namespace)) return;
  if (auto modes = stanza::read_modes(payload)) {
    outcome.seen.push_back({person, ModesSource::node, std::move(*modes)});
  }
}

bool says_not_there(const gloox::Tag& iq) {
  return iq.findAttribute("type") == "result" || stanza::read_error(iq).condition == "item-not-found";
}

const gloox::Tag* payload_of(const Question& question, const gloox::Tag& iq) {
  if (question.place == Place::vcard) return stanza::child_of(iq, "vCard", stanza::vcard_namespace);
  const gloox::Tag* pubsub = stanza::child_of(iq, "pubsub", stanza::pubsub_namespace);
  return pubsub == nullptr ? nullptr : stanza::payload_in(*pubsub, node_of(question.place));
}

}  // namespace

stanza::TagPtr write_question(const Question& question) {
  auto iq = std::make_unique<gloox::Tag>("iq");
  iq->addAttribute("type", "get");
  iq->addAttribute("from", question.us.text());
  iq->addAttribute("to", question.person.text());
  auto payload = question.place == Place::vcard ? stanza::element("vCard", std::string(stanza::vcard_namespace))
                                                : stanza::write_items_request(node_of(question.place));
  iq->addChild(payload.release());
  return iq;
}

bool Directory::take_message(const gloox::Tag& message, Outcome& outcome) {
  if (message.findAttribute("type") == "error") return false;
  const auto news = stanza::read_pubsub_event(message);
  if (!news) return false;
  const auto from = Address::parse(message.findAttribute("from"));
  const auto to = Address::parse(message.findAttribute("to"));
  // His own clients write from full addresses; only his server speaks for the account.
  const bool is_believed = from && to && from->is_bare() && !from->node().empty();
  for (const Place place : {Place::node, Place::vcard4}) {
    if (news->node != node_of(place)) continue;
    if (!is_believed) return true;
    if (news->payload != nullptr) {
      read_payload(*from, place, *news->payload, outcome);
    } else {
      outcome.seen.push_back({*from, place == Place::node ? ModesSource::node : ModesSource::vcard, {}});
      if (place == Place::node) outcome.questions.push_back({*from, to->bare(), Place::vcard4});
    }
    return true;
  }
  return false;
}

Outcome Directory::take_presence(const gloox::Tag& presence) {
  const auto from = Address::parse(presence.findAttribute("from"));
  const auto to = Address::parse(presence.findAttribute("to"));
  const std::string type = presence.findAttribute("type");
  if (!from || !to || from->is_bare() || from->node().empty() || to->node().empty()) return {};
  if (type == "unavailable") {
    const auto found = online_.find(from->bare());
    if (found == online_.end()) return {};
    found->second.erase(from->resource());
    if (found->second.empty()) online_.erase(found);
    return {};
  }
  if (!type.empty()) return {};
  if (online_.size() >= most_people && !online_.contains(from->bare())) return {};
  auto& devices = online_[from->bare()];
  const bool is_first = devices.empty();
  if (devices.size() < 30) devices.insert(from->resource());
  if (!is_first) return {};
  return {.questions = {{from->bare(), to->bare(), Place::node}}};
}

Outcome Directory::answered(const Question& question, const gloox::Tag* iq) {
  Outcome outcome;
  if (iq == nullptr) return outcome;
  if (const gloox::Tag* payload = payload_of(question, *iq)) {
    if (question.place == Place::vcard) {
      outcome.seen.push_back(
          {question.person, ModesSource::vcard, stanza::modes_of_vcard(stanza::read_vcard(*payload))});
    } else {
      read_payload(question.person, question.place, *payload, outcome);
    }
    return outcome;
  }
  switch (question.place) {
    case Place::node:
      if (says_not_there(*iq)) outcome.seen.push_back({question.person, ModesSource::node, {}});
      outcome.questions.push_back({question.person, question.us, Place::vcard4});
      break;
    case Place::vcard4:
      outcome.questions.push_back({question.person, question.us, Place::vcard});
      break;
    case Place::vcard:
      if (says_not_there(*iq)) outcome.seen.push_back({question.person, ModesSource::vcard, {}});
      break;
  }
  return outcome;
}

}  // namespace rollcall::component::modes
