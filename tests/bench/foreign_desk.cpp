#include "tests/bench/foreign_desk.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace rollcall::bench {

ForeignDesk::ForeignDesk(daemon::EventLoop& loop, const std::string& fifo)
    : fifo_(open(fifo.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {  // writing too, so that it never ends
  if (fifo_ < 0) throw std::runtime_error("cannot open the FIFO " + fifo);
  readable_ = loop.watch(fifo_, daemon::EventLoop::Interest::read, [this](auto) { read_answers(); });
}

ForeignDesk::~ForeignDesk() {
  readable_.reset();
  close(fifo_);
}

void ForeignDesk::create_leg(const model::LegId& leg, const std::string& /*name*/, const model::MediaDescription& offer,
                             Answered answered) {
  waiting_[leg.text()] = {offer, std::move(answered)};
  std::cout << "event=bench.leg leg=" << leg.text() << " port=" << offer.transports.at(0).address->rtp_port
            << std::endl;
}

void ForeignDesk::destroy_leg(const model::LegId& /*leg*/) {}

void ForeignDesk::read_answers() {
  std::array<char, 4096> buffer;
  const auto size = read(fifo_, buffer.data(), buffer.size());
  if (size > 0) unread_.append(buffer.data(), static_cast<std::size_t>(size));
  for (auto end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n')) {
    const std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    take(line);
  }
}

void ForeignDesk::take(const std::string& line) {
  std::istringstream words(line);
  std::string leg;
  int port = 0;
  words >> leg >> port;
  const auto found = waiting_.find(leg);
  if (found == waiting_.end()) return;
  auto [answer, answered] = std::move(found->second);
  waiting_.erase(found);
  answer.transports[0].address = model::MediaAddress{"127.0.0.1", port, port};
  answered(answer);
}

}  // namespace rollcall::bench
