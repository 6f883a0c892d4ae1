// JSON-RPC 2.0 for the messages of messages.h. Pure: text in, values out. Unknown members are ignored, so that the
// next minor version of a peer is understood; an unknown method is a refusal (-32601 on the wire).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "allocator/control/messages.h"
#include "allocator/model/expected.h"

namespace rollcall::control {

/// Every message that one side may receive unasked.
using Message =
    std::variant<Hello, Ping, ConferenceCreate, ConferenceUpdate, ConferenceDestroy, LegCreate, LegAnswer, LegChange,
                 LegUpdate, LegDestroy, RecordingStart, RecordingStop, LegCandidate, LegConnected, LegEnded, LegHealth,
                 ConferenceSpeaker, RecordingChanged, McuLoad, LinkResolve, CallIncoming, CallOffer, CallCandidate,
                 CallMute, CallHangup, CallMessage, CallDial, CallArrived, CallRinging, CallAnswered, CallFailed,
                 CallDtmf, CallRefresh, DoorGateways, LegRefresh, LegDtmf, DeskStatus,
                 DeskOverview, DeskEnd, DeskKick, DeskDrain>;

/// A request (with id) or a notification (without).
struct Incoming {
  std::optional<long> id = {};
  Message message;
};

/// An answer to a request of ours.
struct Answer {
  long id = 0;
  model::Expected<std::string> result;  ///< the result's JSON, for decode_result
};

/// A text that is no message of ours. Answered with envelope_error(id, refusal), but only where `answer` says so: a
/// malformed answer or notification is answered by nobody, or two sides could correct each other for ever.
struct Malformed {
  std::optional<long> id = {};
  model::Refusal refusal;  ///< bad-request or unknown-method; the subject says where, "params.offer.media: missing"
  bool answer = true;
};
using Decoded = std::variant<Incoming, Answer, Malformed>;

/// Never throws. Limits: 256 KiB, 24 levels, 4 KiB a text, and the bounds of media_fields.h and message_fields.h.
[[nodiscard]] Decoded decode(std::string_view text);

/// "leg.create"
[[nodiscard]] std::string method_of(const Message& message);

// Defined for every message and every result of messages.h.
template <class T>
[[nodiscard]] std::string encode_params(const T& message);
template <class Notification>
[[nodiscard]] std::string encode_notification(const Notification& notification);
template <class Request>
[[nodiscard]] model::Expected<typename Request::Result> decode_result(std::string_view json);
template <class Result>
[[nodiscard]] std::string encode_result(const Result& result);

[[nodiscard]] std::string envelope_request(long id, std::string_view method, std::string_view params);
[[nodiscard]] std::string envelope_result(long id, std::string_view result);
[[nodiscard]] std::string envelope_notification(std::string_view method, std::string_view params);
/// The JSON-RPC error: code by reason, `data.reason` its spelling, `data.subject` what it was about.
[[nodiscard]] std::string envelope_error(std::optional<long> id, const model::Refusal& refusal);

/// Answers one request. Movable; destroyed unanswered, it answers `internal`, so that no request hangs. Loop thread.
class Responder {
 public:
  using Send = std::function<void(std::string)>;
  Responder() = default;
  Responder(std::optional<long> id, Send send);
  Responder(Responder&&) noexcept;
  Responder& operator=(Responder&&) noexcept;
  ~Responder();

  template <class Result>
  void result(const Result& result) {
    finish_with_result(encode_result(result));
  }
  void refuse(const model::Refusal& refusal);

 private:
  void finish_with_result(std::string json);
  std::optional<long> id_;
  Send send_;
};

}  // namespace rollcall::control
