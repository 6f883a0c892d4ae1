#include "web/bodies.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace rollcall::web {

namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

constexpr std::size_t deepest = 8;
constexpr std::size_t most_candidates = 32;

/// Reads the body's object by `read`; whatever Poco throws at a wrong type or a missing member is the browser's fault.
template <class Value, class Read>
model::Expected<Value> read_object(const std::string& text, Read read) {
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(deepest);
    const auto object = parser.parse(text).extract<Object::Ptr>();
    return read(*object);
  } catch (const Poco::Exception&) {  // its text names C++ types
    return model::refuse(model::Reason::bad_request, "the body is not the JSON expected");
  } catch (const std::bad_cast&) {
    return model::refuse(model::Reason::bad_request, "the body is not a JSON object");
  }
}

/// Only a JSON string: Poco would turn a number into text.
std::string text_member(const Object& object, const std::string& name) {
  return object.get(name).extract<std::string>();
}

}  // namespace

model::Expected<JoinBody> join_body(const std::string& text) {
  return read_object<JoinBody>(text, [](const Object& object) {
    return JoinBody{object.has("name") ? text_member(object, "name") : "", text_member(object, "sdp")};
  });
}

model::Expected<std::string> offer_body(const std::string& text) {
  return read_object<std::string>(text, [](const Object& object) { return text_member(object, "sdp"); });
}

model::Expected<std::vector<TrickledCandidate>> candidates_body(const std::string& text) {
  using List = std::vector<TrickledCandidate>;
  return read_object<List>(text, [](const Object& object) -> model::Expected<List> {
    const auto array = object.get("candidates").extract<Array::Ptr>();
    if (array->size() > most_candidates) return model::refuse(model::Reason::bad_request, "more than 32 candidates");
    List list;
    for (const auto& item : *array) {
      const auto entry = item.extract<Object::Ptr>();
      list.push_back({text_member(*entry, "mid"), text_member(*entry, "candidate")});
    }
    return list;
  });
}

model::Expected<MuteBody> mute_body(const std::string& text) {
  return read_object<MuteBody>(text, [](const Object& object) {
    return MuteBody{object.get("audio").extract<bool>(), object.get("video").extract<bool>()};
  });
}

}  // namespace rollcall::web
