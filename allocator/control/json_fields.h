// How a struct's members become JSON, said once for both directions: a `describe(visitor, value)` overload names each
// member with its bounds; JsonReader and JsonWriter are the two visitors. Inside this room only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "allocator/control/json_tree.h"
#include "allocator/model/ids.h"

namespace rollcall::control {

/// Of a number: its value; of a text: its length in bytes; of a list or a map: its count. Both ends included.
struct Bounds {
  double least = 0;
  double most = 4096;
  [[nodiscard]] bool hold(double value) const { return value >= least && value <= most; }
};
inline constexpr Bounds any_text{0, 4096};
inline constexpr Bounds id_text{1, 1023};

/// An enum's spellings: specialise `spellings<E>` as an array of pairs.
template <class E>
struct Spelling {
  E value;
  std::string_view text;
};
template <class E>
inline constexpr int spellings = 0;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<model::Id<Tag>> = true;
using TextMap = std::map<std::string, std::string>;

/// Fills a struct from an object. The first problem is kept, with the member's path; after it nothing more is read.
class JsonReader {
 public:
  template <class T>
  using Ref = T&;

  /// `problem` gets the path and the reason, "offer.media[1].mid: missing"; it is the caller's and outlives this.
  JsonReader(const JsonValue& object, std::string path, std::optional<std::string>& problem)
      : object_(object), path_(std::move(path)), problem_(problem) {}

  template <class T>
  void required(const char* key, T& out, Bounds bounds = {}) {
    const auto json = object_.member(key);
    if (!json) return fail(path_to(key), "missing");
    read(*json, path_to(key), out, bounds);
  }
  /// A member that may be missing; `out` keeps its default then.
  template <class T>
  void optional(const char* key, T& out, Bounds bounds = {}) {
    if (const auto json = object_.member(key)) read(*json, path_to(key), out, bounds);
  }
  void check(bool holds, const std::string& where, const char* what) {
    if (!holds) fail(path_to(where), what);
  }

  template <class T>
  void read(const JsonValue& json, const std::string& path, T& out, Bounds bounds);

 private:
  void fail(const std::string& path, std::string_view what) {
    if (!problem_) problem_ = path + ": " + std::string(what);
  }
  [[nodiscard]] std::string path_to(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

  void read_map(const JsonValue& json, const std::string& path, TextMap& out, Bounds bounds);
  template <class E>
  void read_enum(const JsonValue& json, const std::string& path, E& out);
  template <class T>
  void read_list(const JsonValue& json, const std::string& path, std::vector<T>& out, Bounds bounds);
  template <class T>
  void read_number(const JsonValue& json, const std::string& path, T& out, Bounds bounds);

  const JsonValue& object_;
  std::string path_;
  std::optional<std::string>& problem_;
};

/// Writes a struct to an object. Optional values that are empty are left out.
class JsonWriter {
 public:
  template <class T>
  using Ref = const T&;

  template <class T>
  void required(const char* key, const T& value, Bounds = {}) {
    if constexpr (is_optional<T>) {
      if (value) object_.set(key, build(*value));
    } else {
      object_.set(key, build(value));
    }
  }
  template <class T>
  void optional(const char* key, const T& value, Bounds = {}) {
    required(key, value);
  }
  void check(bool, const std::string&, const char*) {}

  template <class T>
  [[nodiscard]] static JsonBuilder build(const T& value);

 private:
  JsonBuilder object_ = JsonBuilder::object();
};

template <class T>
void JsonReader::read(const JsonValue& json, const std::string& path, T& out, Bounds bounds) {
  if (problem_) return;
  if constexpr (std::is_same_v<T, bool>) {
    const auto found = json.boolean();
    found ? void(out = *found) : fail(path, "not true or false");
  } else if constexpr (std::is_enum_v<T>) {
    read_enum(json, path, out);
  } else if constexpr (std::is_arithmetic_v<T>) {
    read_number(json, path, out, bounds);
  } else if constexpr (std::is_same_v<T, std::string>) {
    auto found = json.text();
    if (!found) return fail(path, "not a text");
    if (!bounds.hold(static_cast<double>(found->size()))) return fail(path, "too short or too long");
    out = std::move(*found);
  } else if constexpr (is_id<T>) {
    std::string text;
    read(json, path, text, id_text);
    out = T(std::move(text));
  } else if constexpr (is_optional<T>) {
    read(json, path, out.emplace(), bounds);
  } else if constexpr (is_vector<T>) {
    read_list(json, path, out, bounds);
  } else if constexpr (std::is_same_v<T, TextMap>) {
    read_map(json, path, out, bounds);
  } else {
    if (!json.is_object()) return fail(path, "not an object");
    JsonReader inner(json, path, problem_);
    if constexpr (!std::is_empty_v<T>) describe(inner, out);
  }
}

template <class T>
void JsonReader::read_number(const JsonValue& json, const std::string& path, T& out, Bounds bounds) {
  if constexpr (std::is_floating_point_v<T>) {
    const auto found = json.number();
    if (!found) return fail(path, "not a number");
    if (!bounds.hold(*found)) return fail(path, "out of range");
    out = *found;
  } else {
    const auto found = json.integer();
    if (!found) return fail(path, "not a whole number");
    if (!bounds.hold(static_cast<double>(*found))) return fail(path, "out of range");
    out = static_cast<T>(*found);
  }
}

template <class E>
void JsonReader::read_enum(const JsonValue& json, const std::string& path, E& out) {
  const auto text = json.text();
  if (!text) return fail(path, "not a text");
  for (const auto& spelling : spellings<E>) {
    if (spelling.text == *text) return void(out = spelling.value);
  }
  fail(path, "not a known word");
}

template <class T>
void JsonReader::read_list(const JsonValue& json, const std::string& path, std::vector<T>& out, Bounds bounds) {
  const auto elements = json.elements();
  if (!elements) return fail(path, "not a list");
  if (!bounds.hold(static_cast<double>(elements->size()))) return fail(path, "too many or too few");
  out.clear();
  for (const auto& element : *elements) {
    const std::string place = path + "[" + std::to_string(out.size()) + "]";
    read(element, place, out.emplace_back(), any_text);
  }
}

template <class T>
JsonBuilder JsonWriter::build(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return JsonBuilder::boolean(value);
  } else if constexpr (std::is_enum_v<T>) {
    for (const auto& spelling : spellings<T>) {
      if (spelling.value == value) return JsonBuilder::text(std::string(spelling.text));
    }
    __builtin_unreachable();
  } else if constexpr (std::is_floating_point_v<T>) {
    return JsonBuilder::number(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return JsonBuilder::integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    return JsonBuilder::text(value);
  } else if constexpr (is_id<T>) {
    return JsonBuilder::text(value.text());
  } else if constexpr (is_vector<T>) {
    JsonBuilder list = JsonBuilder::list();
    for (const auto& element : value) list.append(build(element));
    return list;
  } else if constexpr (std::is_same_v<T, TextMap>) {
    JsonBuilder object = JsonBuilder::object();
    for (const auto& [key, text] : value) object.set(key, JsonBuilder::text(text));
    return object;
  } else {
    JsonWriter inner;
    if constexpr (!std::is_empty_v<T>) describe(inner, value);
    return std::move(inner.object_);
  }
}

}  // namespace rollcall::control
