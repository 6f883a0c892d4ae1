// The stage of this room's tests: the whole service without a network. People are addresses that send stanzas and read
// what comes back, the MCU is what the allocator tells it to do, and the database is a list.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/support/xml.h"
#include "xmpp-component/contacts.h"
#include "xmpp-component/correspondence.h"
#include "xmpp-component/group_chats.h"
#include "xmpp-component/jabber_door.h"
#include "xmpp-component/language.h"
#include "xmpp-component/mode_directory.h"
#include "xmpp-component/stream/iq_request.h"

namespace rollcall::component::testing {

using namespace std::chrono_literals;

inline const std::string romeo = "romeo@example.org/orchard";
inline const std::string juliet = "juliet@example.org/balcony";
inline const std::string mercutio = "mercutio@example.org/street";
inline const std::string paris = "paris@elsewhere.example/hall";  // a stranger
inline const std::string service = "rollcall@call.example.org";
inline const std::string domain = "call.example.org";
inline const std::string team = "team@call.example.org";
inline const model::PeerId mcu{"mcu-1"};

inline std::string bare(const std::string& address) {
  return address.substr(0, address.find('/'));
}

inline rules::State fresh_state() {
  return {
      .settings = {.component_domain = domain,
                   .allowed_domains = {"example.org"},
                   .link = [](const model::ConferenceId& id, model::Time) { return "https://meet/j/" + id.text(); }}};
}

/// One thing that the service said.
struct Line {
  std::string to;
  std::unique_ptr<gloox::Tag> tag;
  [[nodiscard]] std::string xml() const { return tag->xml(); }
};

class Play {
 public:
  explicit Play(rules::State state = fresh_state(), const JabberDoor::Settings& door = {})
      : allocator(std::move(state), model::Time{}) {
    wire(door);
  }

  // ---- people

  void sends(const std::string& xml) {
    const auto stanza = tests::parse_xml(xml);
    if (stanza->name() == "presence") {
      if (group_chats->take_presence(*stanza)) return;
      contacts->take_presence(*stanza);
      return modes->take_presence(*stanza);
    }
    if (stanza->name() == "message") {
      if (modes->take_message(*stanza)) return;
      if (contacts->take_message(*stanza) || group_chats->take_message(*stanza)) return;
      if (!jabber->take_message(*stanza)) correspondence->take_message(*stanza);
      return;
    }
    stream::IqRequest request(tests::parse_xml(xml), [this](const gloox::Tag& answer) { keep(answer); });
    const bool taken = jabber->take_iq(request) || correspondence->take_iq(request) || contacts->take_iq(request);
    CHECK((taken || !request.is_answered()));
  }
  void says(const std::string& who, const std::string& to, const std::string& words, const std::string& extra = "") {
    sends("<message type='chat' id='m1' from='" + who + "' to='" + to + "'><body>" + words + "</body>" + extra +
          "</message>");
  }
  /// What the iq is answered with, if it is answered at once.
  std::string asks(const std::string& who, const std::string& to, const std::string& payload,
                   const std::string& type = "get") {
    sends("<iq type='" + type + "' id='q1' from='" + who + "' to='" + to + "'>" + payload + "</iq>");
    return takes_answer(who);
  }
  std::string takes_answer(const std::string& who) {
    return take(who, [](const gloox::Tag& tag) { return tag.name() == "iq" && tag.findAttribute("type") != "set"; });
  }
  /// Everything of that kind (message, presence, iq) said to the person, by full or bare address, since last asked for.
  std::string hears(const std::string& who, const std::string& kind = "message") {
    return take(who, [&](const gloox::Tag& tag) { return tag.name() == kind; });
  }
  /// The answer to the oldest question that the contacts asked.
  void contacts_hear(const std::string& xml) {
    REQUIRE(!asked_by_contacts.empty());
    const auto answered = std::move(asked_by_contacts.front());
    asked_by_contacts.erase(asked_by_contacts.begin());
    const auto answer = tests::parse_xml(xml);
    answered(answer.get());
  }
  void goes_silent() { said.clear(); }

  // ---- the MCU and the database

  void mcu_comes() { happens(rules::McuUp{mcu, 2000}); }
  /// The orders to the MCU of that kind, since last asked for.
  template <class Order>
  std::vector<Order> orders() {
    std::vector<Order> found;
    std::erase_if(to_mcu, [&](const rules::Effect& effect) {
      const auto* order = std::get_if<Order>(&effect);
      if (order != nullptr) found.push_back(*order);
      return order != nullptr;
    });
    return found;
  }
  template <class Order>
  Order order() {
    auto found = orders<Order>();
    REQUIRE(found.size() == 1);
    return found.front();
  }
  void happens(const rules::Event& event) {
    events.push_back(event);
    if (is_deciding) return;
    is_deciding = true;
    while (!events.empty()) {
      const rules::Event next = std::move(events.front());
      events.pop_front();
      carry_out(allocator.handle(next, now));
    }
    is_deciding = false;
  }
  void passes(std::chrono::milliseconds time) {
    now += time;
    jabber->time_passed();
    group_chats->time_passed();
    modes->time_passed();
    happens(rules::TimePassed{});
    contacts->tick();
  }

  rules::Allocator allocator;
  model::Time now{1'000'000s};
  std::vector<Line> said;
  std::vector<rules::Effect> to_mcu;
  std::vector<model::Write> written;
  std::vector<std::function<void(const gloox::Tag&)>> unanswered;
  /// The same of the contacts; nullptr: nobody answers.
  std::vector<std::function<void(const gloox::Tag*)>> asked_by_contacts;
  bool database_fails = false;
  std::optional<model::Refusal> mcu_refusal = {};  ///< to what is ordered
  std::unique_ptr<Contacts> contacts;
  std::unique_ptr<Correspondence> correspondence;
  std::unique_ptr<GroupChats> group_chats;
  std::unique_ptr<ModeDirectory> modes;
  std::unique_ptr<JabberDoor> jabber;

