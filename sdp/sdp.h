// SDP text (RFC 8866, with the attributes of JSEP, RFC 8829) to and from the media description. The only place where
// SDP text exists; it is read and written by GStreamer's SDP library.
//
// Pure functions, any thread. What a peer may get wrong is a Refusal with bad_request, whose subject names the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/media_description.h"

namespace rollcall::sdp {

/// An m-line that no Media stands for: a data channel, a fax, a shared whiteboard. An answer has to repeat it with
/// port 0 at the same place (RFC 3264 §6).
struct UnusedLine {
  std::size_t position = 0;  ///< among all m-lines
  std::string media;         ///< "application"
  std::string protocol;      ///< "UDP/DTLS/SCTP"
  std::string format;        ///< "webrtc-datachannel"
  std::string mid = {};      ///< may be empty
  bool operator==(const UnusedLine&) const = default;
};

struct Session {
  model::MediaDescription description;
  std::vector<UnusedLine> unused = {};
  std::vector<std::string> protocols = {};  ///< "RTP/AVP", of each media; an answer repeats it
  bool operator==(const Session&) const = default;
};

/// At most 64 KiB, 16 m-lines, 128 codecs and 64 sources each, 64 candidates per transport.
///
/// Dropped without a word: candidates that are not UDP, not component 1 or not an IP literal (mDNS), codecs without a
/// name, key lines with an MKI. A rejected m-line (port 0) is an inactive Media without codecs. A media without a mid
/// gets its position as one. Media of one BUNDLE group share one transport.
[[nodiscard]] model::Expected<Session> parse_session(std::string_view text);

/// The same for who needs no answer in SDP: the probe, tests.
[[nodiscard]] model::Expected<model::MediaDescription> parse(std::string_view text);

struct WriteOptions {
  std::uint64_t session_id = 1;     ///< the o= line; the same for one call's life
  std::uint64_t version = 1;        ///< the o= line; one more at each change
  bool group_single = true;         ///< a BUNDLE group even for the only media of an ICE transport; browsers want it
  bool candidates_complete = true;  ///< say a=end-of-candidates (RFC 8838): nothing will be trickled
  std::vector<UnusedLine> unused = {};  ///< what to decline at which place
  /// Of each media without ICE, as the offer has it: telephones say RTP/AVP even where they know feedback. Empty: by
  /// what the media needs.
  std::vector<std::string> protocols = {};
};

/// Any description can be written; a Media without codecs becomes a rejected m-line. Lines end with CR LF.
[[nodiscard]] std::string write(const model::MediaDescription& description, const WriteOptions& options = {});

/// `answer` in the m-lines of `offer`: in their order (found by mid), what is missing declined (RFC 3264 §6).
[[nodiscard]] std::string write_answer(const Session& offer, const model::MediaDescription& answer,
                                       WriteOptions options = {});

/// One trickled candidate, with or without `a=` before `candidate:…` (RFC 8839 §5.1). None: well formed, but nothing
/// that we use, or empty (the end of candidates).
[[nodiscard]] model::Expected<std::optional<model::IceCandidate>> parse_candidate(std::string_view text);
/// `candidate:…`, without `a=`.
[[nodiscard]] std::string write_candidate(const model::IceCandidate& candidate);

}  // namespace rollcall::sdp
