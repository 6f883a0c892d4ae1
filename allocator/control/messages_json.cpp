// The parameters and results of every message, text to value and back.
#include <array>
#include <utility>

#include "allocator/control/codec.h"
#include "allocator/control/decode_params.h"
#include "allocator/control/message_fields.h"

namespace rollcall::control {
namespace {

template <class T>
model::Expected<T> read_struct(const JsonValue& json, const char* name) {
  T value{};
  std::optional<std::string> problem;
  JsonReader reader(json, "", problem);
  reader.read(json, name, value, {});
  if (problem) return model::refuse(model::Reason::bad_request, *problem);
  return value;
}

template <class T>
std::optional<model::Expected<Message>> try_one(std::string_view method, const JsonValue& params) {
  if (method != T::method) return std::nullopt;
  return read_struct<T>(params, "params").map([](T&& value) { return Message(std::move(value)); });
}

/// The message of the variant whose method this is.
template <std::size_t... Index>
model::Expected<Message> try_all(std::string_view method, const JsonValue& params, std::index_sequence<Index...>) {
  std::optional<model::Expected<Message>> found;
  ((found = found ? std::move(found) : try_one<std::variant_alternative_t<Index, Message>>(method, params)), ...);
  if (found) return std::move(*found);
  return model::refuse(model::Reason::unknown_method, std::string(method.substr(0, 64)));
}

}  // namespace

model::Expected<Message> decode_params(std::string_view method, const JsonValue& params) {
  return try_all(method, params, std::make_index_sequence<std::variant_size_v<Message>>{});
}

std::string method_of(const Message& message) {
  return std::visit([](const auto& one) { return std::string(one.method); }, message);
}

template <class T>
std::string encode_params(const T& message) {
  return JsonWriter::build(message).to_json();
}

template <class Notification>
std::string encode_notification(const Notification& notification) {
  return envelope_notification(Notification::method, encode_params(notification));
}

template <class Request>
model::Expected<typename Request::Result> decode_result(std::string_view json) {
  auto value = JsonValue::parse(json);
  if (!value) return tl::unexpected(value.error());
  return read_struct<typename Request::Result>(*value, "result");
}

template <class Result>
std::string encode_result(const Result& result) {
  return JsonWriter::build(result).to_json();
}

#define REQUEST(T)                                                        \
  template std::string encode_params<T>(const T&);                        \
  template model::Expected<T::Result> decode_result<T>(std::string_view); \
  template std::string encode_result<T::Result>(const T::Result&);
#define NOTIFICATION(T)                            \
  template std::string encode_params<T>(const T&); \
  template std::string encode_notification<T>(const T&);

REQUEST(Hello)
REQUEST(Ping)
REQUEST(ConferenceCreate)
REQUEST(ConferenceUpdate)
REQUEST(ConferenceDestroy)
REQUEST(LegCreate)
REQUEST(LegAnswer)
REQUEST(LegChange)
REQUEST(LegUpdate)
REQUEST(LegDestroy)
REQUEST(RecordingStart)
REQUEST(RecordingStop)
REQUEST(LinkResolve)
REQUEST(CallIncoming)
REQUEST(CallOffer)
REQUEST(CallDial)
REQUEST(CallArrived)
REQUEST(DeskStatus)
REQUEST(DeskOverview)
REQUEST(DeskEnd)
REQUEST(DeskKick)
REQUEST(DeskDrain)
NOTIFICATION(LegCandidate)
NOTIFICATION(LegConnected)
NOTIFICATION(LegEnded)
NOTIFICATION(LegHealth)
NOTIFICATION(ConferenceSpeaker)
NOTIFICATION(RecordingChanged)
NOTIFICATION(McuLoad)
NOTIFICATION(CallCandidate)
NOTIFICATION(CallMute)
NOTIFICATION(CallHangup)
NOTIFICATION(CallMessage)
NOTIFICATION(CallRinging)
NOTIFICATION(CallAnswered)
NOTIFICATION(CallFailed)
NOTIFICATION(CallDtmf)
NOTIFICATION(CallRefresh)
NOTIFICATION(DoorGateways)
NOTIFICATION(LegRefresh)
NOTIFICATION(LegDtmf)

}  // namespace rollcall::control
