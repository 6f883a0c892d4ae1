#include "mcu/mixer/picture_mixer.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::mixer {

using Clock = Ticker::Clock;

namespace {

constexpr std::size_t most_artworks = 4;  ///< sizes of tile that one participant's are kept for

constexpr int even(int value) {
  return value & ~1;
}

/// The picture as a buffer, without a copy; it counts as being read until the last holder has let go of it.
gst::BufferPtr buffer_of(const std::shared_ptr<MixedPicture>& picture) {
  const auto bytes = picture->canvas.bytes();
  ++picture->readers;
  const auto done = [](gpointer data) {
    const std::unique_ptr<std::shared_ptr<MixedPicture>> held(static_cast<std::shared_ptr<MixedPicture>*>(data));
    (*held)->readers.fetch_sub(1, std::memory_order_release);
  };
  GstBuffer* buffer = gst_buffer_new();
  gst_buffer_append_memory(buffer,
                           gst_memory_new_wrapped(GST_MEMORY_FLAG_READONLY, bytes.data(), bytes.size(), 0, bytes.size(),
                                                  new std::shared_ptr<MixedPicture>(picture), done));
  return gst::BufferPtr(buffer);
}

}  // namespace

PictureMixer::PictureMixer(Settings settings, Output output, Wanted wanted)
    : settings_(settings),
      output_(std::move(output)),
      wanted_(std::move(wanted)),
      arrangement_(settings.size),
      composer_(settings.size, settings.glide),
      ticker_(std::chrono::nanoseconds(std::chrono::seconds(1)) / settings.frame_rate, 0,
              [this](std::uint64_t number) { tick(number); }) {
  gst::initialise();
}

PictureMixer::~PictureMixer() {
  ticker_.stop();
}

void PictureMixer::start() {
  if (running()) return;
  start_time_ = gst::running_time_now();
  last_frame_ = {};
  ticker_.start();
  tell_wanted();
}

void PictureMixer::stop() {
  ticker_.stop();
  tell_wanted();
}

void PictureMixer::add(const std::string& id, Appearance appearance, const PictureSlot& slot) {
  assert(std::none_of(participants_.begin(), participants_.end(), [&](const auto& other) { return other.id == id; }));
  participants_.push_back({id, std::move(appearance), &slot});
  arrangement_.join(id);
  rearrange();
}

void PictureMixer::update(const std::string& id, Appearance appearance) {
  Participant& participant = find(id);
  if (participant.appearance == appearance) return;
  participant.appearance = std::move(appearance);
  participant.artwork.clear();
  rearrange();
}

void PictureMixer::remove(const std::string& id) {
  find(id);
  std::erase_if(participants_, [&](const Participant& other) { return other.id == id; });
  arrangement_.leave(id);
  rearrange();
}

void PictureMixer::set_speaker(const std::string& id) {
  if (speaker_ == id) return;
  speaker_ = id;
  arrangement_.spoke(id);
  rearrange();
}

void PictureMixer::set_layout(layout::Layout layout) {
  arrangement_.set_layout(layout);
  rearrange();
}

void PictureMixer::set_spotlight(const std::string& id) {
  arrangement_.set_spotlight(id);
  rearrange();
}

void PictureMixer::set_presentation(const std::string& id) {
  for (Participant& participant : participants_) participant.artwork.clear();  // one mark goes, another comes
  arrangement_.set_presentation(id);
  rearrange();
}

void PictureMixer::set_recording(bool recording) {
  if (recording == (recording_ != nullptr)) return;
  recording_ = recording ? std::make_shared<const Overlay>(draw_recording(settings_.size)) : nullptr;
  rearrange();
}

void PictureMixer::set_slate(std::string title, std::string text) {
  if (slate_ && title == title_ && text == text_) return;
  title_ = std::move(title);
  text_ = std::move(text);
  slate_ = std::make_shared<const Overlay>(draw_slate(title_, text_, settings_.size));
  const std::string line = title_.empty() ? text_ : title_ + " · " + text_;
  notice_ = text_.empty() ? nullptr : std::make_shared<const Overlay>(draw_notice(line, settings_.size));
  rearrange();
}

PictureFigures PictureMixer::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

PictureMixer::Participant& PictureMixer::find(const std::string& id) {
  const auto at = std::find_if(participants_.begin(), participants_.end(), [&](auto& other) { return other.id == id; });
  assert(at != participants_.end());
  return *at;
}

