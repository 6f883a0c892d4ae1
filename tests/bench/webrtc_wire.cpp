#include <algorithm>
#include <utility>

#include "mcu/transport/batch.h"
#include "tests/bench/wire.h"

namespace rollcall::bench {
namespace {

using mcu::transport::IoContext;
using mcu::transport::PacketKind;

class WebrtcWire final : public Wire {
 public:
  WebrtcWire(IoContext& io, Receive receive)
      : receive_(std::move(receive)),
        transport_(io, true, nullptr,
                   {.packet =
                        [this](PacketKind kind, std::span<std::uint8_t> packet) {
                          receive_(packet, kind == PacketKind::rtcp, std::chrono::steady_clock::now());
                          return true;
                        },
                    .secured = [] {},
                    .ended = [](model::Reason) {}}) {}

  void describe(model::MediaDescription& offer) const override {
    offer.transports.push_back(transport_.describe());
    for (auto& media : offer.media) media.transport = 0;
  }
  void apply(const model::MediaDescription& answer) override {
    if (!answer.transports.empty()) transport_.set_remote(answer.transports.front());
  }
  void send(Lane /*lane*/, bool rtcp, Bytes packet) override {
    thread_local mcu::transport::Batch batch;
    std::ranges::copy(packet, batch.room().begin());
    batch.add(packet.size());
    transport_.send(rtcp ? PacketKind::rtcp : PacketKind::rtp, batch);
    batch.clear();
  }
  bool open() const override { return transport_.is_secured(); }
  void close() override { transport_.close(); }

 private:
  Receive receive_;
  mcu::transport::Transport transport_;
};

}  // namespace

std::unique_ptr<Wire> make_webrtc_wire(IoContext& io, Wire::Receive receive) {
  return std::make_unique<WebrtcWire>(io, std::move(receive));
}

}  // namespace rollcall::bench
