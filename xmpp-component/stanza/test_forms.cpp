#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/command.h"

using namespace rollcall::component::stanza;
using rollcall::model::Reason;
using rollcall::tests::parse_xml;

namespace {

DataForm invitation_form() {
  return {.title = "Invite to Team call",
          .fields = {{.var = "FORM_TYPE", .type = FieldType::hidden, .values = {"urn:rollcall:invite:0"}},
                     {.var = "jids", .type = FieldType::jid_multi, .label = "Jabber addresses", .required = true},
                     {.var = "ring", .type = FieldType::boolean, .label = "Ring their devices now", .values = {"1"}},
                     {.var = "mode",
                      .type = FieldType::list_single,
                      .label = "How",
                      .options = {{"pstn", "Telephone"}, {"computer", "Computer"}}}}};
}

}  // namespace

TEST_CASE("JC-53: a command's first answer is the form that clients show") {
  DataForm form = invitation_form();
  form.fields.resize(3);
  const CommandResponse response{.node = "invite",
                                 .session = "s-1",
                                 .status = CommandStatus::executing,
                                 .actions = {CommandAction::complete},
                                 .form = form};
  CHECK(write_command(response)->xml() ==
        "<command xmlns='http://jabber.org/protocol/commands' node='invite' sessionid='s-1' status='executing'>"
        "<actions execute='complete'><complete/></actions><x xmlns='jabber:x:data' type='form'>"
        "<title>Invite to Team call</title>"
        "<field var='FORM_TYPE' type='hidden'><value>urn:rollcall:invite:0</value></field>"
        "<field var='jids' type='jid-multi' label='Jabber addresses'><required/></field>"
        "<field var='ring' type='boolean' label='Ring their devices now'><value>1</value></field></x></command>");
}

TEST_CASE("a form reads back as it was written, tables too") {
  DataForm form = invitation_form();
  form.instructions = {"Fill in.", "Send."};
  CHECK(read_form(*parse_xml(write_form(form)->xml())) == form);
  const DataForm table{.type = FormType::result,
                       .reported = {{.var = "name", .label = "Name"}},
                       .items = {{{.var = "name", .values = {"Ann"}}}, {{.var = "name", .values = {"Bob"}}}}};
  CHECK(read_form(*parse_xml(write_form(table)->xml())) == table);
}

TEST_CASE("JC-53: several addresses in one value, a line each, are several; blank ones are none") {
  const auto form = read_form(
      *parse_xml("<x xmlns='jabber:x:data' type='submit'><field var='jids'><value>ann@example.org\n bob@example.org\r\n"
                 "</value><value/><value>carol@example.org</value></field><field var='ring'><value>true</value></field>"
                 "<field var='empty'/></x>"));
  REQUIRE(form.has_value());
  CHECK(form->values("jids") == std::vector<std::string>{"ann@example.org", "bob@example.org", "carol@example.org"});
  CHECK(form->truth("ring") == true);
  CHECK_FALSE(form->truth("empty").has_value());
  CHECK_FALSE(form->value("missing").has_value());
  CHECK(form->values("missing").empty());
}

TEST_CASE("a form without a known type is none") {
  CHECK_FALSE(read_form(*parse_xml("<x xmlns='jabber:x:data'/>")).has_value());
}

TEST_CASE("a command is read with its form, its session and what the person wants next") {
  const auto command = read_command(
      *parse_xml("<command xmlns='http://jabber.org/protocol/commands' node='invite' sessionid='s-1' action='cancel' "
                 "xml:lang='de'><x xmlns='jabber:x:data' type='cancel'/></command>"));
  REQUIRE(command.has_value());
  CHECK(command->node == "invite");
  CHECK(command->session == "s-1");
  CHECK(command->action == CommandAction::cancel);
  CHECK(command->language == "de");
  CHECK(command->form->type == FormType::cancel);
}

TEST_CASE("a command without a node, with an unknown action or a broken form is a bad request") {
  for (const char* content : {"", " node='x' action='explode'", " node='x'><x xmlns='jabber:x:data' type='?'/"}) {
    const bool closes = std::string(content).ends_with('/');
    const auto command = read_command(*parse_xml(std::string("<command xmlns='http://jabber.org/protocol/commands'") +
                                                 content + (closes ? "></command>" : "/>")));
    REQUIRE_FALSE(command.has_value());
    CHECK(command.error().reason == Reason::bad_request);
  }
}

TEST_CASE("notes say how a command ended") {
  const CommandResponse response{.node = "end", .session = "s", .notes = {{NoteType::error, "You may not."}}};
  CHECK(write_command(response)->xml().find("<note type='error'>You may not.</note>") != std::string::npos);
}
