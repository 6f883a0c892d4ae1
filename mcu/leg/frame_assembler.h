// Whole encoded pictures out of the packets of one stream. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/rtp/function_ref.h"
#include "mcu/rtp/packet.h"

namespace rollcall::mcu::leg {

/// A picture as its decoder wants it: VP8 and VP9 a frame, H.264 an access unit with start codes (Annex B).
struct EncodedPicture {
  bool key = false;  ///< decodable by itself
  std::vector<std::uint8_t> bytes = {};
};

/// One per stream (RFC 7741, RFC 6184, RFC 9628, RFC 2190, RFC 4629, RFC 4587). Takes packets in order; whoever owns it
/// serialises the calls.
class FrameAssembler {
 public:
  using Sink = rtp::FunctionRef<void(EncodedPicture&& picture)>;
  /// A peer that never ends a picture fills no memory.
  static constexpr std::size_t largest_picture = 4'000'000;

  explicit FrameAssembler(gst::Coding coding) : coding_(coding) {}

  /// `after_loss`: what came before it will not be whole any more, as the caller knows. False if a picture turned out
  /// to be damaged without that: nothing can be decoded before the next key frame.
  bool add(const rtp::Packet& packet, bool after_loss, Sink sink);
  /// Memory of a picture that was used up.
  void recycle(std::vector<std::uint8_t>&& bytes);

 private:
  [[nodiscard]] bool add(rtp::Bytes payload);
  [[nodiscard]] bool add_vp8(rtp::Bytes payload);
  [[nodiscard]] bool add_vp9(rtp::Bytes payload);
  [[nodiscard]] bool add_h264(rtp::Bytes payload);
  [[nodiscard]] bool add_fragment(rtp::Bytes payload);
  [[nodiscard]] bool add_h263(rtp::Bytes payload);
  [[nodiscard]] bool add_h263_1998(rtp::Bytes payload);
  [[nodiscard]] bool add_h261(rtp::Bytes payload);
  /// What begins and ends within octets: so many bits of the first one, and of the last, belong to the neighbours.
  [[nodiscard]] bool append_bits(rtp::Bytes bytes, int not_first, int not_last);
  [[nodiscard]] bool append(rtp::Bytes bytes);
  void begin_unit(std::uint8_t header);
  void finish(Sink sink);
  void drop();

  gst::Coding coding_;
  EncodedPicture picture_;
  bool begun_ = false;        ///< the picture's first packet was there
  int open_bits_ = 0;         ///< of the last octet, which the next packet fills
  bool in_fragment_ = false;  ///< H.264: within a unit that is spread over packets
  std::uint32_t timestamp_ = 0;
  std::vector<std::uint8_t> spare_;
};

/// How high the picture is that begins with this payload, if it is a key frame and says so here (VP8); else 0.
[[nodiscard]] int key_frame_height(gst::Coding coding, rtp::Bytes payload);

}  // namespace rollcall::mcu::leg
