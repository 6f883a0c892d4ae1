// The lines below one m-line, as values. Inner part of the room.
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "allocator/model/expected.h"
#include "allocator/model/media_description.h"

namespace rollcall::sdp {

/// Attributes of one m-line, where those of the session stand in for what the m-line does not say itself.
class Attributes {
 public:
  Attributes(const GstSDPMessage& message, const GstSDPMedia& media) : message_(message), media_(media) {}

  /// The first of this name, with its value (empty for a flag).
  [[nodiscard]] std::optional<std::string_view> own(const char* name) const;
  [[nodiscard]] std::optional<std::string_view> own_or_session(const char* name) const;
  /// All of this name.
  [[nodiscard]] std::vector<std::string_view> all(const char* name) const;
  [[nodiscard]] std::vector<std::string_view> all_or_session(const char* name) const;
  [[nodiscard]] const GstSDPMedia& media() const { return media_; }
  [[nodiscard]] const GstSDPMessage& message() const { return message_; }

 private:
  const GstSDPMessage& message_;
  const GstSDPMedia& media_;
};

/// rtpmap, fmtp and rtcp-fb, in the order of the m-line.
[[nodiscard]] model::Expected<std::vector<model::Codec>> read_codecs(const Attributes& lines);
[[nodiscard]] model::Expected<std::vector<model::HeaderExtension>> read_header_extensions(const Attributes& lines);
/// ssrc, ssrc-group:FID and msid.
[[nodiscard]] model::Expected<std::vector<model::Source>> read_sources(const Attributes& lines);
/// simulcast, as far as rid lines tell of its streams: which of them the writer sends and which it takes.
struct Rids {
  std::vector<std::string> send = {};
  std::vector<std::string> receive = {};
};
[[nodiscard]] model::Expected<Rids> read_rids(const Attributes& lines);
[[nodiscard]] model::Direction read_direction(const Attributes& lines);
/// ICE, fingerprint, keys, or the plain address.
[[nodiscard]] model::Expected<model::Transport> read_transport(const Attributes& lines, bool rtcp_mux);

}  // namespace rollcall::sdp
