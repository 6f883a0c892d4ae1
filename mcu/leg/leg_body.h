#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mcu/leg/carrier.h"
#include "mcu/leg/health.h"
#include "mcu/leg/leg.h"
#include "mcu/leg/media_session.h"
#include "mcu/transport/io_context.h"

namespace rollcall::mcu::leg {

/// What a Leg is made of. The functions are those of Leg.
class Leg::Body {
 public:
  Body(model::LegId id, model::LegProfile profile, transport::IoContext& io, Post post, Sinks sinks,
       Callbacks callbacks);
  ~Body();
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  model::Expected<model::MediaDescription> answer(const model::MediaDescription& offer);
  model::Expected<model::MediaDescription> offer();
  model::Expected<void> accept(const model::MediaDescription& answer);
  model::Expected<model::MediaDescription> change(const model::MediaDescription& offer);
  void add_candidate(const std::string& mid, const model::IceCandidate& candidate);
  [[nodiscard]] std::optional<gst::Coding> coding(model::MediaKind kind) const;
  void send(const gst::PicturePtr& picture);
  void send(const gst::EncodedSound& sound);
  void set_wanted(std::optional<Wanted> wanted);

 private:
  /// One m-line. Without a session: nothing in common, or not answered yet.
  struct Line {
    std::string mid;
    model::MediaKind kind = model::MediaKind::audio;
    model::Direction direction = model::Direction::inactive;  ///< ours
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;
    Carrier* carrier = nullptr;
    std::unique_ptr<MediaSession> session = {};
  };

  // leg_negotiation.cpp
  model::Expected<model::MediaDescription> apply(const model::MediaDescription& offer);
  model::Expected<void> check_change(const model::MediaDescription& offer) const;
  model::MediaDescription offer_first();
  model::MediaDescription offer_again();
  void add_transports(model::MediaDescription& ours) const;
  model::MediaDescription describe(const model::MediaDescription& offer);
  model::Media describe(const Line& line, const model::Media& theirs) const;
  void add_source(model::Media& ours, const Line& line) const;

  // leg_lines.cpp
  void apply_media(const model::Media& theirs, const model::MediaDescription& all, bool bundled);
  void rest_others(const model::MediaDescription& theirs);
  void begin_session(Line& line, Choice choice);
  void carry(Line& line, const model::Media& theirs);
  void set_direction(Line& line, model::Direction ours);
  Carrier& carrier_for(const model::Media& theirs, const model::MediaDescription& offer);
  Carrier& add_carrier(bool offerer, const model::Transport* theirs);
  std::uint32_t new_ssrc(const model::MediaDescription* theirs) const;
  Line* find(const std::string& mid);
  const Line* find(const std::string& mid) const;
  void replay_candidates();

  // leg_body.cpp
  void begin_watching();
  void on_tick(HealthWatch::Time now);
  void judge(const HealthWatch::Seen& seen);
  [[nodiscard]] HealthWatch::Seen look(HealthWatch::Time now) const;
  void on_secured();
  void on_ended(model::Reason reason);
  void want_key_frame();
  void begin_with_key_frames();
  /// What is asked for of a peer's pictures now.
  [[nodiscard]] std::optional<Wanted> asked_for() const;
  /// Posts to the loop what is dropped if the leg has gone by then. Any thread.
  void post(std::function<void(Body&)> task);
  MediaSession::Events session_events(model::MediaKind kind);

  model::LegId id_;
  model::LegProfile profile_;
  transport::IoContext& io_;
  Post post_;
  Sinks sinks_;
  Callbacks callbacks_;
  std::string cname_;
  std::shared_ptr<Body*> alive_;  ///< shared with posted closures; emptied on the loop thread
  bool established_ = false;      ///< both descriptions are there
  bool connected_ = false;
  bool ended_ = false;
  std::atomic<bool> is_connected_ = false;  ///< as connected_, for the I/O thread
  std::atomic<std::chrono::steady_clock::rep> last_key_wish_ = 0;
  std::optional<HealthWatch> health_;
  std::optional<Wanted> wanted_;
  std::deque<std::pair<std::string, model::IceCandidate>> early_;

  std::vector<std::unique_ptr<Carrier>> carriers_;
  std::deque<Line> lines_;                               ///< in the order of the descriptions; never moves
  std::array<std::atomic<MediaSession*>, 2> sending_{};  ///< the first of each kind: what send() uses
  // Written by the loop thread while the I/O thread waits:
  std::vector<MediaSession*> sessions_;
  std::atomic<HealthWatch::Time::rep> key_frame_again_ = 0;  ///< when the second one is due; 0: it is not
  HealthWatch::Time next_look_ = {};
  transport::IoContext::Tick tick_;  ///< the first to go
};

}  // namespace rollcall::mcu::leg
