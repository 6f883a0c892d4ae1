#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "mcu/rtp/rtcp_reader.h"
#include "mcu/rtp/rtcp_writer.h"

using namespace rollcall::mcu::rtp;

namespace {

using Octets = std::vector<std::uint8_t>;

struct Written {
  std::array<std::uint8_t, 1500> buffer = {};
  RtcpWriter writer{buffer};

  /// The only block, which is whole.
  template <class Block>
  Block only() {
    RtcpReader reader(writer.bytes());
    const auto block = reader.next();
    REQUIRE(block);
    REQUIRE(std::holds_alternative<Block>(*block));
    CHECK_FALSE(reader.next());
    CHECK(reader.whole());
    return std::get<Block>(*block);
  }
};

const ReportBlock block{.ssrc = 0x11223344,
                        .fraction_lost = 200,
                        .lost = -5,
                        .highest_sequence = 0x1fffe,
                        .jitter = 77,
                        .last_sender_report = 0xcafe,
                        .delay_since_last_report = 0xbeef};

std::size_t blocks_in(const Octets& octets) {
  RtcpReader reader(octets);
  std::size_t count = 0;
  while (reader.next()) {
    ++count;
  }
  return count;
}

std::vector<std::uint16_t> missed(const Nack& nack) {
  std::vector<std::uint16_t> sequences;
  nack.for_each([&](std::uint16_t sequence) { sequences.push_back(sequence); });
  return sequences;
}

}  // namespace

TEST_CASE("a sender report is read as it was written") {
  Written out;
  const SenderInfo info{.ssrc = 7, .ntp = 0x0102030405060708, .timestamp = 9, .packets = 10, .octets = 11};
  const std::array blocks{block, ReportBlock{.ssrc = 5, .lost = 0x7fffff}};
  CHECK(out.writer.sender_report(info, blocks));
  CHECK(out.writer.bytes().size() == 28 + 2 * 24);
  const auto report = out.only<SenderReport>();
  CHECK(report.sender == info);
  REQUIRE(report.reports.size() == 2);
  CHECK(report.reports[0] == block);
  CHECK(report.reports[1] == blocks[1]);
}

TEST_CASE("a count of lost packets beyond 24 bits stays at the limit") {
  Written out;
  const std::array blocks{ReportBlock{.lost = 0x7fffffff}, ReportBlock{.lost = -0x7fffffff}};
  CHECK(out.writer.receiver_report(1, blocks));
  const auto report = out.only<ReceiverReport>();
  CHECK(report.reports[0].lost == 0x7fffff);
  CHECK(report.reports[1].lost == -0x800000);
}

TEST_CASE("names of several sources come one by one, and other items are passed over") {
  for (std::size_t length = 1; length < 9; ++length) {  // all paddings
    Written out;
    const std::string name(length, 'x');
    CHECK(out.writer.canonical_name(42, name));
    CHECK(out.writer.bytes().size() % 4 == 0);
    const auto read = out.only<CanonicalName>();
    CHECK(read.ssrc == 42);
    CHECK(read.name == name);
  }
  const Octets two{0x82, 202, 0, 7, 0, 0, 0,   1,   2, 1, 'N', 1, 1, 'a', 0, 0,
                   0,    0,   0, 2, 1, 2, 'b', 'c', 0, 0, 0,   0, 0, 0,   0, 0};
  RtcpReader reader(two);
  CHECK(std::get<CanonicalName>(reader.next().value()).name == "a");
  CHECK(std::get<CanonicalName>(reader.next().value()).name == "bc");
  CHECK_FALSE(reader.next());
  CHECK(reader.whole());
}

TEST_CASE("a goodbye names its sources, with a reason or without") {
  Written out;
  CHECK(out.writer.goodbye(std::array<std::uint32_t, 2>{3, 4}));
  const auto goodbye = out.only<Goodbye>();
  REQUIRE(goodbye.ssrcs.size() == 2);
  CHECK(goodbye.ssrcs[1].value == 4);
  const Octets reason{0x81, 203, 0, 2, 0, 0, 0, 9, 3, 'b', 'y', 'e'};
  RtcpReader reader(reason);
  CHECK(std::get<Goodbye>(reader.next().value()).ssrcs[0].value == 9);
}

TEST_CASE("a NACK packs neighbours into one item, over the wrap too") {
  Written out;
  const std::vector<std::uint16_t> lost{0xfffe, 0xffff, 0, 14, 15, 40};
  CHECK(out.writer.nack(1, 2, lost));
  CHECK(out.writer.bytes().size() == 12 + 3 * 4);
  const auto nack = out.only<Nack>();
  CHECK(nack.sender == 1);
  CHECK(nack.media == 2);
  CHECK(missed(nack) == lost);
}

TEST_CASE("requests for a key frame keep who asks, about what, and how often") {
  Written loss;
  CHECK(loss.writer.picture_loss(1, 2));
  CHECK(loss.only<PictureLoss>().media == 2);
  Written full;
  CHECK(full.writer.full_intra_request(1, 2, 255));
  const auto request = full.only<FullIntraRequest>();
  CHECK(request.sender == 1);
  REQUIRE(request.items.size() == 1);
  CHECK(request.items[0].media == 2);
  CHECK(request.items[0].sequence == 255);
}

