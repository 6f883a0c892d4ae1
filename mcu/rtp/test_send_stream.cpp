#include <doctest/doctest.h>

#include <vector>

#include "mcu/rtp/send_stream.h"

using namespace rollcall::mcu::rtp;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

using Picture = std::vector<std::uint8_t>;

struct Play {
  explicit Play(SendStream::Settings settings = {.ssrc = 1,
                                                 .payload_type = 96,
                                                 .first_sequence = 65'530,
                                                 .first_timestamp = 0xffffff00,
                                                 .rtx_ssrc = 2,
                                                 .rtx_payload_type = 97,
                                                 .first_rtx_sequence = 65'535})
      : stream(settings) {}
  SendStream stream;
  Time now{seconds(1000)};
  std::shared_ptr<const Picture> picture = std::make_shared<const Picture>(Picture{1, 2, 3});

  Header send(int count = 1) {
    Header last;
    for (int i = 0; i < count; ++i) {
      last = stream.next(stream.timestamp(now.time_since_epoch()), true, *picture, picture, now);
    }
    return last;
  }
  std::size_t resend_all(std::uint16_t first, int count) {
    std::size_t resent = 0;
    for (int i = 0; i < count; ++i) {
      resent += stream.resend(static_cast<std::uint16_t>(first + i), now) ? 1 : 0;
    }
    return resent;
  }
};

}  // namespace

TEST_CASE("numbers count on over the wrap") {
  Play play;
  CHECK(play.send().sequence == 65'530);
  CHECK(play.send(6).sequence == 0);
  CHECK(play.stream.figures().packets == 7);
  CHECK(play.stream.figures().octets == 21);
}

TEST_CASE("timestamps follow the media clock, over the wrap and for months") {
  const SendStream stream({.clock_rate = 90'000, .first_timestamp = 0xffffffff});
  CHECK(stream.timestamp(seconds(0)) == 0xffffffff);
  CHECK(stream.timestamp(milliseconds(1)) == 89);
  const auto months = std::chrono::hours(24 * 100);
  CHECK(stream.timestamp(months + milliseconds(1)) - stream.timestamp(months) == 90);
  CHECK(stream.timestamp(months) == static_cast<std::uint32_t>(0xffffffff + 90'000LL * 24 * 100 * 3600));
}

TEST_CASE("what was lost is sent again on the retransmission stream, without a copy") {
  Play play;
  const auto sent = play.send();
  const auto again = play.stream.resend(sent.sequence, play.now);
  REQUIRE(again);
  CHECK(again->header ==
        Header{.marker = true, .payload_type = 97, .sequence = 65'535, .timestamp = sent.timestamp, .ssrc = 2});
  CHECK(again->original_sequence == 65'530);
  CHECK(again->payload.data() == play.picture->data());
  play.send();
  CHECK(play.stream.resend(65'531, play.now)->header.sequence == 0);
}

TEST_CASE("without a retransmission stream the packet itself is sent again") {
  Play play({.ssrc = 1, .payload_type = 96, .first_sequence = 9});
  const auto sent = play.send();
  const auto again = play.stream.resend(9, play.now);
  REQUIRE(again);
  CHECK(again->header == sent);
  CHECK_FALSE(again->original_sequence);
}

TEST_CASE("what was never sent, not kept, too old or overwritten is not sent again") {
  Play play({.ssrc = 1, .first_sequence = 0, .history = 8});
  CHECK_FALSE(play.stream.resend(0, play.now));
  play.send(10);
  CHECK_FALSE(play.stream.resend(10, play.now));
  CHECK_FALSE(play.stream.resend(1, play.now));
  CHECK(play.stream.resend(2, play.now));
  CHECK_FALSE(play.stream.resend(40'000, play.now));
  play.stream.next(0, true, *play.picture, nullptr, play.now);
  CHECK_FALSE(play.stream.resend(10, play.now));
  play.now += milliseconds(1001);
  CHECK_FALSE(play.stream.resend(9, play.now));
}

TEST_CASE("the same packet is not sent again twice in one round trip") {
  Play play;
  play.send();
  play.now += milliseconds(10);
  CHECK(play.stream.resend(65'530, play.now));
  play.now += milliseconds(39);
  CHECK_FALSE(play.stream.resend(65'530, play.now));
  play.now += milliseconds(1);
  CHECK(play.stream.resend(65'530, play.now));
}

TEST_CASE("a storm of requests gets thirty per cent of the media's rate, and not less than twenty packets a second") {
  for (const int packets : {1, 4}) {  // 50 and 200 a second
    Play play;
    std::size_t resent = 0;
    std::size_t in_first_seconds = 0;
    for (int i = 0; i < 500; ++i) {
      const auto last = play.send(packets);
      play.stream.forget(play.now);
      play.now += milliseconds(20);
      for (int storm = 0; storm < 2; ++storm) {
        resent += play.resend_all(static_cast<std::uint16_t>(last.sequence - 40), 41);
      }
      in_first_seconds = i == 100 ? resent : in_first_seconds;
    }
    const double each_second = static_cast<double>(resent - in_first_seconds) / 8;
    CHECK(each_second <= (packets == 1 ? 20.5 : 61));
    CHECK(each_second >= (packets == 1 ? 19 : 58));
    CHECK(play.stream.figures().resend_refused > 1000);
  }
}

TEST_CASE("payloads are let go of when they are too old") {
  Play play;
  play.send(100);
  CHECK(play.picture.use_count() == 101);
  play.now += milliseconds(500);
  play.send(10);
  play.stream.forget(play.now);
  CHECK(play.picture.use_count() == 111);
  play.now += milliseconds(501);
  play.stream.forget(play.now);
  CHECK(play.picture.use_count() == 11);
  play.send(2000);
  CHECK(play.picture.use_count() == 513);
  play.now += seconds(2);
  play.stream.forget(play.now);
  CHECK(play.picture.use_count() == 1);
}

TEST_CASE("a sender report tells the clocks and the counts") {
  Play play;
  play.send(3);
  const auto report = play.stream.report(0x1122334455667788, seconds(2), play.now);
  CHECK(report ==
        SenderInfo{.ssrc = 1, .ntp = 0x1122334455667788, .timestamp = 0xffffff00 + 180'000, .packets = 3, .octets = 9});
}

TEST_CASE("a report block that names a report of ours gives the round trip") {
  Play play;
  CHECK_FALSE(play.stream.round_trip());
  (void)play.stream.report(0x1122334455667788, {}, play.now);
  play.now += milliseconds(1000);
  (void)play.stream.report(0x1122335455667788, {}, play.now);
  play.now += milliseconds(250);
  play.stream.on_report_block(
      {.fraction_lost = 64, .jitter = 900, .last_sender_report = 0x33445566, .delay_since_last_report = 65'536},
      play.now);
  CHECK(play.stream.round_trip() == milliseconds(250));
  CHECK(play.stream.fraction_lost() == 0.25);
  CHECK(play.stream.remote_jitter() == milliseconds(10));
  // A report that we never sent, none at all, and one that claims to have waited longer than it is old.
  play.stream.on_report_block({.last_sender_report = 0x12345678}, play.now);
  play.stream.on_report_block({}, play.now);
  CHECK(play.stream.round_trip() == milliseconds(250));
  play.stream.on_report_block({.last_sender_report = 0x33445566, .delay_since_last_report = 0xffffffff}, play.now);
  CHECK(play.stream.round_trip() == milliseconds(0));
}
