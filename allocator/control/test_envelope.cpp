#include <doctest/doctest.h>

#include <vector>

#include "allocator/control/codec.h"

using namespace rollcall;
using namespace rollcall::control;

namespace {
Malformed malformed(const std::string& text) {
  const auto decoded = decode(text);
  REQUIRE_MESSAGE(std::holds_alternative<Malformed>(decoded), text);
  return std::get<Malformed>(decoded);
}
}  // namespace

TEST_CASE("a notification has no id") {
  const auto decoded = decode(encode_notification(LegConnected{LegId("l1")}));
  REQUIRE(std::holds_alternative<Incoming>(decoded));
  CHECK_FALSE(std::get<Incoming>(decoded).id.has_value());
}

TEST_CASE("an answer carries the id and the result's JSON") {
  const auto decoded = decode(envelope_result(12, encode_result(Hello::Result{{1, 0}, "mcu-1"})));
  REQUIRE(std::holds_alternative<Answer>(decoded));
  const auto& answer = std::get<Answer>(decoded);
  CHECK(answer.id == 12);
  REQUIRE(answer.result.has_value());
  CHECK(decode_result<Hello>(*answer.result)->name == "mcu-1");
}

TEST_CASE("every refusal survives the wire as an error") {
  for (const auto reason : {model::Reason::full, model::Reason::bad_request, model::Reason::unknown_method,
                            model::Reason::internal, model::Reason::no_common_codec}) {
    const model::Refusal refusal{reason, "H264 \"x\""};
    const auto decoded = decode(envelope_error(3, refusal));
    REQUIRE(std::holds_alternative<Answer>(decoded));
    CHECK(std::get<Answer>(decoded).id == 3);
    REQUIRE_FALSE(std::get<Answer>(decoded).result.has_value());
    CHECK(std::get<Answer>(decoded).result.error() == refusal);
  }
}

TEST_CASE("an error of a foreign JSON-RPC program is an internal refusal with its message") {
  const auto decoded = decode(R"({"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"out of cheese"}})");
  REQUIRE(std::holds_alternative<Answer>(decoded));
  CHECK(std::get<Answer>(decoded).result.error() == model::Refusal{model::Reason::internal, "out of cheese"});
}

TEST_CASE("an unknown method is refused as such, with its id") {
  const auto found = malformed(R"({"jsonrpc":"2.0","id":4,"method":"leg.dance","params":{}})");
  CHECK(found.id == 4);
  CHECK(found.answer);
  CHECK(found.refusal == model::Refusal{model::Reason::unknown_method, "leg.dance"});
  CHECK(envelope_error(4, found.refusal).find("-32601") != std::string::npos);
}

TEST_CASE("nobody answers a malformed answer or notification") {
  CHECK_FALSE(malformed(envelope_error(std::nullopt, {model::Reason::bad_request, "x"})).answer);
  CHECK_FALSE(malformed(R"({"jsonrpc":"2.0","result":{}})").answer);
  CHECK_FALSE(malformed(R"({"jsonrpc":"1.0","id":1,"result":{}})").answer);
  CHECK_FALSE(malformed(R"({"jsonrpc":"2.0","method":"leg.connected","params":{}})").answer);
  CHECK_FALSE(malformed(R"({"jsonrpc":"2.0","method":"leg.dance"})").answer);
}

TEST_CASE("what is no JSON-RPC is refused") {
  CHECK(malformed("").answer);
  for (const char* text : {"", "x", "{", "[]", "5", "null", "{}", R"({"jsonrpc":"2.0"})", R"({"jsonrpc":2.0})",
                           R"({"jsonrpc":"2.0","method":5})", R"({"jsonrpc":"2.0","id":"a","method":"ping"})",
                           R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", "{\"jsonrpc\":\"2.0\"}x",
                           "{\"jsonrpc\":\"2.0\",\"method\":\"\xff\xfe\"}"}) {
    CHECK(malformed(text).refusal.reason == model::Reason::bad_request);
  }
}

TEST_CASE("a text that is too long or nested too deep never reaches the parser") {
  CHECK(malformed(std::string(256 * 1024 + 1, ' ')).refusal.subject == "message longer than 256 KiB");
  CHECK(malformed(std::string(100000, '[')).refusal.subject == "JSON nested too deep");
  CHECK(malformed(R"({"a":"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["})").refusal.subject != "JSON nested too deep");
}

TEST_CASE("a responder answers exactly once") {
  std::vector<std::string> sent;
  {
    Responder responder(5, [&](std::string text) { sent.push_back(std::move(text)); });
    responder.result(Ping::Result{});
    responder.refuse({model::Reason::full, ""});
  }
  REQUIRE(sent.size() == 1);
  CHECK(std::get<Answer>(decode(sent[0])).result.has_value());
}

TEST_CASE("a request that nobody answered is answered with internal") {
  std::vector<std::string> sent;
  {
    Responder responder(5, [&](std::string text) { sent.push_back(std::move(text)); });
    Responder moved(std::move(responder));
    Responder assigned;
    assigned = std::move(moved);
    CHECK(sent.empty());
  }
  REQUIRE(sent.size() == 1);
  CHECK(std::get<Answer>(decode(sent[0])).result.error().reason == model::Reason::internal);
}

TEST_CASE("a notification's responder sends nothing") {
  int sent = 0;
  {
    Responder responder(std::nullopt, [&](const std::string&) { ++sent; });
    responder.result(Ping::Result{});
  }
  CHECK(sent == 0);
}
