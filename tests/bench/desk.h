// Whoever lets the generated participants into a conference.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "allocator/model/media_description.h"

namespace rollcall::bench {

/// Loop thread, owned by main().
class Desk {
 public:
  Desk() = default;
  virtual ~Desk() = default;
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  using Answered = std::function<void(model::Expected<model::MediaDescription>)>;
  virtual void create_leg(const model::LegId& leg, const std::string& name, const model::MediaDescription& offer,
                          Answered answered) = 0;
  virtual void destroy_leg(const model::LegId& leg) = 0;
  /// Everybody has left.
  virtual void end_conference() {}
  /// Legs that the other side ended by itself.
  [[nodiscard]] virtual int ended() const { return 0; }
  [[nodiscard]] virtual std::chrono::steady_clock::time_point last_end() const { return {}; }
};

}  // namespace rollcall::bench
