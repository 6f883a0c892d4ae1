// Names of things that live in more than one process. Each is a string of its own type, so that a leg can never be
// passed where a conference is meant.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace rollcall::model {

template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

/// The localpart of the conference's contact: `team` of team@call.example.org.
using ConferenceId = Id<struct ConferenceTag>;
/// One participant's media in one conference; the same id at the allocator, at the MCU and at the door.
using LegId = Id<struct LegTag>;
/// An MCU worker or a door, by the name it said in its hello.
using PeerId = Id<struct PeerTag>;

}  // namespace rollcall::model

template <class Tag>
struct std::hash<rollcall::model::Id<Tag>> {
  std::size_t operator()(const rollcall::model::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
