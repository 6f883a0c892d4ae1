#pragma once

#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "allocator/rules/effect.h"
#include "allocator/rules/event.h"
#include "xmpp-component/modes/directory.h"
#include "xmpp-component/presence/devices.h"

namespace rollcall::component {

/// What the IM servers say of how people can be reached: their modes, and whether a client of theirs that can take a
/// call is online. Translates that into the allocator's events. Owned by the process; loop thread.
class ModeDirectory {
 public:
  struct Outside {
    std::function<void(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag& answer)> answered)> ask;
    std::function<void(const rules::Event&)> happens;
    std::function<std::vector<presence::Device>(const model::Address& person)> devices;
  };

  explicit ModeDirectory(Outside outside) : outside_(std::move(outside)) {}

  /// Whether it was news of a person's modes.
  bool take_message(const gloox::Tag& message);
  /// After Contacts has seen it.
  void take_presence(const gloox::Tag& presence);
  void is_offline();
  /// Once a second: what became known of clients in the meantime.
  void time_passed();

  void carry_out(const rules::PublishModes& effect);

 private:
  void perform(modes::Outcome outcome);
  void look_at(const model::Address& person);

  Outside outside_;
  modes::Directory directory_;
  std::set<model::Address> undecided_;  // whose clients have not said what they can do
};

}  // namespace rollcall::component
