#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/modes.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::modes {

using model::Address;

/// What a source holds of a person's modes now; without entries: nothing.
struct Seen {
  Address person = {};  ///< bare
  model::ModesSource source = model::ModesSource::node;
  model::Modes modes = {};
  bool operator==(const Seen&) const = default;
};

/// Where his modes may stand at a person's server: in our node, in his vCard's node (XEP-0292), in his vCard of old
/// (XEP-0054).
enum class Place { node, vcard4, vcard };

/// To be asked as an iq of type get from `us`; the answer goes to Directory::answered().
struct Question {
  Address person = {};  ///< bare
  Address us = {};      ///< the contact that he shows his presence to, and may read his nodes
  Place place = Place::node;
  bool operator==(const Question&) const = default;
};
[[nodiscard]] stanza::TagPtr write_question(const Question& question);

struct Outcome {
  std::vector<Seen> seen = {};
  std::vector<Question> questions = {};
};

/// Keeps our copy of the modes in step with the people's servers: they push what changes (XEP-0163 +notify), and are
/// asked once whenever a person comes online, because nobody pushes that something is gone. A state machine without
/// sockets, clock and threads; owned by the process, loop thread.
class Directory {
 public:
  /// Whether this is news of a node of ours; then it has been taken. Only a person's own server is believed.
  bool take_message(const gloox::Tag& message, Outcome& outcome);
  /// A <presence/> to one of our contacts.
  [[nodiscard]] Outcome take_presence(const gloox::Tag& presence);
  /// `iq`: the answer; nullptr: none came. Where the node is not there, the vCards are asked.
  [[nodiscard]] Outcome answered(const Question& question, const gloox::Tag* iq);
  /// Everybody comes online anew.
  void forget_all() { online_.clear(); }

 private:
  static constexpr std::size_t most_people = 100000;
  std::map<Address, std::set<std::string>> online_;  // bare -> resources
};

}  // namespace rollcall::component::modes
