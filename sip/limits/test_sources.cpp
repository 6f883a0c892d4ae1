#include <doctest/doctest.h>

#include "sip/limits/sources.h"

using namespace rollcall::sip::limits;
using namespace std::chrono_literals;

namespace {

constexpr Time start{1'000'000s};

}  // namespace

TEST_CASE("who asks too much in too short a time is shut out for a minute, and nobody else") {
  Sources sources;
  for (int i = 0; i < Sources::most_requests; ++i) CHECK_FALSE(sources.request("192.0.2.1", start));
  CHECK_FALSE(sources.request("192.0.2.2", start));
  CHECK(sources.request("192.0.2.1", start + 1s));
  CHECK(sources.shut_out() == std::vector<std::string>{"192.0.2.1"});
  CHECK_FALSE(sources.request("192.0.2.1", start + 2s));  // said once
  CHECK_FALSE(sources.tick(start + 60s));
  CHECK(sources.tick(start + 61s));
  CHECK(sources.shut_out().empty());
}

TEST_CASE("who asks now and then is never shut out") {
  Sources sources;
  for (int i = 0; i < 1000; ++i) CHECK_FALSE(sources.request("192.0.2.1", start + std::chrono::seconds(i / 9)));
}

TEST_CASE("more strangers than can be counted push the oldest out") {
  Sources sources;
  for (std::size_t i = 0; i < 2 * Sources::most_sources; ++i)
    CHECK_FALSE(sources.request(std::to_string(i), start + std::chrono::seconds(i / 1000)));
}
