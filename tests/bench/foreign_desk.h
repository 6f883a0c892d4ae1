// The way into somebody else's conference: a script asks for it there.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "daemon/event_loop.h"
#include "tests/bench/desk.h"

namespace rollcall::bench {

/// Says `event=bench.leg leg=… port=…` on stdout and waits for a line `LEG PORT` in a FIFO: where on 127.0.0.1 the
/// leg's plain RTP is expected. Sound only.
class ForeignDesk final : public Desk {
 public:
  ForeignDesk(daemon::EventLoop& loop, const std::string& fifo);
  ~ForeignDesk() override;

  void create_leg(const model::LegId& leg, const std::string& name, const model::MediaDescription& offer,
                  Answered answered) override;
  void destroy_leg(const model::LegId& leg) override;

 private:
  void read_answers();
  void take(const std::string& line);

  int fifo_;
  std::string unread_;
  std::map<std::string, std::pair<model::MediaDescription, Answered>> waiting_;
  daemon::EventLoop::Registration readable_;
};

}  // namespace rollcall::bench
