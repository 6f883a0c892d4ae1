#include "xmpp-component/stanza/version.h"

namespace rollcall::component::stanza {

bool is_ping(const gloox::Tag& payload) {
  return is(payload, "ping", "urn:xmpp:ping");
}

bool asks_version(const gloox::Tag& payload) {
  return is(payload, "query", "jabber:iq:version");
}

TagPtr write_version(const std::string& name, const std::string& version) {
  TagPtr query = element("query", "jabber:iq:version");
  add_child(*query, "name").setCData(name);
  add_child(*query, "version").setCData(version);
  return query;
}

}  // namespace rollcall::component::stanza
