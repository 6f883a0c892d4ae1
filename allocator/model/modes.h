// The directory of modes: in which ways a person can be reached, as he wrote it down. It lives at his own IM server;
// what we hold is a copy.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/expected.h"
#include "allocator/model/person.h"

namespace rollcall::model {

/// The mode's spelling in schemas, tables and settings, `video_conferencing_standard`.
[[nodiscard]] std::string_view to_text(CommunicationMode mode);
[[nodiscard]] std::optional<CommunicationMode> mode_from_text(std::string_view text);

/// Behind the name of who is reached so: `telephone`, `ISDN`; empty for the computer.
[[nodiscard]] std::string_view mark_of(CommunicationMode mode);

/// One way to reach a person.
struct ModeEntry {
  CommunicationMode mode = CommunicationMode::computer;
  std::string address = {};              ///< as address_for() leaves it; of `computer` it may be empty: any device
  std::string label = {};                ///< his own word for it, "desk"
  std::optional<DailyHours> hours = {};  ///< when he wants to be reached so; none: always
  bool ring = true;                      ///< false: only if the caller asks for this mode
  bool operator==(const ModeEntry&) const = default;
};

/// All of a person's, in the order of his choice.
struct Modes {
  std::vector<ModeEntry> entries = {};
  bool at_once = false;  ///< everything rings together instead of one after the other
  bool operator==(const Modes&) const = default;
};

/// How the people of a request are to be reached, where the asker says so.
struct Routes {
  std::map<Address, CommunicationMode> by = {};  ///< by bare address; only these, even if they are not to be rung so
  std::vector<Endpoint> endpoints = {};          ///< addresses in place of people
  bool operator==(const Routes&) const = default;
};

/// Where we know them from, the most trusted first.
enum class ModesSource {
  node,    ///< the PEP node at his server
  person,  ///< he told us, and his server would not take it
  vcard,   ///< the telephone numbers of his vCard
};

inline constexpr std::size_t most_modes = 16;          ///< of one person
inline constexpr std::size_t longest_mode_label = 64;  ///< bytes

/// `address` as that mode's door understands it: a number without blanks and brackets, `sip:room@vc.example`, digits
/// with an optional sub-address behind `^`. Refuses bad_address with the text: what no such address can be, is too
/// long, or could carry more than an address to a dialling program.
[[nodiscard]] Expected<std::string> address_for(CommunicationMode mode, std::string_view address);

/// What somebody wrote instead of a person: `+49301234567`, `tel:…`, `sip:room@vc.example`, `isdn:…`, `atm:…`,
/// `gateway:…`, `mobile:…`. None: it is nothing of the kind.
[[nodiscard]] std::optional<Endpoint> endpoint_from_text(std::string_view text);

/// Every check that one entry and all of them must pass, whoever wrote them. Refuses bad_request and bad_address.
[[nodiscard]] Expected<Modes> checked(Modes modes);

/// `+49301234567` of `030 1234567`, for a machine that stands in the country 49; what has no country stays.
[[nodiscard]] std::string international(std::string_view number, std::string_view country);

}  // namespace rollcall::model
