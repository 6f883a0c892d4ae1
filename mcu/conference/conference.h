#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/media_description.h"
#include "mcu/conference/guarded_post.h"
#include "mcu/conference/mixing.h"
#include "mcu/conference/participant.h"
#include "mcu/conference/recorder.h"
#include "mcu/layout/layouts.h"

namespace rollcall::mcu::conference {

/// A running conference: who is in it, and the mix that all of them get. Holds states, decides nothing: whoever the
/// allocator sends is let in. Owned by the worker; loop thread. Deleting it ends every leg.
class Conference {
 public:
  /// Loop thread; the leg is named by its id, because it may be gone by then.
  struct Callbacks {
    std::function<void(const model::LegId&)> connected;
    /// It does not exist here any more.
    std::function<void(const model::LegId&, model::Reason)> ended;
    std::function<void(const model::LegId&, const leg::Health&)> health;
    std::function<void(const std::optional<model::LegId>&)> speaker;
    /// Something of the machine's own failed; the conference goes on as well as it can.
    std::function<void(const std::string& text)> failed;
    /// A recording ended by itself: its file, and why.
    std::function<void(const std::string& file, const std::string& reason)> recording_ended = {};
    std::function<void(const model::LegId&, char key)> key = {};  ///< pressed on a telephone
  };

  Conference(std::string title, const Participant::Settings& settings, transport::IoContext& io, GuardedPost::Post post,
             Callbacks callbacks);
  ~Conference();
  Conference(const Conference&) = delete;
  Conference& operator=(const Conference&) = delete;

  /// A new leg, `id` not in use: answers `offer`, or makes one by the profile. Refused as Leg::answer() and offer() do;
  /// there is no such leg then.
  [[nodiscard]] model::Expected<model::MediaDescription> add(const model::LegId& id, std::string name,
                                                             const model::LegProfile& profile,
                                                             const std::optional<model::MediaDescription>& offer);
  /// These refuse unknown_leg.
  [[nodiscard]] model::Expected<void> accept(const model::LegId& id, const model::MediaDescription& answer);
  [[nodiscard]] model::Expected<model::MediaDescription> change(const model::LegId& id,
                                                                const model::MediaDescription& offer);
  [[nodiscard]] model::Expected<void> update(const model::LegId& id, const Participant::Change& change);
  [[nodiscard]] model::Expected<void> remove(const model::LegId& id);
  /// He needs a whole picture. Of no effect for who is not here.
  void refresh(const model::LegId& id);
  void add_candidate(const model::LegId& id, const std::string& mid, const model::IceCandidate& candidate);

  /// How the picture is arranged: what is not said stays. An id that is not here counts as nobody's, an empty one too.
  struct Arrange {
    std::optional<std::string> title = {};
    std::optional<layout::Layout> layout = {};
    std::optional<model::LegId> spotlight = {};     ///< who is large whoever speaks
    std::optional<model::LegId> presentation = {};  ///< whose picture is a screen
  };
  void arrange(const Arrange& arrange);
  /// How much of the picture's quality is given up for the machine's load: a level of mcu/encode/shedding.h.
  void shed(int level);

  /// The mix goes to a new file named after `name`, until stop_recording(), the end of a limit or the disk, or until
  /// nobody is here any more. Returns its path. Refuses busy (it is recorded already), and as record::create_file()
  /// does.
  [[nodiscard]] model::Expected<std::string> start_recording(const std::string& name,
                                                             std::chrono::system_clock::time_point now);
  /// The file is complete when this has returned. Of no effect if nothing is recorded.
  void stop_recording() { recorder_.reset(); }
  [[nodiscard]] bool recording() const { return recorder_ != nullptr; }

  [[nodiscard]] bool holds(const model::LegId& id) const { return participants_.contains(id); }
  [[nodiscard]] std::vector<model::LegId> legs() const;
  [[nodiscard]] Figures figures() const { return mixing_->figures(); }

 private:
  [[nodiscard]] Participant::Callbacks callbacks_for(const model::LegId& id);
  void on_ended(const model::LegId& id, model::Reason reason);
  void on_speaker(const std::string& id);
  void on_wanted(const std::string& id, std::optional<layout::Size> tile);
  void on_encoder_failed(const std::string& text);
  void take_out(const model::LegId& id);
  void show_slate();
  void end_recording(const std::string& reason);

  std::string title_;
  Participant::Settings settings_;
  transport::IoContext& io_;
  GuardedPost::Post post_;
  Callbacks callbacks_;
  int encoder_restarts_ = 0;
  int shed_ = 0;
  GuardedPost guarded_;
  std::unique_ptr<Mixing> mixing_;
  std::map<model::LegId, std::unique_ptr<Participant>> participants_;
  std::unique_ptr<Recorder> recorder_;
};

}  // namespace rollcall::mcu::conference
