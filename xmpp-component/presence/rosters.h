#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/conference.h"
#include "xmpp-component/stanza/roster.h"

namespace rollcall::component::presence {

/// What is to be done to the entry of one contact in one person's roster.
enum class RosterWork { enter, rename, remove };
struct RosterJob {
  RosterWork work = RosterWork::enter;
  model::Address contact;   ///< bare
  model::Address person;    ///< bare
  std::string title = {};   ///< the entry's name
  std::string former = {};  ///< rename: the name that may be replaced
  bool operator==(const RosterJob&) const = default;
};

/// Writes into people's rosters, so that nobody is asked for what he wants anyway (XEP-0356 §5). Goes by what the
/// server grants, and believes it only after having read back the first entry: ejabberd 24.12 grants everything and
/// forces every subscription to `none`, 23.01 grants and never answers. A server that fails once is left alone until
/// the next connection.
///
/// An entry that a person arranged himself keeps his name and his groups. A state machine without sockets, clock and
/// threads; owned by Contacts, loop thread.
class Rosters {
 public:
  struct Settings {
    std::string domain;                     ///< ours
    std::vector<std::string> servers = {};  ///< whose word counts: the domains of the operator's own users
    std::string group = "Conferences";      ///< of new entries; empty: none
    bool on = true;                         ///< off: everybody is asked
  };
  using Answered = std::function<void(const gloox::Tag* answer)>;  ///< nullptr: nobody answered
  struct Outside {
    std::function<void(stanza::TagPtr iq, Answered answered)> ask;
    std::function<void(const RosterJob&)> done;
    std::function<void(const RosterJob&)> refused;
    /// Whether we write there or not, in a sentence for the operator's log.
    std::function<void(const std::string& server, bool writes, const std::string& sentence)> decided;
  };

  static constexpr std::size_t most_at_once = 16;  ///< questions that wait for an answer
  static constexpr std::chrono::seconds grants_come_within{10};

  Rosters(Settings settings, Outside outside);
  /// Servers grant when the stream comes up: a further one's word is heard the next time.
  void set_servers(std::vector<std::string> servers) { settings_.servers = std::move(servers); }

  /// Whether this message is a server's word on what we may do; then it has been taken.
  bool take_message(const gloox::Tag& message);
  /// The stream is lost, and every grant with it. What is to be done waits for the grant to come back.
  void offline();
  /// The stream is online: a server that does not grant within the next seconds does not do so any more.
  void online(model::Time now);
  void time_passed(model::Time now);
  /// Or will when the stream is back.
  [[nodiscard]] bool writes_roster_of(const model::Address& person) const;
  void add(RosterJob job);

 private:
  enum class Trust { awaited, untried, proven, failed };
  using Next = void (Rosters::*)(const RosterJob&, const gloox::Tag* answer);
  using Key = std::pair<model::Address, model::Address>;  // contact, person

  void start_what_can_be();
  void begin(const RosterJob& job);
  void ask(const RosterJob& job, bool is_set, stanza::TagPtr query, Next next);
  void was_read(const RosterJob& job, const gloox::Tag* answer);
  void was_written(const RosterJob& job, const gloox::Tag* answer);
  void was_read_back(const RosterJob& job, const gloox::Tag* answer);
  void was_removed(const RosterJob& job, const gloox::Tag* answer);
  void write(const RosterJob& job, const stanza::RosterItem* found);
  void finish(const RosterJob& job);
  void give_up(const RosterJob& job, const gloox::Tag* answer);
  [[nodiscard]] bool is_granted_now(const std::string& server) const;
  void distrust(const std::string& server, const std::string& sentence);

  Settings settings_;
  Outside outside_;
  std::map<std::string, Trust> servers_;  // that grant us their rosters
  std::deque<RosterJob> jobs_;
  std::set<Key> open_;  // being done; one thing at a time with one entry
  std::optional<model::Time> online_since_;
};

}  // namespace rollcall::component::presence
