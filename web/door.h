#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "allocator/model/ids.h"
#include "sdp/sdp.h"
#include "web/allocator.h"
#include "web/call.h"
#include "web/rate_limit.h"
#include "web/request.h"

namespace rollcall::web {

/// The browser door: guests' requests in, control messages out, and back. Holds the guests' calls. No socket, no
/// clock: time is an argument. One per process, owned by main(); loop thread.
class Door {
 public:
  struct Settings {
    std::chrono::seconds answer_within{15};   ///< a request that waits for the allocator
    std::chrono::seconds poll_for{20};        ///< how long a long poll is held
    std::chrono::seconds forsaken_after{30};  ///< a call whose page does not ask any more is hung up
    std::size_t most_parked = 200;            ///< long polls at once, each holds a thread; others are answered at once
    RateLimit::Settings joins{.burst = 30, .per_second = 0.5};
    RateLimit::Settings requests{.burst = 120, .per_second = 30};
  };
  /// Unguessable text, at least 128 bits.
  using NewToken = std::function<std::string()>;

  Door(Allocator& allocator, Settings settings, NewToken new_token);

  /// `respond` is called once, now or later.
  void handle(const Request& request, TimePoint now, Respond respond);
  /// Once a second.
  void tick(TimePoint now);

  /// From the allocator. A call that is not known has ended meanwhile.
  void call_ended(const model::LegId& leg, model::Reason reason);
  void call_message(const model::LegId& leg, const std::string& text);
  void call_candidate(const control::CallCandidate& candidate);

  /// The calls that are up, for the hello.
  [[nodiscard]] std::vector<model::LegId> legs() const;
  /// The process ends: every waiting request is answered. The calls' media goes on; their pages join again.
  void close();

 private:
  /// A request that the allocator has not answered yet.
  struct Waiting {
    Respond respond;
    TimePoint until = {};
  };
  using WaitingId = std::uint64_t;

  Answer handle_now(const Request& request, const Route& route, TimePoint now);
  void resolve(const std::string& link, TimePoint now, Respond respond);
  void join(const std::string& link, const std::string& body, TimePoint now, Respond respond);
  void joined(WaitingId id, const sdp::Session& offer, model::Expected<control::CallIncoming::Result> result,
              TimePoint joined_at);
  void offer(const std::string& token, const std::string& body, TimePoint now, Respond respond);
  void events(const std::string& token, TimePoint now, Respond respond);
  Answer candidates(const std::string& token, const std::string& body, TimePoint now);
  Answer mute(const std::string& token, const std::string& body, TimePoint now);
  Answer leave(const std::string& token);

  Call* find(const std::string& token, TimePoint now);
  Call* find(const model::LegId& leg);
  WaitingId wait(Respond respond, TimePoint now);
  /// None if the browser has been told already that it took too long.
  Respond take(WaitingId id);
  [[nodiscard]] std::size_t parked() const;
  std::optional<Answer> limited(const Route& route, const std::string& source, TimePoint now);

  Allocator& allocator_;
  Settings settings_;
  NewToken new_token_;
  RateLimit joins_;
  RateLimit requests_;
  std::map<std::string, Call> calls_;
  std::map<WaitingId, Waiting> waiting_;
  WaitingId last_waiting_ = 0;
  TimePoint quiet_until_ = {};  ///< so that a flood of requests is no flood of log lines
};

}  // namespace rollcall::web
