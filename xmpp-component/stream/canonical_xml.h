#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::component::stream {

/// Writes XML without prefixes: each element whose namespace differs from its parent's says so by `xmlns`. Text and
/// attribute values may hold anything that XML allows. Owned by Guard, loop thread.
class CanonicalXml {
 public:
  /// The stream's header; its prefix is the only one there is, because gloox looks for it. `attribute` may follow.
  void start_stream();
  [[nodiscard]] std::string take_header();

  void start(std::string_view name, std::string_view space);
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view data);
  void end();

  [[nodiscard]] std::size_t size() const { return text_.size(); }
  /// The text so far; this starts anew.
  [[nodiscard]] std::string take();
  void clear();

 private:
  struct Element {
    std::string name;
    std::string space;
  };
  void close_start_tag();
  void escape(std::string_view data);

  std::string text_;
  std::vector<Element> open_;
  bool in_start_tag_ = false;
};

}  // namespace rollcall::component::stream
