#pragma once

#include <string>
#include <vector>

namespace rollcall::model {

/// What protects the media that an offer of ours announces. An answer of ours follows the offer.
enum class LegSecurity {
  ice_dtls,  ///< browsers and Jabber clients
  sdes,      ///< SIP with TLS: keys in the description (RFC 4568), a plain address
  plain,     ///< nothing; only where a gateway's settings say so
};

/// What the MCU may use on a leg. The MCU never learns which door a leg came through, only this.
struct LegProfile {
  bool bundle = true;       ///< offering: put all media on one transport (Dino cannot, JC-32)
  bool video = true;        ///< offering: offer video beside sound
  int video_kbit = 1500;    ///< ceiling of the picture that we send
  int receive_kbit = 1500;  ///< the most that the participant is asked to send; less where his tile is small
  LegSecurity security = LegSecurity::ice_dtls;  ///< offering
  /// Offering: the codecs that the other side may know, most wanted first, "PCMA"; empty: all that there are.
  std::vector<std::string> sound = {};
  std::vector<std::string> picture = {};  ///< likewise, "H264"
  bool operator==(const LegProfile&) const = default;
};

}  // namespace rollcall::model
