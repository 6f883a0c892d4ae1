#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "allocator/model/conference.h"

namespace rollcall::component::muc {

using model::Time;

/// The one line in a group chat that says how its call stands: when to say it, and whether as a correction of itself
/// (XEP-0308) or anew. Clients that know no corrections show each as a line of its own, so it is sparing. Pure; owned
/// by the component, loop thread.
class StatusLine {
 public:
  static constexpr std::chrono::seconds between_lines{10};
  /// A call that begins is said anew when the line is as old, and others have spoken since.
  static constexpr std::chrono::minutes stale_after{2};

  struct Saying {
    std::string text = {};
    std::string corrects = {};  ///< the id of the former line; empty: it is new
    bool operator==(const Saying&) const = default;
  };

  /// `id`: what the line was said by before a restart; empty: it is yet to be said.
  explicit StatusLine(std::string id = {}) : id_(std::move(id)) {}

  /// How the call stands from now on.
  void set(std::string text, bool running);
  /// Somebody else has spoken in the group chat.
  void others_spoke() { is_last_ = false; }
  /// Nobody could correct what was said under another nick.
  void forget_id() { id_.clear(); }
  /// What is to be said now; then it was said under `id`.
  [[nodiscard]] std::optional<Saying> due(Time now, const std::string& id);
  [[nodiscard]] const std::string& id() const { return id_; }

 private:
  std::string id_;
  std::string text_;
  std::string said_;
  bool running_ = false;
  bool was_running_ = false;  // as said
  bool is_last_ = false;
  std::optional<Time> said_at_ = {};
};

}  // namespace rollcall::component::muc
