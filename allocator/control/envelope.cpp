// The JSON-RPC 2.0 frame around the messages.
#include <utility>

#include "allocator/control/codec.h"
#include "allocator/control/decode_params.h"
#include "allocator/control/json_tree.h"

namespace rollcall::control {
namespace {

using model::Reason;
using model::Refusal;

/// JSON-RPC's own codes where it has one, otherwise what SIP or HTTP say to the same; the reason's spelling beside it
/// is what the receiver goes by.
int code_of(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
      return -32602;
    case Reason::unknown_method:
      return -32601;
    case Reason::internal:
      return -32603;
    case Reason::bad_address:
    case Reason::own_address:
      return 400;
    case Reason::not_allowed:
    case Reason::link_forged:
    case Reason::locked:
    case Reason::members_only:
    case Reason::moderators_only:
    case Reason::owner_only:
    case Reason::removed:
    case Reason::not_dialled:
    case Reason::wrong_pin:
    case Reason::modes_at_server:
      return 403;
    case Reason::unknown_conference:
    case Reason::unknown_leg:
    case Reason::unknown_person:
      return 404;
    case Reason::timeout:
      return 408;
    case Reason::name_taken:
    case Reason::already_in_call:
    case Reason::ambiguous_person:
      return 409;
    case Reason::gone:
    case Reason::link_expired:
      return 410;
    case Reason::too_fast:
    case Reason::dialled_enough:
      return 429;
    case Reason::connectivity:
    case Reason::unreachable:
      return 480;
    case Reason::busy:
      return 486;
    case Reason::cancelled:
    case Reason::hung_up:
      return 487;
    case Reason::no_security:
    case Reason::no_common_codec:
      return 488;
    case Reason::no_media_server:
    case Reason::full:
    case Reason::not_stored:
      return 503;
    case Reason::declined:
      return 603;
  }
  __builtin_unreachable();
}

Refusal refusal_of(const JsonValue& error) {
  Refusal refusal;
  const auto data = error.member("data");
  const auto reason = data ? data->member("reason") : std::nullopt;
  const auto subject = data ? data->member("subject") : std::nullopt;
  const auto word = reason ? reason->text() : std::nullopt;
  refusal.reason = word ? model::reason_from_text(*word).value_or(Reason::internal) : Reason::internal;
  if (subject) refusal.subject = subject->text().value_or("").substr(0, 4096);
  if (!word) {
    const auto message = error.member("message");
    if (message) refusal.subject = message->text().value_or("").substr(0, 4096);
  }
  return refusal;
}

Decoded malformed(std::optional<long> id, std::string subject, bool answer) {
  return Malformed{id, Refusal{Reason::bad_request, std::move(subject)}, answer};
}

Decoded decode_call(const JsonValue& message, std::optional<long> id, const std::string& method) {
  auto params = message.member("params");
  if (!params) params = std::move(*JsonValue::parse("{}"));
  auto decoded = decode_params(method, *params);
  if (!decoded) return Malformed{id, std::move(decoded.error()), id.has_value()};
  return Incoming{id, std::move(*decoded)};
}

Decoded decode_answer(const JsonValue& message, std::optional<long> id) {
  const auto error = message.member("error");
  if (!id) return malformed({}, error ? "an error about a message without id" : "an answer without id", false);
  if (error) return Answer{*id, tl::unexpected(refusal_of(*error))};
  return Answer{*id, message.member("result")->to_json()};
}

}  // namespace

Decoded decode(std::string_view text) {
  auto message = JsonValue::parse(text);
  if (!message) return Malformed{{}, std::move(message.error()), true};
  if (!message->is_object()) return malformed({}, "not an object", true);
  const auto id_member = message->member("id");
  const auto id = id_member ? id_member->integer() : std::nullopt;
  const bool is_answer = message->member("result") || message->member("error");
  const auto version = message->member("jsonrpc");
  if (!version || version->text() != "2.0") return malformed(id, "jsonrpc: not \"2.0\"", !is_answer);
  if (is_answer) return decode_answer(*message, id);
  if (id_member && !id) return malformed({}, "id: not a whole number", true);
  const auto method = message->member("method");
  const auto name = method ? method->text() : std::nullopt;
  if (!name) return malformed(id, "method: missing", true);
  return decode_call(*message, id, *name);
}

namespace {
/// The frame is written as text around JSON that the codec made, so that a long description is not built twice.
std::string frame(std::string_view before, std::string_view json) {
  std::string text = R"({"jsonrpc":"2.0",)";
  text.reserve(text.size() + before.size() + json.size() + 1);
  return text.append(before).append(json).append("}");
}
}  // namespace

std::string envelope_request(long id, std::string_view method, std::string_view params) {
  return frame("\"id\":" + std::to_string(id) + ",\"method\":\"" + std::string(method) + "\",\"params\":", params);
}

std::string envelope_notification(std::string_view method, std::string_view params) {
  return frame("\"method\":\"" + std::string(method) + "\",\"params\":", params);
}

std::string envelope_result(long id, std::string_view result) {
  return frame("\"id\":" + std::to_string(id) + ",\"result\":", result);
}

std::string envelope_error(std::optional<long> id, const Refusal& refusal) {
  const std::string reason(model::to_text(refusal.reason));
  JsonBuilder data = JsonBuilder::object();
  data.set("reason", JsonBuilder::text(reason));
  if (!refusal.subject.empty()) data.set("subject", JsonBuilder::text(refusal.subject));
  JsonBuilder error = JsonBuilder::object();
  error.set("code", JsonBuilder::integer(code_of(refusal.reason)));
  error.set("message", JsonBuilder::text(refusal.subject.empty() ? reason : reason + ": " + refusal.subject));
  error.set("data", data);
  return frame("\"id\":" + (id ? std::to_string(*id) : std::string("null")) + ",\"error\":", error.to_json());
}

}  // namespace rollcall::control
