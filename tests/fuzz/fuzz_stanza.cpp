// Whatever a person's client puts into a stanza is read or refused by every codec, and what was read can be written and
// reads the same again.
#include <gloox/parser.h>
#include <gloox/tag.h>
#include <gloox/taghandler.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "xmpp-component/stanza/call_request.h"
#include "xmpp-component/stanza/caps.h"
#include "xmpp-component/stanza/command.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/group_chat.h"
#include "xmpp-component/stanza/message.h"
#include "xmpp-component/stanza/presence.h"
#include "xmpp-component/stanza/roster.h"
#include "xmpp-component/stanza/stanza_error.h"
#include "xmpp-component/stanza/vcard.h"
#include "xmpp-component/stream/guard.h"

namespace {

using namespace rollcall::component::stanza;

void must(bool condition) {
  if (!condition) std::abort();
}

void try_stanza(const gloox::Tag& tag) {
  Message message = read_message(tag);
  (void)is_spoken_to_us(message);
  message.delayed = message.carbon = message.encrypted = message.amends = message.from_room = false;  // read only
  must(read_message(*write_message(message)) == message);
  if (const auto presence = read_presence(tag)) must(read_presence(*write_presence(*presence)) == presence);
  const rollcall::model::Address us("rollcall", "call.example.org");
  if (const auto invited = read_group_invitation(tag)) {
    must(read_group_invitation(*write_group_invitation(*invited, us)) == invited);
    (void)write_group_decline(*invited, us, "no");
  }
  if (const auto there = read_group_presence(tag)) {
    must(read_group_presence(*write_group_presence(*there, us)) == there);
  }
  (void)read_privileges(tag);
  (void)read_error(tag);
}

void try_payload(const gloox::Tag& tag) {
  const DiscoInfo info = read_disco_info(tag);
  (void)caps_hash(info);
  (void)write_disco_info(info);
  must(read_disco_items(*write_disco_items(read_disco_items(tag))) == read_disco_items(tag));
  must(read_roster(*write_roster(read_roster(tag))) == read_roster(tag));
  (void)write_vcard(read_vcard(tag));
  if (const auto call = read_call_request(tag)) must(read_call_request(*write_call_request(*call)) == *call);
  if (const auto call = read_call_result(tag)) must(read_call_result(*write_call_result(*call)) == *call);
  if (const auto form = read_form(tag)) {
    (void)write_form(*form);
    for (const Field& field : form->fields) (void)form->values(field.var);
  }
  (void)read_command(tag);
}

struct Reader final : gloox::TagHandler {
  void handleTag(gloox::Tag* tag) override {
    try_stanza(*tag);
    for (const gloox::Tag* child : tag->children()) try_payload(*child);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view header =
      "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='1'>";
  rollcall::component::stream::Guard guard;
  Reader reader;
  gloox::Parser parser(&reader);
  (void)guard.feed(header);
  for (std::string xml : guard.feed(std::string_view(reinterpret_cast<const char*>(data), size))) {
    (void)parser.feed(xml);
  }
  return 0;
}
