#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "allocator/control/codec.h"
#include "allocator/control/messages.h"
#include "allocator/model/units.h"
#include "daemon/event_loop.h"
#include "mcu/conference/conference.h"
#include "mcu/shedding.h"
#include "mcu/usage.h"

namespace rollcall::mcu {

/// What this process carries: the conferences, and the control messages that make, change and end them. Knows legs and
/// descriptions, and neither people nor signalling. Goes on without an allocator. Owned by main(); loop thread.
class Worker {
 public:
  struct Settings {
    std::string name;
    conference::Participant::Settings conference = {};
    double capacity_units = 0;
    std::chrono::seconds figures_every{10};
    std::string host = {};  ///< the same for all workers of a machine, who share its capacity
    int cores = 1;
    model::units::Costs costs = {};
  };
  using News = std::variant<control::LegConnected, control::LegEnded, control::LegHealth, control::ConferenceSpeaker,
                            control::RecordingChanged, control::McuLoad, control::LegDtmf>;

  Worker(daemon::EventLoop& loop, transport::IoContext& io, Settings settings, std::function<void(const News&)> tell);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// What is held and what can be carried.
  [[nodiscard]] control::Hello hello() const;
  /// Each request is answered before this returns. Refuses full, unknown_conference, unknown_leg, bad_request, and
  /// unknown_method for what is not an MCU's business.
  void take(const control::Incoming& incoming, control::Responder responder);
  /// The allocator is there (again): tells the load.
  void greet();

  [[nodiscard]] double used_units() const;

 private:
  using Conferences = std::map<model::ConferenceId, std::unique_ptr<conference::Conference>>;
  template <class T>
  using Expected = model::Expected<T>;

  [[nodiscard]] Expected<control::ConferenceCreate::Result> carry_out(const control::ConferenceCreate& request);
  [[nodiscard]] Expected<control::ConferenceUpdate::Result> carry_out(const control::ConferenceUpdate& request);
  [[nodiscard]] Expected<control::ConferenceDestroy::Result> carry_out(const control::ConferenceDestroy& request);
  [[nodiscard]] Expected<control::LegCreate::Result> carry_out(const control::LegCreate& request);
  [[nodiscard]] Expected<control::LegAnswer::Result> carry_out(const control::LegAnswer& request);
  [[nodiscard]] Expected<control::LegChange::Result> carry_out(const control::LegChange& request);
  [[nodiscard]] Expected<control::LegUpdate::Result> carry_out(const control::LegUpdate& request);
  [[nodiscard]] Expected<control::LegDestroy::Result> carry_out(const control::LegDestroy& request);
  [[nodiscard]] Expected<control::RecordingStart::Result> carry_out(const control::RecordingStart& request);
  [[nodiscard]] Expected<control::RecordingStop::Result> carry_out(const control::RecordingStop& request);
  template <class Request>
  void answer(const Request& request, control::Responder& responder);

  [[nodiscard]] conference::Conference::Callbacks callbacks_for(const model::ConferenceId& id);
  /// Where the leg is; nullptr: nowhere.
  [[nodiscard]] conference::Conference* with_leg(const model::LegId& leg);
  [[nodiscard]] model::units::Legs legs_of(const conference::Conference& conference) const;
  [[nodiscard]] control::McuLoad load() const;
  void tell_load(bool always);
  void look_at_pressure();
  void give_memory_back();
  void log_figures() const;

  daemon::EventLoop& loop_;
  transport::IoContext& io_;
  Settings settings_;
  std::function<void(const News&)> tell_;
  double told_units_ = 0;
  Conferences conferences_;
  bool memory_used_ = true;  ///< since it was given back last; measuring the machine uses much
  std::set<model::LegId> sound_only_;
  SheddingPolicy shedding_;
  CpuUsage usage_;
  double cpu_ = 0;   ///< cores, of late
  double late_ = 0;  ///< share of the pictures, of late
  std::uint64_t frames_seen_ = 0;
  std::uint64_t late_seen_ = 0;
  daemon::EventLoop::Registration pressure_timer_;
  daemon::EventLoop::Registration load_timer_;
  daemon::EventLoop::Registration figures_timer_;
};

}  // namespace rollcall::mcu
