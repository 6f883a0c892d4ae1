#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/ids.h"
#include "xmpp-component/presence/avatar.h"
#include "xmpp-component/presence/devices.h"
#include "xmpp-component/presence/discovery.h"
#include "xmpp-component/presence/rosters.h"
#include "xmpp-component/stanza/vcard.h"

namespace rollcall::component::presence {

using model::Address;
using model::ConferenceId;
using model::Time;
using stanza::TagPtr;

/// A person (bare) has the contact in his roster now, or no more.
struct HolderAdded {
  ConferenceId conference;
  Address holder;
  bool operator==(const HolderAdded&) const = default;
};
struct HolderRemoved {
  ConferenceId conference;
  Address holder;
  bool operator==(const HolderRemoved&) const = default;
};
using Event = std::variant<HolderAdded, HolderRemoved>;

/// What a step leads to: stanzas to send in this order, news for the allocator, questions to ask, and what is to be
/// written into rosters (Rosters).
struct Outcome {
  std::vector<TagPtr> stanzas = {};
  std::vector<Event> events = {};
  std::vector<CapsQuestion> questions = {};
  std::vector<RosterJob> roster_jobs = {};
};

/// A conference's looks: the indicator, and its words for people ("3 in call: Ann, Bob, Carol").
struct Appearance {
  std::string title;
  bool running = false;
  std::string status = {};
  bool operator==(const Appearance&) const = default;
};

/// Every conference as a contact in people's rosters (RFC 6121 §3 and §4): who has it, what its presence says, who gets
/// to know that and when. A state machine without sockets, clock and threads; owned by the process, loop thread.
///
/// Broadcasts go to bare addresses, are rendered when their turn comes, and are paced, because each costs the server up
/// to 125 us of CPU. Answers to one person go at once.
class Entries {
 public:
  struct Settings {
    Places places;
    std::string service_title = "Rollcall";
    std::string service_status = {};  ///< presence text of the service
    /// The same in a person's language, for every contact (the service: an empty id); none: as said above and in add().
    std::function<std::string(const ConferenceId&, const Address&)> status_for = {};
    /// Whether a person (bare) may see the conference at all. Who may not is told that he is not subscribed.
    std::function<bool(const ConferenceId&, const Address&)> may_hold = [](const auto&, const auto&) { return true; };
    /// Whether a person's server lets us write his roster now; then he is not asked (XEP-0356).
    std::function<bool(const Address&)> writes_roster_of = [](const auto&) { return false; };
  };

  static constexpr std::chrono::seconds between_changes{1};  ///< of one conference's presence, at least
  static constexpr std::chrono::milliseconds between_batches{100};
  static constexpr std::size_t batch = 200;

  explicit Entries(Settings settings);

  // ---- conferences

  /// A conference exists, as read from the store or new. Nothing is sent; online() or show() does that.
  void add(const ConferenceId& conference, Appearance appearance, const std::vector<Address>& holders);
  /// Its presence is to say this from now on. Changes within a second are sent as one.
  [[nodiscard]] Outcome show(const ConferenceId& conference, Appearance appearance, Time now);
  /// Gets the contact into a person's roster: written there where his server lets us, otherwise by asking him to
  /// subscribe, with the title as nick (JC-55).
  [[nodiscard]] Outcome introduce(const ConferenceId& conference, const Address& person);
  /// The contact is no more: unavailable, and the entry goes, or both subscriptions end.
  [[nodiscard]] Outcome withdraw(const ConferenceId& conference);
  /// The same for one person, who is not to have it any more.
  [[nodiscard]] Outcome dismiss(const ConferenceId& conference, const Address& person);
  /// The roster job has been done: who was entered has the contact from now on.
  [[nodiscard]] Outcome done(const RosterJob& job);
  /// It could not be done; the person is asked, or told, by presence instead.
  [[nodiscard]] Outcome refused(const RosterJob& job);
  [[nodiscard]] bool has(const ConferenceId& conference) const { return entries_.contains(conference); }
  [[nodiscard]] std::vector<Address> holders(const ConferenceId& conference) const;

  // ---- people

