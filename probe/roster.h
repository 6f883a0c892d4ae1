// The participant's contacts: who is there, and who may see whom (RFC 6121).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "probe/stanza.h"

namespace rollcall::probe {

/// The last presence of one full address.
struct Presence {
  std::string from;
  std::string type;  ///< empty: available
  std::string show;
  std::string status;
  std::string nick;
  [[nodiscard]] bool available() const { return type.empty(); }
};

/// Keeps presence, and says yes to everybody who asks for ours: a participant of a test is open to all. Main thread.
class Roster {
 public:
  using Send = std::function<void(const Stanza&)>;

  explicit Roster(Send send) : send_(std::move(send)) {}

  std::function<void(const Presence&)> on_presence;
  std::function<void(const std::string& address, const std::string& subscription, const std::string& name)> on_item;

  /// The query whose result goes to take_roster().
  [[nodiscard]] static Stanza query();
  void take_roster(const Stanza& iq);
  /// Presence and roster pushes; true if the stanza was one of these.
  bool take(const Stanza& stanza, const std::string& own_address);
  void subscribe(const std::string& address);

  /// A full address of `bare` that is available.
  [[nodiscard]] std::optional<std::string> available_resource(const std::string& bare) const;
  [[nodiscard]] std::string subscription(const std::string& bare) const;  ///< none, to, from, both; empty: no contact

 private:
  void take_items(const Stanza& query);
  void take_presence(const Stanza& stanza);

  Send send_;
  std::map<std::string, Presence> presences_;  ///< by full address
  std::map<std::string, std::string> items_;   ///< subscription by bare address
};

}  // namespace rollcall::probe
