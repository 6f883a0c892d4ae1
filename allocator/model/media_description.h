// The one seam between every kind of signalling and the media: what a participant can send and receive, and where.
//
// A door (Jingle, web, SIP) turns its protocol into this; the MCU turns it into media and answers with its own. It is
// shaped like ORTC, not like SDP: plain values, no text to parse, no offer state. A description always speaks from the
// side of whoever wrote it: `sendonly` in a client's description means that the client sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::model {

enum class MediaKind { audio, video };
enum class Direction { sendrecv, sendonly, recvonly, inactive };

/// RTCP feedback that goes with a codec (RFC 4585): `nack` + "", `nack` + `pli`, `ccm` + `fir`, `transport-cc` + "".
struct Feedback {
  std::string type;
  std::string parameter = {};
  bool operator==(const Feedback&) const = default;
};

/// One payload type of one media (RFC 3551, RFC 4855). Names are compared without regard to case.
struct Codec {
  int payload_type = 0;  ///< 0…127
  std::string name;      ///< "opus", "VP8", "rtx", …
  int clock_rate = 0;    ///< Hz
  int channels = 1;
  std::map<std::string, std::string> parameters = {};  ///< fmtp
  std::vector<Feedback> feedback = {};
  bool operator==(const Codec&) const = default;
};

/// RFC 8285, with the id that its writer chose.
struct HeaderExtension {
  int id = 0;
  std::string uri;
  bool operator==(const HeaderExtension&) const = default;
};

/// A stream that the writer will send (RFC 5576). `rtx_ssrc` is the FID partner of `ssrc`, if there is one.
struct Source {
  std::uint32_t ssrc = 0;
  std::optional<std::uint32_t> rtx_ssrc = {};
  std::string cname = {};
  std::string stream = {};  ///< first word of msid
  std::string track = {};   ///< second word of msid
  bool operator==(const Source&) const = default;
};

/// One m-line, one Jingle content.
struct Media {
  std::string mid;  ///< Jingle: the content's name
  MediaKind kind = MediaKind::audio;
  Direction direction = Direction::sendrecv;
  std::vector<Codec> codecs = {};  ///< in order of preference; an answer holds the one codec in use (and its rtx)
  std::vector<HeaderExtension> header_extensions = {};
  std::vector<Source> sources = {};
  bool rtcp_mux = true;
  std::size_t transport = 0;               ///< index into MediaDescription::transports
  std::optional<int> bandwidth_kbit = {};  ///< what the writer is willing to receive, b=AS
  /// The same picture in several sizes at once (RFC 8853): the RTP stream ids of those that the writer sends, in its
  /// order, and of those that it takes. Empty: one stream.
  std::vector<std::string> send_rids = {};
  std::vector<std::string> receive_rids = {};
  bool operator==(const Media&) const = default;
};

enum class CandidateType { host, server_reflexive, peer_reflexive, relayed };

/// RFC 8445. Only UDP candidates get this far; doors drop the others.
struct IceCandidate {
  std::string foundation;
  int component = 1;
  std::uint32_t priority = 0;
  std::string ip;
  int port = 0;
  CandidateType type = CandidateType::host;
  std::string related_ip = {};
  int related_port = 0;
  int generation = 0;
  bool operator==(const IceCandidate&) const = default;
};

struct IceParameters {
  std::string ufrag;
  std::string password;
  std::vector<IceCandidate> candidates = {};
  bool operator==(const IceParameters&) const = default;
};

/// RFC 4145's `setup`, RFC 8842.
enum class DtlsSetup { actpass, active, passive };

struct DtlsParameters {
  std::string hash;         ///< "sha-256"
  std::string fingerprint;  ///< upper-case hex with colons
  DtlsSetup setup = DtlsSetup::actpass;
  bool operator==(const DtlsParameters&) const = default;
};

/// RFC 4568, one line of a=crypto.
struct SdesParameters {
  int tag = 1;
  std::string suite;
  std::string key;  ///< the base64 part behind "inline:". Never logged.
  bool operator==(const SdesParameters&) const = default;
};

/// A plain address, without ICE.
struct MediaAddress {
  std::string ip;
  int rtp_port = 0;
  int rtcp_port = 0;  ///< the same as rtp_port where both are multiplexed
  bool operator==(const MediaAddress&) const = default;
};

/// One way for packets: ICE or an address, with DTLS, SDES or, only where a gateway's settings allow it, nothing.
struct Transport {
  std::optional<IceParameters> ice = {};
  std::optional<MediaAddress> address = {};
  std::optional<DtlsParameters> dtls = {};
  std::vector<SdesParameters> sdes = {};
  bool plain = false;  ///< "no encryption" is said explicitly; a missing fingerprint never means it
  bool operator==(const Transport&) const = default;
};

/// All media of one leg. Bundled (RFC 9143): every media has the same transport index. Dino: one transport per media.
struct MediaDescription {
  std::vector<Transport> transports = {};
  std::vector<Media> media = {};
  bool operator==(const MediaDescription&) const = default;
};

/// Whether a picture goes either way, or could.
[[nodiscard]] bool has_video(const MediaDescription& description);

/// Whether all media share one transport, and there is more than one to share it.
[[nodiscard]] bool is_bundled(const MediaDescription& description);

}  // namespace rollcall::model