TEST_CASE("bit rates are rounded down to their mantissa") {
  for (const std::uint64_t rate : {0ULL, 1ULL, 262'143ULL, 262'144ULL, 1'500'000ULL, 1ULL << 50}) {
    CAPTURE(rate);
    Written remb;
    CHECK(remb.writer.receiver_estimate(1, rate, std::array<std::uint32_t, 2>{8, 9}));
    const auto estimate = remb.only<ReceiverEstimate>();
    CHECK(estimate.bits_per_second <= rate);
    CHECK(estimate.bits_per_second >= rate - rate / 100'000);
    CHECK(estimate.media.size() == 2);
    Written tmmbr;
    CHECK(tmmbr.writer.bitrate_request(1, {.media = 3, .bits_per_second = rate, .overhead = 40}));
    const auto item = tmmbr.only<BitrateRequest>().items[0];
    CHECK(item.media == 3);
    CHECK(item.overhead == 40);
    CHECK(item.bits_per_second <= rate);
    CHECK(item.bits_per_second >= rate - rate / 50'000);
  }
  Written notification;
  CHECK(notification.writer.bitrate_notification(1, {.media = 3, .bits_per_second = 1000}));
  CHECK(notification.only<BitrateNotification>().items[0].bits_per_second == 1000);
}

TEST_CASE("a rate beyond 64 bits is the highest that there is") {
  const Octets remb{0x8f, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 'R', 'E', 'M', 'B', 0, 0xff, 0xff, 0xff};
  RtcpReader reader(remb);
  CHECK(std::get<ReceiverEstimate>(reader.next().value()).bits_per_second == UINT64_MAX);
}

TEST_CASE("a wish is an empty receiver report and a REMB from our source") {
  std::array<std::uint8_t, 64> buffer = {};
  const auto wish = write_wish(0xaabbccdd, std::array<std::uint32_t, 1>{0x01020304}, 250'000, buffer);
  const Octets expected{0x80, 201, 0, 1, 0xaa, 0xbb, 0xcc, 0xdd, 0x8f, 206, 0,    5,    0xaa, 0xbb, 0xcc, 0xdd,
                        0,    0,   0, 0, 'R',  'E',  'M',  'B',  1,    3,   0xd0, 0x90, 1,    2,    3,    4};
  CHECK(Octets(wish.begin(), wish.end()) == expected);
  CHECK(write_wish(1, {}, 1, std::span(buffer).first(20)).empty());
}

TEST_CASE("a block that does not fit leaves the packet as it was") {
  std::array<std::uint8_t, 20> buffer = {};
  RtcpWriter writer(buffer);
  CHECK(writer.receiver_report(1, {}));
  CHECK_FALSE(writer.canonical_name(1, "much too long for it"));
  CHECK_FALSE(writer.receiver_report(1, std::array{block}));
  CHECK(writer.bytes().size() == 8);
  CHECK(writer.picture_loss(1, 2));
  CHECK(writer.room() == 0);
}

TEST_CASE("a compound of several media gives each block with its sources") {
  Written out;
  out.writer.sender_report({.ssrc = 1}, std::array{block});
  out.writer.canonical_name(1, "me");
  out.writer.sender_report({.ssrc = 2}, {});
  out.writer.nack(1, 9, std::array<std::uint16_t, 1>{5});
  RtcpReader reader(out.writer.bytes());
  CHECK(std::get<SenderReport>(reader.next().value()).sender.ssrc == 1);
  CHECK(std::get<CanonicalName>(reader.next().value()).ssrc == 1);
  CHECK(std::get<SenderReport>(reader.next().value()).sender.ssrc == 2);
  CHECK(std::get<Nack>(reader.next().value()).media == 9);
  CHECK_FALSE(reader.next());
  CHECK(reader.whole());
}

TEST_CASE("unknown blocks are passed over, broken ones end the packet") {
  const Octets unknown{0x80, 204, 0, 1, 0, 0, 0, 1, 0x80, 207, 0, 0, 0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2};
  CHECK(blocks_in(unknown) == 1);
  for (std::size_t size = 12; size < unknown.size(); ++size) {
    CHECK(blocks_in({unknown.begin(), unknown.begin() + static_cast<std::ptrdiff_t>(size)}) == 0);
  }
  RtcpReader cut(Bytes(unknown).first(20));
  CHECK_FALSE(cut.next());
  CHECK_FALSE(cut.whole());
  CHECK_FALSE(cut.next());
  CHECK(blocks_in({0x41, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2}) == 0);  // version 1
  CHECK(blocks_in({0x82, 201, 0, 1, 0, 0, 0, 1}) == 0);              // two reports counted, none there
  CHECK(blocks_in({0x81, 200, 0, 1, 0, 0, 0, 1}) == 0);
  CHECK(blocks_in({0x82, 203, 0, 1, 0, 0, 0, 1}) == 0);
  CHECK(blocks_in({0x81, 205, 0, 1, 0, 0, 0, 1}) == 0);
  CHECK(blocks_in({0x8f, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 'R', 'E', 'M', 'B', 1, 0, 0, 1}) == 0);
}

TEST_CASE("padding of the last block is taken off") {
  CHECK(blocks_in({0xa1, 206, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4}) == 1);
  CHECK(blocks_in({0xa1, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0}) == 0);
  CHECK(blocks_in({0xa1, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 9}) == 0);
}

TEST_CASE("broken descriptions do not hide what follows them") {
  const Octets octets{0x82, 202, 0, 2, 0, 0, 0, 1, 1, 200, 'x', 'y', 0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2};
  RtcpReader reader(octets);
  CHECK(std::holds_alternative<PictureLoss>(reader.next().value()));
}

TEST_CASE("NTP time counts from 1900") {
  using std::chrono::milliseconds;
  CHECK(ntp_time(std::chrono::system_clock::time_point{}) == 2'208'988'800ULL << 32);
  CHECK(ntp_time(std::chrono::system_clock::time_point(milliseconds(1500))) == (2'208'988'801ULL << 32 | 0x80000000));
  CHECK(ntp_middle(0x1122334455667788) == 0x33445566);
}
