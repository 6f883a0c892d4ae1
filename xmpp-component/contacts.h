#pragma once

#include <functional>
#include <memory>
#include <string>

#include "allocator/rules/allocator.h"
#include "allocator/rules/effect.h"
#include "xmpp-component/presence/entries.h"
#include "xmpp-component/presence/rosters.h"

namespace rollcall::component {

namespace stream {
class IqRequest;
}

/// The conferences as contacts: keeps their presence in step with the allocator, and answers what clients ask about
/// them. Owned by the process; loop thread.
class Contacts {
 public:
  struct Outside {
    std::function<void(const gloox::Tag&)> send;
    /// `answered` gets nullptr when nobody answered.
    std::function<void(std::unique_ptr<gloox::Tag> iq, std::function<void(const gloox::Tag* answer)> answered)> ask;
    std::function<void(const rules::Event&)> happens;
    std::function<model::Time()> now;
    /// Whether a server's rosters are written, for the operator's log.
    std::function<void(const std::string& server, bool writes, const std::string& sentence)> decided =
        [](const auto&, bool, const auto&) {};
  };
  struct Settings {
    std::string domain;
    bool writes_rosters = true;                ///< where the server lets us
    std::string roster_group = "Conferences";  ///< of new entries; empty: none
  };

  /// Every conference that the allocator knows is a contact from the start.
  Contacts(const Settings& settings, const rules::Allocator& allocator, Outside outside);

  /// Whose users are ours: whose servers' word on rosters counts.
  void set_servers(std::vector<std::string> servers) { rosters_.set_servers(std::move(servers)); }
  /// Whether this is the server's word on what we may do; then it has been taken.
  bool take_message(const gloox::Tag& message) { return rosters_.take_message(message); }
  void take_presence(const gloox::Tag& presence);
  /// Whether this was a question about a contact; then it has been answered.
  bool take_iq(stream::IqRequest& request);

  void carry_out(const rules::Introduce& effect);
  void carry_out(const rules::Indicate& effect);
  void carry_out(const rules::Withdraw& effect);
  void carry_out(const rules::Dismiss& effect);
  /// The contact's presence, to one device at once (JC-9).
  void show(const model::ConferenceId& conference, const model::Address& device);

  [[nodiscard]] model::Address address_of(const model::ConferenceId& conference) const;
  [[nodiscard]] std::vector<presence::Device> devices_of(const model::Address& person) const {
    return entries_.devices_of(person);
  }

  void is_online();
  void is_offline();
  /// Every 100 ms: what is paced goes out.
  void tick();

 private:
  [[nodiscard]] presence::Entries::Settings entries_settings() const;
  [[nodiscard]] presence::Rosters::Outside rosters_outside();
  void make_sure_of(const model::ConferenceId& conference);
  void perform(presence::Outcome outcome);
  void ask(const presence::CapsQuestion& question);
  void search(stream::IqRequest& request, const model::Address& us, const model::Address& asker);

  std::string domain_;
  const rules::Allocator& allocator_;
  Outside outside_;
  presence::Rosters rosters_;
  presence::Entries entries_;
};

}  // namespace rollcall::component
