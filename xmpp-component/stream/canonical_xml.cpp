#include "xmpp-component/stream/canonical_xml.h"

#include <cassert>
#include <utility>

namespace rollcall::component::stream {

void CanonicalXml::start_stream() {
  clear();
  text_ = "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'";
}

std::string CanonicalXml::take_header() {
  text_ += '>';
  return take();
}

void CanonicalXml::start(std::string_view name, std::string_view space) {
  close_start_tag();
  text_ += '<';
  text_ += name;
  if (open_.empty() || open_.back().space != space) {
    text_ += " xmlns='";
    escape(space);
    text_ += '\'';
  }
  open_.push_back({std::string(name), std::string(space)});
  in_start_tag_ = true;
}

void CanonicalXml::attribute(std::string_view name, std::string_view value) {
  text_ += ' ';
  text_ += name;
  text_ += "='";
  escape(value);
  text_ += '\'';
}

void CanonicalXml::text(std::string_view data) {
  close_start_tag();
  escape(data);
}

void CanonicalXml::end() {
  assert(!open_.empty());
  if (in_start_tag_) {
    text_ += "/>";
    in_start_tag_ = false;
  } else {
    text_ += "</" + open_.back().name + '>';
  }
  open_.pop_back();
}

std::string CanonicalXml::take() {
  std::string text = std::move(text_);
  clear();
  return text;
}

void CanonicalXml::clear() {
  text_.clear();
  open_.clear();
  in_start_tag_ = false;
}

void CanonicalXml::close_start_tag() {
  if (in_start_tag_) text_ += '>';
  in_start_tag_ = false;
}

void CanonicalXml::escape(std::string_view data) {
  for (const char c : data) {
    switch (c) {
      case '&':
        text_ += "&amp;";
        break;
      case '<':
        text_ += "&lt;";
        break;
      case '>':
        text_ += "&gt;";
        break;
      case '\'':
        text_ += "&apos;";
        break;
      case '"':
        text_ += "&quot;";
        break;
      default:
        text_ += c;
    }
  }
}

}  // namespace rollcall::component::stream
