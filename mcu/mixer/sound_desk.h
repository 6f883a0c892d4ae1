#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mcu/mixer/loudest.h"
#include "mcu/mixer/sound.h"
#include "mcu/voice/source.h"

namespace rollcall::mcu::mixer {

/// What one of the loudest hears: everybody heard but himself.
struct OwnMix {
  std::string id;
  Block samples;
};

/// The mixing desk of one conference: who is heard, the mix of them for all, and one for each of them without himself.
/// Asks everybody how loud he is, and decodes only who is heard; besides, a few at a time, those whose loudness nothing
/// but decoding can tell. Pure; owned by a SoundMixer.
class SoundDesk {
 public:
  /// `id` is new. The source is borrowed until remove() of the same id has returned.
  void add(const std::string& id, voice::Source& source);
  void remove(const std::string& id);
  /// Whoever is muted is not heard, whatever he sends.
  void mute(const std::string& id, bool muted);

  /// The next 20 ms, due at `now`.
  void mix(voice::Time now);

  /// For all who have no mix of their own.
  [[nodiscard]] const Block& common() const { return common_; }
  [[nodiscard]] std::span<const OwnMix> own() const { return own_; }
  /// Empty: nobody speaks.
  [[nodiscard]] const std::string& speaker() const { return speaker_; }
  [[nodiscard]] std::uint64_t blocks_decoded() const { return blocks_decoded_; }

 private:
  struct Participant {
    std::size_t number = 0;
    std::string id = {};
    voice::Source* source = nullptr;
    bool muted = false;
    bool seated = false;               ///< was heard in the last block
    bool decoded = false;              ///< `block` is that of this tick
    std::size_t silent_blocks = 1000;  ///< in a row
    double loudness = 0;               ///< the last that is known
    double said = 0;                   ///< by himself, of this tick; 0: nothing
    double trust = 1;                  ///< what he says against what is heard; who claims too much is believed less
    Block block{};
  };
  void listen(voice::Time now);
  void probe();
  void decode(Participant& participant);
  void choose();
  void blend();

  std::vector<Participant> participants_;
  std::vector<std::size_t> unknown_;  ///< places of those who must be decoded to know how loud they are
  std::vector<Loudest::Level> levels_;
  std::vector<Participant*> heard_;
  std::size_t next_number_ = 0;
  std::size_t next_probe_ = 0;
  Loudest loudest_;
  Block common_{};
  std::vector<OwnMix> own_;
  std::string speaker_;
  std::uint64_t blocks_decoded_ = 0;
};

}  // namespace rollcall::mcu::mixer