 private:
  void wire(const JabberDoor::Settings& door) {
    const auto send = [this](const gloox::Tag& tag) { keep(tag); };
    const auto ask = [this](std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag&)> answered) {
      keep(*iq);
      unanswered.push_back(std::move(answered));
    };
    const auto event = [this](const rules::Event& it) { happens(it); };
    const auto clock = [this] { return now; };
    contacts = std::make_unique<Contacts>(Contacts::Settings{domain}, allocator,
                                          Contacts::Outside{.send = send,
                                                            .ask =
                                                                [this](std::unique_ptr<gloox::Tag> iq, auto answered) {
                                                                  keep(*iq);
                                                                  asked_by_contacts.push_back(std::move(answered));
                                                                },
                                                            .happens = event,
                                                            .now = clock});
    correspondence = std::make_unique<Correspondence>(
        domain, allocator, Correspondence::Outside{.send = send, .happens = event, .now = clock});
    group_chats = std::make_unique<GroupChats>(
        domain, allocator,
        GroupChats::Outside{
            .send = send,
            .ask = ask,
            .happens = event,
            .now = clock,
            .request = [this](const auto& request, const auto& asker, const auto& conference,
                              InGroup asking) { correspondence->ask_in_group(request, asker, conference, asking); },
            .answer = [this](const InGroup& asking,
                             const std::string& text) { correspondence->answer_in_group(asking, text); }});
    modes = std::make_unique<ModeDirectory>(ModeDirectory::Outside{
        .ask = ask, .happens = event, .devices = [this](const auto& person) { return contacts->devices_of(person); }});
    jabber = std::make_unique<JabberDoor>(
        JabberDoor::Outside{
            .send = send,
            .ask = ask,
            .happens = event,
            .exists = [this](const model::ConferenceId& id) { return allocator.conference(id) != nullptr; },
            .candidate = [](const auto&, const auto&, const auto&) {},
            .show_presence = [this](const auto& conference, const auto& device) { contacts->show(conference, device); },
            .contact = [this](const auto& conference) { return contacts->address_of(conference); },
            .devices = [this](const auto& person) { return contacts->devices_of(person); },
            .language = [this](const auto& person) { return language_of(allocator, person); },
            .explain = [this](const auto& conference, const auto& person,
                              const auto& refusal) { correspondence->explain(conference, person, refusal); }},
        door);
  }

  void keep(const gloox::Tag& tag) {
    // What servers cut a component off for.
    CHECK(model::Address::parse(tag.findAttribute("from"))->domain() == domain);
    said.push_back({tag.findAttribute("to"), std::unique_ptr<gloox::Tag>(tag.clone())});
  }
  std::string take(const std::string& who, const std::function<bool(const gloox::Tag&)>& wanted) {
    std::string found;
    std::erase_if(said, [&](const Line& line) {
      const bool is_his = (line.to == who || line.to == bare(who)) && wanted(*line.tag);
      if (is_his) found += line.xml();
      return is_his;
    });
    return found;
  }

  void carry_out(rules::Decision decision) {
    carry_out_all(decision.effects);
    if (!decision.writes.empty() && database_fails) {
      carry_out_all(decision.apologies);
      if (decision.backed) happens(rules::ConferenceNotStored{*decision.backed});
      return;
    }
    for (const model::Write& write : decision.writes) written.push_back(write);
    carry_out_all(decision.promises);
  }
  void carry_out_all(const std::vector<rules::Effect>& effects) {
    for (const rules::Effect& effect : effects) {
      std::visit([&](const auto& one) { carry_out(one, effect); }, effect);
    }
  }
  template <class Effect>
  void carry_out(const Effect& one, const rules::Effect& effect) {
    if constexpr (std::is_same_v<Effect, rules::Order>) {
      happens(rules::OrderAnswered{one.question, one.wish, mcu_refusal});
    }
    if constexpr (requires { one.indicator; }) group_chats->indicated(one.conference);
    if constexpr (requires { one.holders; }) group_chats->withdrawn(one.conference);
    if constexpr (requires { group_chats->carry_out(one); }) {
      group_chats->carry_out(one);
    } else if constexpr (requires { correspondence->carry_out(one); }) {
      correspondence->carry_out(one);
    } else if constexpr (requires { contacts->carry_out(one); }) {
      contacts->carry_out(one);
    } else if constexpr (requires { modes->carry_out(one); }) {
      modes->carry_out(one);
    } else if constexpr (std::is_same_v<Effect, rules::Dial>) {
      if (one.call.door == model::Door::jabber) return jabber->carry_out(one);
      to_mcu.push_back(effect);
    } else if constexpr (requires { jabber->carry_out(one); }) {
      jabber->carry_out(one);
    } else {
      to_mcu.push_back(effect);
    }
  }

  std::deque<rules::Event> events;
  bool is_deciding = false;
};

/// A conference of Romeo's named `team` with Juliet invited, and everything said about it so far heard.
struct TeamPlay : Play {
  TeamPlay() {
    mcu_comes();
    says(romeo, service, "call team: " + bare(juliet));
    goes_silent();
    to_mcu.clear();
  }
};

inline bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("not “", part, "” in: ", text);
  return found;
}

inline int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace rollcall::component::testing
