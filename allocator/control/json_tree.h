// JSON as the codec sees it: a tree to read and a tree to write, on Poco, without Poco in sight. Inside this room only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "allocator/model/expected.h"

namespace rollcall::control {

/// One value of a received text; cheap to copy out of, immutable. No answer where the type is another one.
class JsonValue {
 public:
  /// Refuses with bad_request: over 256 KiB, nested deeper than 24, no UTF-8, or no JSON.
  [[nodiscard]] static model::Expected<JsonValue> parse(std::string_view text);

  JsonValue(JsonValue&&) noexcept;
  JsonValue& operator=(JsonValue&&) noexcept;
  ~JsonValue();

  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<std::string> text() const;
  [[nodiscard]] std::optional<JsonValue> member(const std::string& key) const;
  [[nodiscard]] std::optional<std::vector<JsonValue>> elements() const;
  [[nodiscard]] std::optional<std::vector<std::pair<std::string, JsonValue>>> members() const;
  [[nodiscard]] std::string to_json() const;

 private:
  struct Node;
  explicit JsonValue(std::unique_ptr<Node> node);
  std::unique_ptr<Node> node_;
};

/// A tree being written: an object, a list, or a plain value. Members keep the order in which they were set.
class JsonBuilder {
 public:
  [[nodiscard]] static JsonBuilder object();
  [[nodiscard]] static JsonBuilder list();
  [[nodiscard]] static JsonBuilder boolean(bool value);
  [[nodiscard]] static JsonBuilder integer(std::int64_t value);
  /// What is not finite is written as 0: JSON has no spelling for it.
  [[nodiscard]] static JsonBuilder number(double value);
  /// What is no UTF-8 is replaced by question marks.
  [[nodiscard]] static JsonBuilder text(const std::string& value);
  [[nodiscard]] static JsonBuilder null();

  JsonBuilder(JsonBuilder&&) noexcept;
  JsonBuilder& operator=(JsonBuilder&&) noexcept;
  ~JsonBuilder();

  void set(const std::string& key, const JsonBuilder& value);
  void append(const JsonBuilder& value);
  [[nodiscard]] std::string to_json() const;

 private:
  struct Node;
  explicit JsonBuilder(std::unique_ptr<Node> node);
  std::unique_ptr<Node> node_;
};

}  // namespace rollcall::control
