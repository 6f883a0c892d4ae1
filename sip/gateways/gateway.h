// The ways out to telephones, ISDN, ATM and room systems, one record each: whom it leads to, what is dialled there, who
// may come in. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/gateway.h"

namespace rollcall::sip::gateways {

enum class Carrier { udp, tcp, tls };

/// One [[gateway]] of the settings.
struct Record {
  model::Gateway shown = {};  ///< what the allocator is told
  std::string host = {};      ///< "sip.provider.example", "192.0.2.7:5080"; empty: what is called says where
  Carrier carrier = Carrier::udp;
  std::string dial = "{number}@{host}";
  std::vector<std::pair<int, std::string>> prefixes = {};  ///< by kbit/s, ascending; 0: sound only
  std::string tcs4_mark = {};
  std::string user = {};
  std::string password = {};
  bool registers = false;
  int expires = 600;  ///< seconds
  std::string caller = {};
  std::vector<std::string> inbound_from = {};  ///< IP addresses
};

/// "sip:81301234567@192.0.2.7;transport=tcp". Refused with not-allowed (none of the gateway's allowed addresses) and
/// bad-address (letters that no number or SIP address has).
[[nodiscard]] model::Expected<std::string> dial_uri(const Record& record, std::string_view address, int kbit);

/// The other end as a URI without a user, to be registered at or routed by: "sip:sip.provider.example".
[[nodiscard]] std::string host_uri(const Record& record);

/// "128:82" in the settings. Refused with bad-request and a sentence.
[[nodiscard]] model::Expected<std::pair<int, std::string>> parse_prefix(std::string_view text);

/// The codecs of a profile word: voice, cellular, h320, room, soft. Only what the MCU has is listed.
[[nodiscard]] model::LegProfile codec_profile(std::string_view word, model::LegSecurity security, int video_kbit);

/// The gateway whose calls come from there; nullptr: a stranger.
[[nodiscard]] const Record* from_address(const std::vector<Record>& records, std::string_view ip);

}  // namespace rollcall::sip::gateways
