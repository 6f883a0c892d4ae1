#include "mcu/encode/sound_encoders.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rollcall::mcu::encode {
namespace {

constexpr std::uint64_t silence_sent = 10;  // blocks, so that what rings in codecs and ears can end
constexpr std::uint64_t sign_of_life = 20;  // blocks, as libopus' own DTX
constexpr std::uint64_t kept_idle = 500;    // blocks: an encoder of one's own that is not needed for 10 s goes
constexpr int least_loss = 5;               // some FEC always, the first lost packet comes before the first report
constexpr int most_loss = 20;

bool is_silent(SoundBlock block) {
  return std::all_of(block.begin(), block.end(), [](std::int16_t sample) { return sample == 0; });
}

}  // namespace

/// Everything but `mutex`, `send` and `loss` belongs to the tick thread.
struct SoundEncoders::Listener {
  Listener(std::string id, gst::Coding coding, SendSound send)
      : id(std::move(id)), coding(coding), send(std::move(send)) {}

  const std::string id;
  const gst::Coding coding;
  std::mutex mutex = {};  ///< held while he is sent to, and by nobody else but who ends it
  SendSound send;
  std::atomic<int> loss = 0;

  std::unique_ptr<SoundEncoder> encoder = {};  ///< made when first needed
  std::uint64_t silent_blocks = 0;
  std::uint8_t header = 0;  ///< of his last Opus packet
  bool paused = true;

  void give(const gst::EncodedSound& sound) {
    const std::lock_guard lock(mutex);
    if (send) send(sound);
  }
  void close() {
    const std::lock_guard lock(mutex);
    send = nullptr;
  }
};

Subscription SoundEncoders::subscribe(const std::string& id, gst::Coding coding, SendSound send) {
  auto listener = std::make_shared<Listener>(id, coding, std::move(send));
  change([&](Listeners& all) { all.push_back(listener); });
  return Subscription([this, listener] {
    change([&](Listeners& all) { std::erase(all, listener); });
    listener->close();
  });
}

void SoundEncoders::report_loss(const std::string& id, int percent) {
  for (const auto& listener : *listeners())
    if (listener->id == id) listener->loss = percent;
}

std::shared_ptr<const SoundEncoders::Listeners> SoundEncoders::listeners() const {
  const std::lock_guard lock(mutex_);
  return listeners_;
}

void SoundEncoders::change(const std::function<void(Listeners&)>& how) {
  const std::lock_guard lock(mutex_);
  auto changed = std::make_shared<Listeners>(*listeners_);
  how(*changed);
  listeners_ = std::move(changed);
}

void SoundEncoders::encode(std::uint64_t number, std::chrono::nanoseconds running_time, SoundBlock common,
                           const OwnMix& own) {
  const Tick tick{number, running_time, common, is_silent(common)};
  for (auto& [coding, shared] : shared_) {
    if (shared.encoder) shared.encoder->expect_loss(std::clamp(shared.loss, least_loss, most_loss));
    shared.loss = 0;
  }
  const auto all = listeners();
  for (const auto& listener : *all) serve(*listener, tick, own(listener->id));
  for (auto& [coding, shared] : shared_) {
    if (!std::exchange(shared.encoded, false) && tick.common_silent && shared.encoder) shared.encoder->skip(number);
  }
  history_.add(common);
}

void SoundEncoders::serve(Listener& listener, const Tick& tick, const std::optional<SoundBlock>& own) {
  const bool silent = own ? is_silent(*own) : tick.common_silent;
  listener.silent_blocks = silent ? listener.silent_blocks + 1 : 0;
  if (listener.encoder && tick.number > listener.encoder->last_number() + kept_idle) listener.encoder.reset();
  if (listener.coding == gst::Coding::opus && listener.silent_blocks > silence_sent) {
    if (own && listener.encoder) listener.encoder->skip(tick.number);
    return pause(listener, tick);
  }
  const auto payload = own ? alone(listener, tick, *own) : shared(listener, tick);
  listener.header = payload.front();
  listener.give({listener.coding, tick.running_time, payload, std::exchange(listener.paused, false)});
  ++blocks_sent_;
}

/// A packet without a frame says that a pause begins, or that it goes on.
void SoundEncoders::pause(Listener& listener, const Tick& tick) {
  constexpr std::uint8_t one_frame = 0xFC;  // of the header, all but the number of frames
  listener.paused = true;
  if ((listener.silent_blocks - silence_sent - 1) % sign_of_life != 0) return;
  const std::array<std::uint8_t, 1> header{static_cast<std::uint8_t>(listener.header & one_frame)};
  listener.give({listener.coding, tick.running_time, header, false});
  ++blocks_sent_;
}

std::span<const std::uint8_t> SoundEncoders::shared(const Listener& listener, const Tick& tick) {
  Shared& shared = shared_[listener.coding];
  shared.loss = std::max(shared.loss, listener.loss.load());
  if (shared.encoded) return shared.payload;
  if (!shared.encoder) shared.encoder = std::make_unique<SoundEncoder>(listener.coding);
  shared.encoded = true;
  ++blocks_encoded_;
  return shared.payload = shared.encoder->encode(tick.number, tick.common, history_);
}

std::span<const std::uint8_t> SoundEncoders::alone(Listener& listener, const Tick& tick, SoundBlock own) {
  if (!listener.encoder) listener.encoder = std::make_unique<SoundEncoder>(listener.coding);
  listener.encoder->expect_loss(std::clamp(listener.loss.load(), least_loss, most_loss));
  ++blocks_encoded_;
  return listener.encoder->encode(tick.number, own, history_);
}

}  // namespace rollcall::mcu::encode
