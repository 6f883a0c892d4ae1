#include "mcu/transport/transport.h"

#include <thread>
#include <utility>

#include "mcu/transport/candidate.h"
#include "mcu/transport/sdes.h"
#include "mcu/transport/transport_core.h"

namespace rollcall::mcu::transport {
namespace {

using Clock = std::chrono::steady_clock;

/// A server that does not answer costs a join no more than this.
constexpr std::chrono::milliseconds gathering_limit{500};
constexpr std::chrono::milliseconds gathering_step{2};

}  // namespace

model::Expected<void> check(const model::Transport& theirs) {
  if (theirs.ice) {
    if (!are_credentials(theirs.ice->ufrag, theirs.ice->password)) {
      return model::refuse(model::Reason::bad_request, "the ICE user fragment or password");
    }
  } else if (!theirs.address || theirs.address->rtp_port <= 0 || theirs.address->rtp_port > 0xffff) {
    return model::refuse(model::Reason::bad_request, "a transport with neither ICE nor an address");
  }
  const bool dtls = theirs.dtls && !theirs.dtls->fingerprint.empty();
  if (!theirs.plain && !dtls && usable_sdes(theirs.sdes) == nullptr) {
    return model::refuse(model::Reason::no_security, "a transport without a DTLS fingerprint");
  }
  return {};
}

Transport::Transport(IoContext& io, bool offerer, const model::Transport* theirs, Events events,
                     model::LegSecurity security)
    : io_(io) {
  io_.run([&] { core_ = std::make_unique<Core>(io, offerer, theirs, std::move(events), security); });
}

Transport::~Transport() {
  io_.run([this] {
    core_->close();
    core_.reset();
  });
}

model::Transport Transport::describe() const {
  // Without a STUN or TURN server all candidates are there at once.
  const auto deadline = Clock::now() + gathering_limit;
  while (!core_->is_gathered() && Clock::now() < deadline) {
    std::this_thread::sleep_for(gathering_step);
  }
  model::Transport ours;
  io_.run([&] { ours = core_->describe(); });
  return ours;
}

void Transport::set_remote(const model::Transport& theirs) {
  io_.run([&] { core_->set_remote(theirs); });
}

void Transport::add_candidate(const model::IceCandidate& candidate) {
  io_.run([&] { core_->add_candidate(candidate); });
}

void Transport::restart() {
  io_.run([this] { core_->restart(); });
}

void Transport::close() {
  io_.run([this] { core_->close(); });
}

void Transport::send(PacketKind kind, Batch& packets) {
  core_->send(kind, packets);
}
bool Transport::is_relayed() const {
  return core_->is_relayed();
}
bool Transport::is_secured() const {
  return core_->is_secured();
}
Clock::time_point Transport::lost_since() const {
  return core_->lost_since();
}
Clock::time_point Transport::last_packet() const {
  return core_->last_packet();
}

}  // namespace rollcall::mcu::transport
