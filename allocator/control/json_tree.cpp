#include "allocator/control/json_tree.h"

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>
#include <Poco/TextConverter.h>
#include <Poco/UTF8Encoding.h>

#include <cassert>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace rollcall::control {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

namespace {

constexpr std::size_t largest_text = 256 * 1024;
constexpr int deepest_nesting = 24;

/// Poco's parser and its destructors recurse, so the depth is known before it sees the text.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest_nesting) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

std::string stringify(const Var& value) {
  std::ostringstream out;
  Poco::JSON::Stringifier::stringify(value, out, 0, -1, Poco::JSON_WRAP_STRINGS);
  return out.str();
}

std::string valid_utf8(const std::string& text) {
  Poco::UTF8Encoding utf8;
  std::string out;
  Poco::TextConverter(utf8, utf8).convert(text, out);
  return out;
}

}  // namespace

// ---- reading ---------------------------------------------------------------------------------------------------

struct JsonValue::Node {
  Var var;
};

JsonValue::JsonValue(std::unique_ptr<Node> node) : node_(std::move(node)) {}
JsonValue::JsonValue(JsonValue&&) noexcept = default;
JsonValue& JsonValue::operator=(JsonValue&&) noexcept = default;
JsonValue::~JsonValue() = default;

model::Expected<JsonValue> JsonValue::parse(std::string_view text) {
  using model::Reason;
  if (text.size() > largest_text) return model::refuse(Reason::bad_request, "message longer than 256 KiB");
  if (too_deep(text)) return model::refuse(Reason::bad_request, "JSON nested too deep");
  try {
    Poco::JSON::Parser parser;
    parser.setAllowNullByte(false);
    return JsonValue(std::make_unique<Node>(Node{parser.parse(std::string(text))}));
  } catch (const Poco::Exception& error) {
    return model::refuse(Reason::bad_request, "not JSON: " + error.displayText());
  } catch (const std::exception& error) {
    return model::refuse(Reason::bad_request, std::string("not JSON: ") + error.what());
  }
}

bool JsonValue::is_object() const {
  return node_->var.type() == typeid(Object::Ptr);
}
bool JsonValue::is_null() const {
  return node_->var.isEmpty();
}

std::optional<bool> JsonValue::boolean() const {
  if (!node_->var.isBoolean()) return std::nullopt;
  return node_->var.extract<bool>();
}

std::optional<std::int64_t> JsonValue::integer() const {
  if (!node_->var.isInteger() || node_->var.isBoolean()) return std::nullopt;
  try {
    return node_->var.convert<Poco::Int64>();
  } catch (const Poco::Exception&) {  // over 2^63
    return std::nullopt;
  }
}

std::optional<double> JsonValue::number() const {
  if (!node_->var.isNumeric() || node_->var.isBoolean()) return std::nullopt;
  const auto value = node_->var.convert<double>();
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::string> JsonValue::text() const {
  if (!node_->var.isString()) return std::nullopt;
  return node_->var.extract<std::string>();
}

std::optional<JsonValue> JsonValue::member(const std::string& key) const {
  if (!is_object()) return std::nullopt;
  const auto& object = node_->var.extract<Object::Ptr>();
  if (!object->has(key)) return std::nullopt;
  return JsonValue(std::make_unique<Node>(Node{object->get(key)}));
}

std::optional<std::vector<JsonValue>> JsonValue::elements() const {
  if (node_->var.type() != typeid(Array::Ptr)) return std::nullopt;
  std::vector<JsonValue> found;
  for (const Var& element : *node_->var.extract<Array::Ptr>()) {
    found.push_back(JsonValue(std::make_unique<Node>(Node{element})));
  }
  return found;
}

std::optional<std::vector<std::pair<std::string, JsonValue>>> JsonValue::members() const {
  if (!is_object()) return std::nullopt;
  std::vector<std::pair<std::string, JsonValue>> found;
  for (const auto& [key, value] : *node_->var.extract<Object::Ptr>()) {
    found.emplace_back(key, JsonValue(std::make_unique<Node>(Node{value})));
  }
  return found;
}

std::string JsonValue::to_json() const {
  return stringify(node_->var);
}

// ---- writing ---------------------------------------------------------------------------------------------------

struct JsonBuilder::Node {
  Var var;
};

JsonBuilder::JsonBuilder(std::unique_ptr<Node> node) : node_(std::move(node)) {}
JsonBuilder::JsonBuilder(JsonBuilder&&) noexcept = default;
JsonBuilder& JsonBuilder::operator=(JsonBuilder&&) noexcept = default;
JsonBuilder::~JsonBuilder() = default;

JsonBuilder JsonBuilder::object() {
  return JsonBuilder(std::make_unique<Node>(Node{Object::Ptr(new Object(Poco::JSON_PRESERVE_KEY_ORDER))}));
}
JsonBuilder JsonBuilder::list() {
  return JsonBuilder(std::make_unique<Node>(Node{Array::Ptr(new Array)}));
}
JsonBuilder JsonBuilder::boolean(bool value) {
  return JsonBuilder(std::make_unique<Node>(Node{value}));
}
JsonBuilder JsonBuilder::integer(std::int64_t value) {
  return JsonBuilder(std::make_unique<Node>(Node{Poco::Int64{value}}));
}
JsonBuilder JsonBuilder::number(double value) {
  return JsonBuilder(std::make_unique<Node>(Node{std::isfinite(value) ? value : 0.0}));
}
JsonBuilder JsonBuilder::text(const std::string& value) {
  return JsonBuilder(std::make_unique<Node>(Node{valid_utf8(value)}));
}
JsonBuilder JsonBuilder::null() {
  return JsonBuilder(std::make_unique<Node>(Node{Var{}}));
}

void JsonBuilder::set(const std::string& key, const JsonBuilder& value) {
  assert(node_->var.type() == typeid(Object::Ptr));
  Object::Ptr(node_->var.extract<Object::Ptr>())->set(valid_utf8(key), value.node_->var);
}

void JsonBuilder::append(const JsonBuilder& value) {
  assert(node_->var.type() == typeid(Array::Ptr));
  Array::Ptr(node_->var.extract<Array::Ptr>())->add(value.node_->var);
}

std::string JsonBuilder::to_json() const {
  return stringify(node_->var);
}

}  // namespace rollcall::control
