#include "allocator/control/json_fields.h"

namespace rollcall::control {

void JsonReader::read_map(const JsonValue& json, const std::string& path, TextMap& out, Bounds bounds) {
  const auto members = json.members();
  if (!members) return fail(path, "not an object");
  if (!bounds.hold(static_cast<double>(members->size()))) return fail(path, "too many");
  out.clear();
  for (const auto& [key, value] : *members) {
    if (!any_text.hold(static_cast<double>(key.size()))) return fail(path, "name too long");
    read(value, path + "." + key, out[key], any_text);
  }
}

}  // namespace rollcall::control
