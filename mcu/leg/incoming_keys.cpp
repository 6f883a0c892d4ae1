// The keys of a telephone, which come in the stream of its voice.
#include <string_view>

#include "mcu/leg/incoming.h"

namespace rollcall::mcu::leg {

/// RFC 4733 §2.3. What is pressed is known from the first packet.
void Incoming::take_key(const rtp::Packet& packet) {
  constexpr std::string_view keys = "0123456789*#ABCD";
  if (packet.payload.size() < 4 || packet.payload[0] >= keys.size() || last_key_ == packet.header.timestamp) {
    return;
  }
  last_key_ = packet.header.timestamp;
  if (sinks_.key) {
    sinks_.key(keys[packet.payload[0]]);
  }
}

}  // namespace rollcall::mcu::leg
