#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/caps.h"

using namespace rollcall::component::stanza;
using rollcall::tests::parse_xml;

TEST_CASE("JC-3: XEP-0115's first example hashes to its ver") {
  const DiscoInfo info{.identities = {{"client", "pc", "Exodus 0.9.1"}},
                       .features = {"http://jabber.org/protocol/muc", "http://jabber.org/protocol/disco#info",
                                    "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/caps"}};
  CHECK(caps_hash(info) == "QgayPKawpkPSDYmwT/WM94uAlu0=");
}

TEST_CASE("JC-3: XEP-0115's example with two languages and a form hashes to its ver") {
  const auto query = parse_xml(
      "<query xmlns='http://jabber.org/protocol/disco#info' node='http://psi-im.org#q07IKJEyjvHSyhy//CH0CxmKi8w='>"
      "<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>"
      "<identity xml:lang='el' category='client' name='\xCE\xA8 0.11' type='pc'/>"
      "<feature var='http://jabber.org/protocol/caps'/><feature var='http://jabber.org/protocol/disco#info'/>"
      "<feature var='http://jabber.org/protocol/disco#items'/><feature var='http://jabber.org/protocol/muc'/>"
      "<x xmlns='jabber:x:data' type='result'>"
      "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>"
      "<field var='ip_version' type='text-multi'><value>ipv4</value><value>ipv6</value></field>"
      "<field var='os'><value>Mac</value></field><field var='os_version'><value>10.5.1</value></field>"
      "<field var='software'><value>Psi</value></field><field var='software_version'><value>0.11</value></field>"
      "</x></query>");
  const DiscoInfo info = read_disco_info(*query);
  REQUIRE(info.identities.size() == 2);
  CHECK(info.identities[1].language == "el");
  CHECK(caps_hash(info) == "q07IKJEyjvHSyhy//CH0CxmKi8w=");
}

TEST_CASE("a hash does not depend on the order or the node") {
  DiscoInfo info{.node = "a", .identities = {{"client", "bot"}}, .features = {"b", "a"}};
  const std::string hash = caps_hash(info);
  info.node = "other";
  info.features = {"a", "b"};
  CHECK(caps_hash(info) == hash);
  info.features = {"a", "c"};
  CHECK(caps_hash(info) != hash);
}
