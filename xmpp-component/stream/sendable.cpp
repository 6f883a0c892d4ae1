#include "xmpp-component/stream/sendable.h"

#include <glib.h>

namespace rollcall::component::stream {

std::string sendable(std::string xml) {
  if (g_utf8_validate(xml.data(), static_cast<gssize>(xml.size()), nullptr) == FALSE) {
    char* valid = g_utf8_make_valid(xml.data(), static_cast<gssize>(xml.size()));
    xml = valid;
    g_free(valid);
  }
  for (auto found = xml.find("\xEF\xBF"); found != std::string::npos; found = xml.find("\xEF\xBF", found + 3)) {
    char& last = xml[found + 2];
    if (last == '\xBE' || last == '\xBF') last = '\xBD';
  }
  return xml;
}

}  // namespace rollcall::component::stream