  /// A <presence/> to one of our addresses (JC-8).
  [[nodiscard]] Outcome handle(const gloox::Tag& presence);
  /// JC-9: current presence for a device that may not have the contact; nullptr for an unknown conference.
  [[nodiscard]] TagPtr presence_for(const ConferenceId& conference, const Address& device) const;
  void answered(const CapsQuestion& question, const model::Expected<stanza::DiscoInfo>& info);
  [[nodiscard]] std::vector<Device> devices_of(const Address& person) const { return devices_.of(person); }

  // ---- connection and time

  /// The stream is online (again): every holder is to get current presence, and is probed for his (JC-10); running
  /// conferences first.
  [[nodiscard]] Outcome online(Time now);
  /// The stream is lost: nothing is queued any more, nobody is known to be online.
  void offline();
  /// Every 100 ms: the next batch.
  [[nodiscard]] Outcome time_passed(Time now);

  // ---- answers to questions, by the address that was asked

  /// Refused with unknown_conference: item-not-found.
  [[nodiscard]] model::Expected<stanza::DiscoInfo> disco_info(const Address& asked, const std::string& node) const;
  /// The domain lists the service and the conferences that the asker has (JC-56).
  [[nodiscard]] model::Expected<stanza::DiscoItems> disco_items(const Address& asked, const std::string& node,
                                                                const Address& asker) const;
  [[nodiscard]] model::Expected<stanza::VCard> vcard(const Address& asked) const;
  /// JC-54: the picture's nodes, as every account has them (XEP-0084). `pubsub` is the iq's.
  [[nodiscard]] model::Expected<TagPtr> items(const Address& asked, const gloox::Tag& pubsub) const;

 private:
  struct Entry {
    Appearance appearance;
    std::set<Address> holders = {};  // bare
    std::optional<Time> shown = {};  // when it was last put into the queue
    bool is_stale = false;           // people have yet to see `appearance`
  };
  using Turn = std::pair<ConferenceId, Address>;

  [[nodiscard]] Address contact(const ConferenceId& conference) const;
  [[nodiscard]] bool exists(const Address& asked) const;
  [[nodiscard]] bool may_see(const Address& contact, const Address& person) const;
  [[nodiscard]] Appearance appearance_of(const Address& contact) const;
  [[nodiscard]] const Avatar& avatar_for(const Address& contact) const;
  [[nodiscard]] TagPtr current(const Address& contact, const Address& to) const;
  [[nodiscard]] TagPtr plain(stanza::PresenceType type, const Address& from, const Address& to) const;
  void subscribed_to_us(const Address& contact, const Address& person, Outcome& outcome);
  void unsubscribed_from_us(const Address& contact, const Address& person, Outcome& outcome);
  void approved_us(const Address& contact, const Address& person, Outcome& outcome);
  void ask_to_subscribe(const Address& contact, const Address& person, Outcome& outcome) const;
  void end_subscriptions(const Address& contact, const Address& person, Outcome& outcome) const;
  void take_from(const Address& contact, const Address& person, Outcome& outcome) const;
  void rename_for_all(const ConferenceId& conference, const Entry& entry, const std::string& former,
                      Outcome& outcome) const;
  /// Whether he did not have it until now.
  bool hold(const Address& contact, const Address& person, Outcome& outcome);
  /// JC-54, once per device that is there.
  void show_avatar(const Address& contact, const Address& to, Outcome& outcome) const;
  void show_avatar_to_device(const Address& contact, const Address& device, bool is_there, Outcome& outcome);
  void broadcast(const ConferenceId& conference, Entry& entry, Time now);
  void send_batch(Outcome& outcome);

  Settings settings_;
  Discovery discovery_;
  Devices devices_;
  std::map<ConferenceId, Entry> entries_;
  std::set<std::pair<Address, Address>> avatar_shown_;  // device, contact
  std::deque<Turn> turns_;                              // whose presence to send next
  std::set<Turn> waiting_turns_;                        // the same, to find doubles
  std::deque<Turn> probes_;                             // whom to ask after all turns, one per person
  std::optional<Time> last_batch_;
};

}  // namespace rollcall::component::presence
