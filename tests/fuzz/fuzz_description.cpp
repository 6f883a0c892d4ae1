// Whatever description a door passes on is refused or makes sense to a leg: what is chosen of it is something that was
// offered, and what is answered can be said.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mcu/leg/codec_choice.h"
#include "mcu/leg/description_check.h"
#include "sdp/sdp.h"

namespace {

using namespace rollcall;

void must(bool condition) {
  if (!condition) std::abort();
}

model::Media answer(const model::Media& theirs, bool bundled) {
  model::Media ours{.mid = theirs.mid, .kind = theirs.kind, .direction = model::Direction::inactive};
  if (const auto choice = mcu::leg::choose(theirs, bundled)) {
    const auto offered = [&](const model::Codec& codec) {
      return std::ranges::find(theirs.codecs, codec.payload_type, &model::Codec::payload_type) != theirs.codecs.end();
    };
    must(offered(choice->codec) && (!choice->rtx || offered(*choice->rtx)));
    must(choice->layers() >= 1 && choice->layers() <= mcu::leg::most_layers);
    for (const auto& rid : choice->rids) must(std::ranges::find(theirs.send_rids, rid) != theirs.send_rids.end());
    ours = mcu::leg::agreed_media(theirs.mid, mcu::leg::mirrored(theirs.direction), *choice);
  }
  ours.transport = theirs.transport;
  return ours;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto offer = sdp::parse_session({reinterpret_cast<const char*>(data), size});
  if (!offer || !mcu::leg::check_description(offer->description)) return 0;
  const bool bundled = mcu::leg::knows_bundle(offer->description);
  model::MediaDescription ours{.transports = offer->description.transports};
  for (const auto& media : offer->description.media) ours.media.push_back(answer(media, bundled));
  must(sdp::parse_session(sdp::write_answer(*offer, ours)).has_value());
  return 0;
}
