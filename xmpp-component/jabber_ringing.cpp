// How the Jabber door calls people, instead of being called.
#include <algorithm>
#include <utility>

#include "xmpp-component/fresh.h"
#include "xmpp-component/jabber_door.h"
#include "xmpp-component/stanza/disco.h"

namespace rollcall::component {
namespace {

using model::Reason;

constexpr std::chrono::seconds abilities_deadline{3};

jingle::Time now() {
  return std::chrono::steady_clock::now();
}

/// JC-28: the best device of a person none of whose calling devices rings by message. None: he is rung by message,
/// which reaches the devices too that we do not know, and sleeping ones.
const presence::Device* to_be_called_directly(const std::vector<presence::Device>& devices) {
  const auto unknown_or_rings = [](const presence::Device& device) {
    return !device.abilities || device.abilities->message;
  };
  if (std::ranges::any_of(devices, unknown_or_rings)) return nullptr;
  const auto best =
      std::ranges::find_if(devices, [](const presence::Device& device) { return device.abilities->audio; });
  return best == devices.end() ? nullptr : &*best;
}

}  // namespace

void JabberDoor::carry_out(const rules::RingPerson& effect) {
  const model::LegId leg = fresh_leg_id();
  Rung& rung = rung_[leg] = {effect.conference, effect.person};
  const auto devices = outside_.devices(effect.person);
  const presence::Device* device = to_be_called_directly(devices);
  const bool by_invite = device != nullptr && call_invites_ && device->abilities->invites;
  if (device != nullptr && !by_invite) {
    rung.direct = true;
    rung.video = device->abilities->video;
    rung.device = device->address;
    return tell_picked_up(leg, *device->abilities);
  }
  rung.video = !by_invite || device->abilities->video;
  perform(calls_.ring(leg, effect.conference, outside_.contact(effect.conference), effect.person, rung.video, now(),
                      by_invite));
}

void JabberDoor::carry_out(const rules::StopRinging& effect) {
  const auto found = std::ranges::find_if(rung_, [&](const auto& entry) {
    return !entry.second.told && entry.second.conference == effect.conference && entry.second.person == effect.person;
  });
  if (found == rung_.end()) return;
  const model::LegId leg = found->first;
  rung_.erase(found);
  perform(calls_.end(leg, Reason::cancelled, now()));
}

void JabberDoor::carry_out(const rules::Dial& effect) {
  const auto found = rung_.find(effect.call.leg);
  if (found == rung_.end()) return;
  const Rung& rung = found->second;
  if (!rung.direct) return perform(calls_.initiate(effect.call.leg, effect.description, now()));
  outside_.show_presence(rung.conference, rung.device);
  perform(calls_.call(effect.call.leg, rung.conference, outside_.contact(rung.conference), rung.device,
                      effect.description, now()));
}

void JabberDoor::pick_up(const model::LegId& leg, const model::Address& device) {
  const auto found = rung_.find(leg);
  if (found == rung_.end()) return;
  found->second.device = device;
  for (const presence::Device& known : outside_.devices(device.bare())) {
    if (known.address == device && known.abilities) return tell_picked_up(leg, *known.abilities);
  }
  ask_abilities(leg);
}

/// Whether it can bundle decides what it is offered (JC-32), and there is no second offer.
void JabberDoor::ask_abilities(const model::LegId& leg) {
  Rung& rung = rung_.at(leg);
  rung.decide_by = now() + abilities_deadline;
  auto iq = std::make_unique<gloox::Tag>("iq");
  iq->addAttribute("type", "get");
  iq->addAttribute("from", outside_.contact(rung.conference).with_resource("call").text());
  iq->addAttribute("to", rung.device.text());
  iq->addChild(stanza::write_disco_info({}).release());
  outside_.ask(std::move(iq), [this, leg](const gloox::Tag& answer) {
    const auto found = rung_.find(leg);
    if (found == rung_.end() || !found->second.decide_by) return;
    const gloox::Tag* query = answer.findChild("query");
    tell_picked_up(leg,
                   query == nullptr ? presence::Abilities{} : presence::abilities_of(stanza::read_disco_info(*query)));
  });
}

void JabberDoor::tell_picked_up(const model::LegId& leg, const presence::Abilities& abilities) {
  Rung& rung = rung_.at(leg);
  rung.told = true;
  rung.decide_by.reset();
  callers_[leg] = {rung.device, rung.conference};
  // JC-24: what was proposed is offered; without announcement, what the device says it can do.
  const model::LegProfile profile{.bundle = abilities.bundle, .video = rung.video};
  outside_.happens(rules::PickedUp{leg, rung.conference, rung.device, profile});
}

void JabberDoor::ring_ended(const model::LegId& leg, Reason reason) {
  const auto rung = rung_.extract(leg);
  if (rung.empty() || rung.mapped().told) return outside_.happens(rules::HungUp{leg, reason});
  outside_.happens(rules::RingEnded{rung.mapped().conference, rung.mapped().person, reason});
}

void JabberDoor::time_passed() {
  perform(calls_.time_passed(now()));
  std::vector<model::LegId> undecided;
  for (const auto& [leg, rung] : rung_) {
    if (rung.decide_by && now() >= *rung.decide_by) undecided.push_back(leg);
  }
  for (const model::LegId& leg : undecided) tell_picked_up(leg, {});
}

}  // namespace rollcall::component
