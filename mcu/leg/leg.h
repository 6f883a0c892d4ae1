#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"
#include "mcu/gst/frames.h"

namespace rollcall::mcu::transport {
class IoContext;
}

namespace rollcall::mcu::leg {

struct Health {
  bool audio = false;    ///< sound packets arrived within the last second
  bool video = false;    ///< pictures were decoded within the last second
  bool stalled = false;  ///< no packet of any kind for 5 s
  double loss = 0;       ///< 0…1, of what arrives here
  int round_trip_ms = 0;
};

/// One participant's media: RTP in and out over its transports, from a media description. One GStreamer pipeline with
/// one rtpbin. Owned by the conference; loop thread, except send(), which nobody may be in when it is deleted. Deleting
/// it says goodbye to the peer and closes everything, within milliseconds.
class Leg {
 public:
  /// Where decoded media goes. Called on streaming threads, until the destructor has returned.
  struct Sinks {
    std::function<void(gst::SamplePtr picture)> picture;               ///< I420, any size up to 1920x1080, upright too
    std::function<void(std::span<const std::int16_t> samples)> sound;  ///< 48 kHz mono
    std::function<void()> key_frame_wanted;  ///< the receiver asked (PLI, FIR) or has just connected. Any thread
  };
  /// Posted to the loop thread by `post`, never after the destructor.
  struct Callbacks {
    std::function<void()> connected;            ///< every transport is up and secured; once
    std::function<void(model::Reason)> ended;   ///< hung_up (DTLS close), connectivity (15 s to connect, 30 s of
                                                ///< silence), no_security (wrong fingerprint)
    std::function<void(const Health&)> health;  ///< each second while connected
  };
  using Post = std::function<void(std::function<void()>)>;

  Leg(model::LegId id, model::LegProfile profile, transport::IoContext& io, Post post, Sinks sinks,
      Callbacks callbacks);
  ~Leg();
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;

  /// First description from the other side → ours, candidates included. Refuses no_security, no_common_codec,
  /// bad_request.
  [[nodiscard]] model::Expected<model::MediaDescription> answer(const model::MediaDescription& offer);
  /// We begin: our description by the profile, then accept() theirs. In mid-call: what there is, with new ICE
  /// credentials (a restart), to be accepted again.
  [[nodiscard]] model::Expected<model::MediaDescription> offer();
  [[nodiscard]] model::Expected<void> accept(const model::MediaDescription& answer);
  /// A changed description in mid-call: media added, direction, new ICE credentials (a restart). Refused: nothing
  /// changed.
  [[nodiscard]] model::Expected<model::MediaDescription> change(const model::MediaDescription& offer);
  /// A trickled candidate; kept until the transport exists.
  void add_candidate(const std::string& mid, const model::IceCandidate& candidate);

  /// What the participant can be sent; none before the descriptions are exchanged or where there is no such media.
  [[nodiscard]] std::optional<gst::Coding> video_coding() const;
  [[nodiscard]] std::optional<gst::Coding> audio_coding() const;

  /// Encoder threads. Frames of another coding are dropped, and pictures before the first key frame.
  void send(const gst::EncodedFrame& frame);

 private:
  class Body;
  std::unique_ptr<Body> body_;
};

}  // namespace rollcall::mcu::leg
