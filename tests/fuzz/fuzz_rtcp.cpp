// Whatever arrives as RTCP: every block is read within its bytes or not at all, and what is written again from it is
// read as the same; the ends that it is meant for take it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <variant>
#include <vector>

#include "mcu/rtp/rtcp_reader.h"
#include "mcu/rtp/rtcp_writer.h"
#include "mcu/rtp/send_estimate.h"
#include "mcu/rtp/send_stream.h"
#include "mcu/rtp/transport_feedback.h"

namespace {

using namespace rollcall::mcu::rtp;

void must(bool condition) {
  if (!condition) std::abort();
}

template <class Item>
std::vector<Item> all(const Items<Item>& items) {
  std::vector<Item> result;
  for (const Item item : items) result.push_back(item);
  must(result.size() == items.size());
  return result;
}

std::vector<std::uint32_t> values(const Items<Ssrc>& items) {
  std::vector<std::uint32_t> result;
  for (const Ssrc ssrc : items) result.push_back(ssrc.value);
  return result;
}

std::vector<std::uint16_t> missed(const Nack& nack) {
  std::vector<std::uint16_t> result;
  nack.for_each([&](std::uint16_t sequence) { result.push_back(sequence); });
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());  // who asks twice is understood once
  return result;
}

/// Takes a block as the streams do, writes it again, and compares what is read from that.
class Judge {
 public:
  void operator()(const SenderReport& read) {
    writer_.sender_report(read.sender, all(read.reports));
    const auto again = only<SenderReport>();
    must(again.sender == read.sender && all(again.reports) == all(read.reports));
  }
  void operator()(const ReceiverReport& read) {
    writer_.receiver_report(read.ssrc, all(read.reports));
    must(all(only<ReceiverReport>().reports) == all(read.reports));
    for (const auto report : read.reports) stream_.on_report_block(report, now_);
  }
  void operator()(const CanonicalName& read) {
    writer_.canonical_name(read.ssrc, read.name);
    must(only<CanonicalName>().name == read.name);
  }
  void operator()(const Goodbye& read) {
    writer_.goodbye(values(read.ssrcs));
    must(values(only<Goodbye>().ssrcs) == values(read.ssrcs));
  }
  void operator()(const Nack& read) {
    std::size_t resent = 0;
    read.for_each([&](std::uint16_t sequence) { resent += stream_.resend(sequence, now_) ? 1 : 0; });
    must(resent <= 20);
    writer_.nack(read.sender, read.media, missed(read));
    must(missed(only<Nack>()) == missed(read));
  }
  void operator()(const PictureLoss& read) {
    writer_.picture_loss(read.sender, read.media);
    must(only<PictureLoss>().media == read.media);
  }
  void operator()(const FullIntraRequest& read) {
    for (const auto item : read.items) {
      std::vector<std::uint8_t> buffer(100);
      RtcpWriter writer(buffer);
      must(writer.full_intra_request(read.sender, item.media, item.sequence));
      RtcpReader reader(writer.bytes());
      const auto again = std::get<FullIntraRequest>(reader.next().value()).items[0];
      must(again.media == item.media && again.sequence == item.sequence);
    }
  }
  void operator()(const ReceiverEstimate& read) {
    writer_.receiver_estimate(read.sender, read.bits_per_second, values(read.media));
    const auto again = only<ReceiverEstimate>();
    must(again.bits_per_second <= read.bits_per_second && values(again.media) == values(read.media));
    estimate_.on_limit(read.bits_per_second, now_);
  }
  void operator()(const BitrateRequest& read) { compare_rates(read.items); }
  void operator()(const BitrateNotification& read) { compare_rates(read.items); }
  void operator()(const TransportFeedback& read) {
    for (int i = 0; i < 300; ++i) sender_.next(100, now_);
    std::vector<PacketResult> results;
    sender_.on_feedback(read, results);
    must(results.size() <= 300);
    estimate_.on_results(results, now_);
    estimate_.update(now_ + std::chrono::seconds(1));
    must(estimate_.kbit() >= 30 && estimate_.kbit() <= 4000);
    compare_arrivals(read);
  }
  explicit Judge(std::size_t size) : buffer_(16 * size + 1500), writer_(buffer_) {
    for (int i = 0; i < 100; ++i) stream_.next(0, true, *payload_, payload_, now_);
  }

 private:
  template <class Block>
  Block only() {
    RtcpReader reader(writer_.bytes());
    const auto block = reader.next();
    must(block && std::holds_alternative<Block>(*block) && !reader.next() && reader.whole());
    return std::get<Block>(*block);
  }
  void compare_rates(const Items<BitrateItem>& items) {
    for (const auto item : items) {
      std::vector<std::uint8_t> buffer(100);
      RtcpWriter writer(buffer);
      must(writer.bitrate_request(1, item));
      RtcpReader reader(writer.bytes());
      const auto again = std::get<BitrateRequest>(reader.next().value()).items[0];
      must(again.media == item.media && again.overhead == item.overhead);
      must(again.bits_per_second <= item.bits_per_second);
    }
  }
  /// What is written holds times, so only a list whose first packet lies within a reference step of its time is the
  /// same.
  void compare_arrivals(const TransportFeedback& read) {
    std::vector<Arrival> arrivals;
    auto sequence = std::int64_t{read.base_sequence};
    if (!read_arrivals(read, [&](std::uint16_t, std::optional<ArrivalTime> time) {
          arrivals.push_back({.sequence = sequence++, .time = time});
        })) {
      return;
    }
    must(arrivals.size() == read.count);
    TransportFeedback again;
    std::vector<std::uint8_t> bytes;
    const auto count = write_arrivals(arrivals, 100'000, again, bytes);
    must(count <= arrivals.size());
    std::size_t at = 0;
    const auto first = std::find_if(arrivals.begin(), arrivals.end(), [](const Arrival& a) { return !!a.time; });
    const auto wrap = ArrivalTime(std::int64_t{1} << 32);  // of the reference time
    std::optional<ArrivalTime> turns;
    must(count == 0 || read_arrivals(again, [&](std::uint16_t number, std::optional<ArrivalTime> time) {
           must(number == static_cast<std::uint16_t>(arrivals[at].sequence) && !time == !arrivals[at].time);
           if (time) turns = turns.value_or(*first->time - *time);
           must(!time || *time + *turns == *arrivals[at].time);
           ++at;
         }));
    must(at == count && (!turns || turns->count() % wrap.count() == 0));
  }

  std::vector<std::uint8_t> buffer_;
  RtcpWriter writer_;
  Time now_{std::chrono::seconds(1000)};
  std::shared_ptr<const std::vector<std::uint8_t>> payload_ = std::make_shared<std::vector<std::uint8_t>>(100);
  SendStream stream_{{.ssrc = 1, .rtx_ssrc = 2}};
  TwccSender sender_ = TwccSender(512);
  SendEstimate estimate_ = {};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  RtcpReader reader(Bytes(data, size));
  std::size_t blocks = 0;
  while (const auto block = reader.next()) {
    Judge judge(size);
    std::visit(judge, *block);
    must(++blocks <= size);
  }
  return 0;
}
