// A person without a screen: logs in, does what the command line says, measures, and says goodbye.
#pragma once

#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probe/disco.h"
#include "probe/jingle_session.h"
#include "probe/measurements.h"
#include "probe/media.h"
#include "probe/options.h"
#include "probe/report.h"
#include "probe/roster.h"
#include "probe/session.h"

namespace rollcall::probe {

/// Wires the stream, the call and the media of one participant, and holds nothing else. Main thread.
class Participant {
 public:
  Participant(Options options, Report& report);

  /// Until it is done, or `stop` becomes true. Returns the exit code: 0 all met, 1 not, 69 no login.
  int run(const volatile std::sig_atomic_t& stop);

 private:
  // participant.cpp: the loop
  [[nodiscard]] bool done() const;
  [[nodiscard]] std::vector<std::string> unmet_now() const;
  void tick();
  void take_last_statistics();
  void say_goodbye();

  // participant_stanzas.cpp: what comes from the server
  void take(const Stanza& stanza);
  void log_in();
  void take_message(const Stanza& message);
  void take_iq(const Stanza& iq);
  void take_proposal(const Stanza& message);
  void take_presence(const Presence& presence);
  void try_direct_call();

  // participant_call.cpp: one call
  void call(const std::string& address);
  JingleSession& new_call();
  void start_offer();
  void take(CallEvent event);
  void take(MediaEvent event);
  void take_progress(const std::string& step);
  void hang_up(const std::string& reason);
  void write_snapshot();

  Options options_;
  Report& report_;
  Disco disco_;
  Session session_;
  Roster roster_;
  Measurements measurements_;
  MediaEventQueue media_events_;
  std::unique_ptr<Media> media_;
  std::unique_ptr<JingleSession> jingle_;
  std::vector<CallEvent> call_events_;  ///< told during a stanza, dealt with after it
  std::string waiting_to_call_;         ///< direct mode: until a resource of it shows
  std::optional<Milliseconds> logged_in_;
  std::optional<Milliseconds> next_statistics_;
  std::optional<Milliseconds> next_snapshot_;
  Milliseconds next_figures_{0};
  std::vector<std::string> failures_;  ///< sentences
  bool disconnected_ = false;
  bool call_over_ = false;
  bool reply_seen_ = false;
};

}  // namespace rollcall::probe
