// XML for tests of the rooms that speak it.
#pragma once

#include <gloox/parser.h>
#include <gloox/tag.h>
#include <gloox/taghandler.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

namespace rollcall::tests {

/// The element that `text` holds; throws std::runtime_error where there is none.
inline std::unique_ptr<gloox::Tag> parse_xml(std::string text) {
  struct Keeper : gloox::TagHandler {
    void handleTag(gloox::Tag* tag) override { kept.reset(tag->clone()); }
    std::unique_ptr<gloox::Tag> kept;
  } keeper;
  gloox::Parser parser(&keeper);
  parser.feed(text);
  if (!keeper.kept) throw std::runtime_error("not one whole XML element: " + text);
  return std::move(keeper.kept);
}

/// `path` below tests/fixtures.
inline std::string read_fixture(const std::string& path) {
  std::ifstream file(std::string(ROLLCALL_SOURCE_ROOT) + "/tests/fixtures/" + path);
  if (!file) throw std::runtime_error("no fixture " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace rollcall::tests
