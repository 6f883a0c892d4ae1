#include "xmpp-component/mode_directory.h"

#include <algorithm>

namespace rollcall::component {
namespace {

rules::Computer computer_with(const std::vector<presence::Device>& devices) {
  const auto calls = [](const presence::Device& device) { return device.abilities && device.abilities->audio; };
  if (std::ranges::any_of(devices, calls)) return rules::Computer::callable;
  const auto is_unknown = [](const presence::Device& device) { return !device.abilities; };
  return std::ranges::any_of(devices, is_unknown) ? rules::Computer::unknown : rules::Computer::away;
}

}  // namespace

bool ModeDirectory::take_message(const gloox::Tag& message) {
  modes::Outcome outcome;
  if (!directory_.take_message(message, outcome)) return false;
  perform(std::move(outcome));
  return true;
}

void ModeDirectory::take_presence(const gloox::Tag& presence) {
  perform(directory_.take_presence(presence));
  const std::string type = presence.findAttribute("type");
  const auto from = model::Address::parse(presence.findAttribute("from"));
  if (from && !from->is_bare() && (type.empty() || type == "unavailable")) look_at(from->bare());
}

void ModeDirectory::look_at(const model::Address& person) {
  const rules::Computer computer = computer_with(outside_.devices(person));
  if (computer == rules::Computer::unknown) {
    undecided_.insert(person);
  } else {
    undecided_.erase(person);
  }
  outside_.happens(rules::DevicesSeen{person, computer});
}

void ModeDirectory::time_passed() {
  for (const model::Address& person : std::set(undecided_)) look_at(person);
}

void ModeDirectory::is_offline() {
  directory_.forget_all();
  undecided_.clear();
  outside_.happens(rules::DevicesForgotten{});
}

void ModeDirectory::perform(modes::Outcome outcome) {
  for (const modes::Seen& seen : outcome.seen) {
    outside_.happens(rules::ModesSeen{seen.person, seen.source, seen.modes});
  }
  for (const modes::Question& question : outcome.questions) {
    outside_.ask(modes::write_question(question),
                 [this, question](const gloox::Tag& answer) { perform(directory_.answered(question, &answer)); });
  }
}

/// No server here lets a component write for its users; what he wrote is kept as told by him.
void ModeDirectory::carry_out(const rules::PublishModes& effect) {
  outside_.happens(rules::ModesPublished{effect.question, effect.modes, false});
}

}  // namespace rollcall::component
