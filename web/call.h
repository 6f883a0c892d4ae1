#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "allocator/model/ids.h"
#include "allocator/model/refusal.h"
#include "web/rate_limit.h"
#include "web/request.h"

namespace rollcall::web {

/// One guest's call, as long as his page or the conference keeps it. Owned by the door, by its token; loop thread.
/// The token is the page's only right to the call: the leg's id is known to others and never leaves the door.
class Call {
 public:
  Call(model::LegId leg, TimePoint now) : leg_(std::move(leg)), seen_(now) {}

  [[nodiscard]] const model::LegId& leg() const { return leg_; }

  /// The page asks for news: answered at once if there are any, else parked until there are, or until `until`. An
  /// earlier parked request is answered empty; a page has only one.
  void poll(TimePoint now, TimePoint until, bool connected, Respond respond);
  void add_event(std::string event, bool connected);
  /// Ends a poll that has waited long enough.
  void tick(TimePoint now, bool connected);
  /// Answers the parked poll, if there is one, with what there is.
  void release(bool connected);
  [[nodiscard]] bool is_parked() const { return static_cast<bool>(parked_); }

  /// The page showed that it lives.
  void saw(TimePoint now) { seen_ = now; }
  [[nodiscard]] bool is_forsaken(TimePoint now, TimePoint::duration patience) const { return now - seen_ > patience; }

  /// The conference ended it; the call stays only until the page has heard why.
  void end(model::Reason reason, bool connected);
  [[nodiscard]] bool is_over() const { return over_; }

  /// Only one new description at a time.
  bool begin_offer();
  void end_offer() { offering_ = false; }
  std::uint64_t next_version() { return ++version_; }

 private:
  model::LegId leg_;
  TimePoint seen_;
  std::vector<std::string> events_;
  Respond parked_;
  TimePoint parked_until_ = {};
  std::uint64_t version_ = 0;
  bool offering_ = false;
  bool over_ = false;
};

}  // namespace rollcall::web
