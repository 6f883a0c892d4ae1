#pragma once

namespace rollcall::model {

/// What the MCU may use on a leg. The MCU never learns which door a leg came through, only this.
struct LegProfile {
  bool bundle = true;      ///< offering: put all media on one transport (Dino cannot, JC-32)
  bool video = true;       ///< offering: offer video beside sound
  int video_kbit = 1500;   ///< ceiling of the picture that we send
  int receive_kbit = 1500;  ///< the most that the participant is asked to send; less where his tile is small
  bool operator==(const LegProfile&) const = default;
};

}  // namespace rollcall::model