void PictureMixer::rearrange() {
  Scene scene;
  for (const auto& shown : arrangement_.shown()) scene.seats.push_back(seat_for(shown));
  scene.over = what_lies_over(scene.seats.empty());
  {
    const std::lock_guard lock(mutex_);
    composer_.set_scene(std::move(scene), Clock::now());
  }
  tell_wanted();
}

Seat PictureMixer::seat_for(const layout::Arrangement::Shown& shown) {
  Participant& who = find(shown.id);
  const layout::Size size{shown.tile.width, shown.tile.height};
  Seat seat{shown.id, who.slot, shown.tile, shown.fit, artwork_for(who, size)};
  if (size != settings_.size) seat.edges = edges_for(size, shown.id == speaker_);
  seat.camera_off = who.appearance.camera_muted || who.appearance.on_hold;
  seat.card_after = shown.fit == layout::Fit::whole ? settings_.screen_card_after : settings_.card_after;
  return seat;
}

const std::shared_ptr<const Artwork>& PictureMixer::artwork_for(Participant& who, layout::Size size) {
  if (who.artwork.size() > most_artworks) who.artwork.clear();
  auto& artwork = who.artwork[{size.width, size.height}];
  if (artwork) return artwork;
  const Appearance& look = who.appearance;
  const bool presenting = who.id == arrangement_.presentation();
  const Label label{look.name,  look.microphone_muted, look.note,  look.poor_connection,
                    presenting, look.hand_raised,      look.avatar};
  artwork = std::make_shared<const Artwork>(Artwork{draw_name(label, size), draw_card(label, size)});
  return artwork;
}

const std::shared_ptr<const Edges>& PictureMixer::edges_for(layout::Size size, bool speaking) {
  auto& edges = edges_[{size.width, size.height, speaking}];
  if (!edges) edges = std::make_shared<const Edges>(draw_edges(size, speaking));
  return edges;
}

std::vector<Placed> PictureMixer::what_lies_over(bool nobody) const {
  std::vector<Placed> over;
  const layout::Size canvas = settings_.size;
  const int margin = even(canvas.height / 40);
  if (nobody && slate_) over.push_back({slate_, 0, 0});
  if (!nobody && notice_) over.push_back({notice_, even((canvas.width - notice_->size.width) / 2), margin});
  if (recording_) over.push_back({recording_, canvas.width - margin - recording_->size.width, margin});
  return over;
}

void PictureMixer::tell_wanted() {
  if (!wanted_) return;
  std::map<std::string, layout::Size> sizes;
  if (running())
    for (const auto& shown : arrangement_.shown()) sizes[shown.id] = {shown.tile.width, shown.tile.height};
  for (Participant& participant : participants_) {
    const auto at = sizes.find(participant.id);
    const auto size = at == sizes.end() ? std::nullopt : std::optional(at->second);
    if (participant.told == size && participant.told.has_value()) continue;
    participant.told.emplace(size);
    wanted_(participant.id, size);
  }
}

void PictureMixer::tick(std::uint64_t number) {
  gst::BufferPtr picture;
  bool changed = false;
  {
    const std::lock_guard lock(mutex_);
    const Clock::time_point now = Clock::now();
    const Composer::Result result = composer_.compose(now);
    if (!result.picture) return;
    count(now, result);
    picture = buffer_of(result.picture);
    changed = result.changed;
  }
  const std::chrono::nanoseconds second = std::chrono::seconds(1);
  const std::chrono::nanoseconds running_time = start_time_ + number * second / settings_.frame_rate;
  GST_BUFFER_PTS(picture.get()) = static_cast<GstClockTime>(running_time.count());
  GST_BUFFER_DURATION(picture.get()) = static_cast<GstClockTime>((second / settings_.frame_rate).count());
  output_(picture.get(), changed);
}

void PictureMixer::count(Clock::time_point now, const Composer::Result& result) {
  ++figures_.frames;
  figures_.unchanged += result.changed ? 0 : 1;
  figures_.tiles_drawn += result.drawn;
  const Clock::time_point before = std::exchange(last_frame_, now);
  if (before == Clock::time_point{}) return;
  const auto gap = std::chrono::duration_cast<std::chrono::microseconds>(now - before);
  figures_.max_gap = std::max(figures_.max_gap, gap);
  if (gap * settings_.frame_rate > std::chrono::milliseconds(1500)) ++figures_.late;
}

}  // namespace rollcall::mcu::mixer
