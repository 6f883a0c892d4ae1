// The forms of the commands: what is asked, and what comes back filled in.
#include <doctest/doctest.h>

#include "xmpp-component/commands/form.h"

namespace rollcall::component::commands {
namespace {

using model::PersonAct;
using model::PictureLayout;
using model::Reason;
using model::Switch;
using stanza::DataForm;
using stanza::FieldType;
using words::Language;

const Command& command(const char* node, Place place = Place::conference) {
  const Command* found = command_by_node(place, node);
  REQUIRE(found != nullptr);
  return *found;
}

DataForm filled(const std::string& var, const std::string& value) {
  return {.type = stanza::FormType::submit, .fields = {{.var = var, .values = {value}}}};
}

TEST_CASE("JC-53: who is meant is chosen from those who are in the call, or typed where nobody is") {
  const DataForm form = form_for(command("mute"), Language::english, {"Ann", "Bob"}, {});
  REQUIRE(form.fields.size() == 2);
  CHECK(form.fields[1].type == FieldType::list_single);
  REQUIRE(form.fields[1].options.size() == 2);
  CHECK(form.fields[1].options[1].value == "Bob");
  CHECK(form_for(command("mute"), Language::english, {}, {}).fields[1].type == FieldType::text_single);
}

TEST_CASE("JC-53: every form of every command has labels in both languages, and types that clients show") {
  for (const Command& one : all_commands()) {
    for (const Language language : words::all_languages) {
      const DataForm form = form_for(one, language, {"Ann"}, {});
      CHECK_FALSE(form.title.empty());
      for (const stanza::Field& field : form.fields) {
        CAPTURE(field.var);
        CHECK((field.type == FieldType::hidden || !field.label.empty()));
        for (const auto& option : field.options) {
          CHECK_FALSE(option.label.empty());
          CHECK_FALSE(option.value.empty());
        }
      }
    }
  }
}

TEST_CASE("a form that is filled in asks the same as the chat word") {
  CHECK(request_from(command("mute"), filled("who", "Ann")) == Request(OnPerson{PersonAct::mute, "Ann"}));
  CHECK(request_from(command("layout"), filled("choice", "grid")) == Request(Arrange{PictureLayout::grid}));
  CHECK(request_from(command("record"), filled("choice", "off")) == Request(Turn{Switch::recording, false}));
  CHECK(request_from(command("pin"), filled("choice", "show")) == Request(Pin{}));
  CHECK(request_from(command("pin"), filled("choice", "new")) == Request(Pin{model::PinWish::renew}));
  CHECK(request_from(command("keep"), filled("name", "Team")) == Request(Keep{"Team"}));
  CHECK(request_from(command("keep"), filled("name", "")) == Request(Keep{}));
  CHECK(request_from(command("why"), filled("who", "")) == Request(Why{}));
  CHECK(request_from(command("quiet"), filled("hours", "off")) == Request(Quiet{true, {}}));
  CHECK(request_from(command("say"), filled("text", "Hello")) == Request(Say{"Hello"}));
}

TEST_CASE("a form with a choice that is none, or without what is needed, is refused") {
  for (const auto& [node, var, value] : {std::tuple{"layout", "choice", "upside down"},
                                         {"chat", "choice", ""},
                                         {"mute", "who", ""},
                                         {"rename", "name", ""},
                                         {"quiet", "hours", "later"}}) {
    CAPTURE(node);
    const auto request = request_from(command(node), filled(var, value));
    REQUIRE_FALSE(request);
    CHECK(request.error().reason == Reason::bad_request);
  }
}

TEST_CASE("what was filled in stands in the form that comes back") {
  const DataForm again = form_for(command("quiet"), Language::german, {}, filled("hours", "later"));
  CHECK(again.value("hours") == "later");
  CHECK(again.title == "Zeiten, in denen es bei mir nicht klingeln soll");
}

}  // namespace
}  // namespace rollcall::component::commands
