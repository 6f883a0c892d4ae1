#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"
#include "mcu/gst/packets.h"

namespace rollcall::mcu::transport {
class IoContext;
}

namespace rollcall::mcu::leg {

struct Health {
  bool audio = false;    ///< sound packets arrived within the last second
  bool video = false;    ///< pictures were decoded within the last second, or came while they are not shown
  bool stalled = false;  ///< no packet of any kind for 5 s
  double loss = 0;       ///< 0…1, of what arrives here
  int round_trip_ms = 0;
  double send_loss = 0;      ///< 0…1, of what we send
  int jitter_ms = 0;         ///< of what arrives here, the worst media
  int receive_kbit = 0;      ///< payload, all media
  int send_kbit = 0;         ///< payload, all media
  int estimate_kbit = 0;     ///< what the path to him carries; 0: no picture is sent
  bool relayed = false;      ///< through a TURN server of ours
  int frozen_ms = 0;         ///< his picture has stood still for so long while it is shown; 0: it moves, or never came
  int picture_height = 0;    ///< lines of his picture as it is decoded; 0: none comes
  bool undecodable = false;  ///< his pictures cannot be decoded, and are not tried any more
};

/// What of a participant's picture is shown.
struct Wanted {
  int height = 0;  ///< pixels of the tile
  int kbit = 0;    ///< what he is asked to send
  bool operator==(const Wanted&) const = default;
};

/// One participant's media: RTP in and out over its transports, from a media description. Owned by the conference; loop
/// thread, except send(), which nobody may be in when it is deleted. Has no thread of its own: packets come in on the
/// I/O thread, pictures are decoded in a pool. Deleting it says goodbye to the peer and closes everything, within
/// milliseconds.
class Leg {
 public:
  /// Where his media goes. Until the destructor has returned.
  struct Sinks {
    std::function<void(gst::SamplePtr picture)> picture;  ///< I420, up to 1920x1088, upright too. Threads of the pool
    std::function<void(const gst::SoundPacket&)> sound;   ///< as it came. I/O thread
    std::function<void()> key_frame_wanted;  ///< the receiver asked (PLI, FIR) or has just connected. Any thread
  };
  /// Posted to the loop thread by `post`, never after the destructor.
  struct Callbacks {
    std::function<void()> connected;            ///< every transport is up and secured; once
    std::function<void(model::Reason)> ended;   ///< hung_up (DTLS close), connectivity (15 s to connect, 30 s of
                                                ///< silence), no_security (wrong fingerprint)
    std::function<void(const Health&)> health;  ///< each second while connected
    std::function<void(char)> key = {};         ///< pressed on a telephone (RFC 4733)
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

  /// Encoder threads. What is coded otherwise is dropped, and pictures before the first key frame.
  void send(const gst::PicturePtr& picture);
  void send(const gst::EncodedSound& sound);

  /// What of his picture is shown from now on; none: nothing is decoded. Until it is said: all of it, as the profile
  /// asks for.
  void set_wanted(std::optional<Wanted> wanted);

 private:
  class Body;
  std::unique_ptr<Body> body_;
};

}  // namespace rollcall::mcu::leg
