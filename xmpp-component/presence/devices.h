#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/expected.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/presence.h"

namespace rollcall::component::presence {

/// What a person's client can do, as far as calls go (XEP-0030 features). For choosing how to ring it.
struct Abilities {
  bool audio = false;     ///< Jingle RTP with sound over ICE and DTLS
  bool video = false;     ///< and pictures
  bool message = false;   ///< XEP-0353: rings by message (JC-20); without: JC-28
  bool invites = false;   ///< XEP-0482: understands an invitation to a call
  bool bundle = false;    ///< one transport for all media (JC-32)
  std::string name = {};  ///< of the client, "Conversations"
  bool avatars = false;   ///< wants to be told of them (XEP-0084 by XEP-0163)
  bool operator==(const Abilities&) const = default;
};

[[nodiscard]] Abilities abilities_of(const stanza::DiscoInfo& info);

/// One online client of a person.
struct Device {
  model::Address address;  ///< full
  int priority = 0;
  std::optional<Abilities> abilities = {};  ///< none: not known (yet)
  bool operator==(const Device&) const = default;
};

/// A question to a device, to be sent as an iq get with <query/> of disco#info; the answer goes to
/// Devices::answered().
struct CapsQuestion {
  model::Address device;  ///< full; whom to ask
  std::string node = {};  ///< to ask about; empty: the device has no caps
};

/// Who of the people that show us their presence is online with what. Learnt from presences, forgotten with them.
/// Owned by Entries; pure, loop thread.
class Devices {
 public:
  /// A presence of a person's device, available or not. Returns the question that it raises, once per `ver` and, for
  /// devices without caps, once per device.
  [[nodiscard]] std::optional<CapsQuestion> seen(const model::Address& device, const stanza::Presence& presence);
  /// `info` is what the device answered. A hash that does not fit its `ver` is believed of that device alone.
  void answered(const CapsQuestion& question, const model::Expected<stanza::DiscoInfo>& info);
  /// The person does not show us his presence any more, or all is to be learnt again.
  void forget(const model::Address& person);
  void forget_all();

  /// Those of one person (bare), best priority first; ones with a negative priority too, they can be called.
  [[nodiscard]] std::vector<Device> of(const model::Address& person) const;

 private:
  struct Known {
    int priority = 0;
    std::string ver_key = {};                 // node#ver; empty: has no caps
    std::optional<Abilities> abilities = {};  // its own, where the ver says nothing
  };
  static constexpr std::size_t most_devices_each = 30;
  static constexpr std::size_t most_vers = 2000;

  std::map<model::Address, std::map<std::string, Known>> people_;  // bare -> resource
  std::map<std::string, Abilities> by_ver_;
  std::set<std::string> asked_vers_;
};

}  // namespace rollcall::component::presence
