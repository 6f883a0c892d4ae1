// One call's media on webrtcbin: a test picture and a tone out, pictures and sound in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "probe/colour.h"
#include "probe/media_event.h"

namespace rollcall::probe {

struct MediaSettings {
  bool bundle = true;    ///< offering; false is what Dino does: no group, one transport per media, no retransmission
  bool trickle = false;  ///< candidates come as events of their own
  bool video = true;     ///< offering
  Colour colour{0xc0, 0x30, 0x30};
  Colour ball{0xff, 0xff, 0xff};  ///< of the part that moves
  int width = 640;
  int height = 360;
  int frame_rate = 30;
  int video_kbit = 500;
  int tone = 440;                           ///< Hz; 0 is silence
  std::vector<std::string> addresses = {};  ///< to gather candidates on; empty: every one but loopback
};

/// Loads every element that a call needs and makes the process's DTLS key, which costs the first call 200 ms otherwise.
/// Refuses (internal) with a sentence that names what is not installed.
[[nodiscard]] model::Expected<void> prepare_media();

/// Owned by whoever has the call, destroyed with it. All methods on the main thread; what happens on GStreamer's
/// threads arrives in `events`, which must outlive this. Exactly one of offer() and answer() is called, once.
class Media {
 public:
  Media(MediaSettings settings, MediaEventQueue& events);
  ~Media();
  Media(const Media&) = delete;
  Media& operator=(const Media&) = delete;

  /// LocalDescription follows. Both refuse (internal) when GStreamer lacks an element, answer() also with
  /// no_common_codec and bad_request.
  [[nodiscard]] model::Expected<void> offer();
  [[nodiscard]] model::Expected<void> answer(const std::string& offer_sdp);

  void take_answer(const std::string& sdp);
  /// `line` is `candidate:…`. Candidates that come before the remote description are kept.
  void add_candidate(unsigned media, const std::string& line);

  /// Reads the pipeline's bus and watches webrtcbin's promises, which have no time limit of their own.
  void poll(Milliseconds now);
  /// Statistics follow.
  void ask_statistics();

 private:
  class Pipeline;
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace rollcall::probe
