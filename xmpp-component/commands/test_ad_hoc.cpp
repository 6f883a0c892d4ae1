#include <doctest/doctest.h>

#include "xmpp-component/commands/ad_hoc.h"
#include "xmpp-component/commands/chat.h"
#include "xmpp-component/commands/encryption_notice.h"

namespace rollcall::component::commands {
namespace {

using model::Address;
using model::Reason;
using stanza::CommandAction;
using stanza::CommandRequest;
using stanza::CommandResponse;
using stanza::CommandStatus;
using stanza::DataForm;
using stanza::FormType;
using std::chrono::hours;
using std::chrono::minutes;
using words::Language;

const Address service("", "call.example.org");
const Address team("team", "call.example.org");
const Address ann("ann", "example.org", "desk");
const Address bob("bob", "example.org", "desk");
const Address juliet("juliet", "example.org");
const Address mercutio("mercutio", "example.org");

/// One service with its open forms.
struct Desk {
  int sessions = 0;
  Language language = Language::english;
  std::vector<std::string> participants = {};
  AdHoc::Time now = AdHoc::Time{} + hours(1);
  AdHoc ad_hoc{[this] { return "s-" + std::to_string(++sessions); }};

  model::Expected<AdHoc::Step> ask(const CommandRequest& request, Place place = Place::service,
                                   const Address& from = ann) {
    const AdHoc::Asker asker{place == Place::service ? service : team, from, language, participants};
    return ad_hoc.handle(place, asker, request, now);
  }
  CommandResponse form(const CommandRequest& request, Place place = Place::service) {
    const auto step = ask(request, place);
    REQUIRE(step);
    REQUIRE(std::holds_alternative<CommandResponse>(*step));
    return std::get<CommandResponse>(*step);
  }
  Asked asked(const CommandRequest& request, Place place = Place::service) {
    const auto step = ask(request, place);
    REQUIRE(step);
    REQUIRE(std::holds_alternative<Asked>(*step));
    return std::get<Asked>(*step);
  }
};

CommandRequest filled(const std::string& session, const std::string& node, std::vector<std::string> people,
                      const std::string& name = "") {
  DataForm form{.type = FormType::submit};
  if (!name.empty()) form.fields.push_back({.var = "name", .values = {name}});
  form.fields.push_back({.var = "invitees", .values = std::move(people)});
  return {.node = node, .session = session, .action = CommandAction::complete, .form = form};
}

TEST_CASE("JC-53: the service offers to start a call, a conference what concerns it") {
  const auto at_service = AdHoc::items(Place::service, service, Language::english);
  CHECK(at_service.node == "http://jabber.org/protocol/commands");
  REQUIRE(at_service.items.size() == 6);
  CHECK(at_service.items[0] == stanza::DiscoItem{"call.example.org", "create", "Start a group call"});
  const auto at_team = AdHoc::items(Place::conference, team, Language::english);
  CHECK(at_team.items.size() == 29);
  for (const auto& item : at_team.items) {
    CHECK(AdHoc::name(Place::conference, item.node, Language::english) == item.name);
  }
  CHECK(!AdHoc::name(Place::service, "who", Language::english));
}

TEST_CASE("JC-53: every field of a form has a label, and all but hidden ones are shown") {
  Desk desk;
  const CommandResponse response = desk.form({.node = "create"});
  CHECK(response.status == CommandStatus::executing);
  CHECK(response.session == "s-1");
  CHECK(response.actions == std::vector{CommandAction::complete});
  REQUIRE(response.form);
  REQUIRE(response.form->fields.size() == 3);
  CHECK(response.form->fields[1].type == stanza::FieldType::text_single);
  CHECK(response.form->fields[2].type == stanza::FieldType::jid_multi);
  CHECK(!response.form->fields[1].label.empty());
  CHECK(!response.form->fields[2].label.empty());
}

TEST_CASE("JC-53: addresses may be a value each or lines of one value, with empty ones between") {
  for (const auto& people : {std::vector<std::string>{"juliet@example.org", "", "mercutio@example.org"},
                             std::vector<std::string>{"juliet@example.org\n\nmercutio@example.org\n"},
                             std::vector<std::string>{"xmpp:juliet@example.org, mercutio@example.org"}}) {
    Desk desk;
    const std::string session = desk.form({.node = "create"}).session;
    const Asked asked = desk.asked(filled(session, "create", people, "team"));
    CHECK(asked.request == Request(StartConference{"team", {juliet, mercutio}}));
    CHECK(asked.session == session);
    CHECK(desk.ad_hoc.open_sessions() == 0);
  }
}

TEST_CASE("a call without a name and without people may be started") {
  Desk desk;
  const std::string session = desk.form({.node = "create"}).session;
  CHECK(desk.asked(filled(session, "create", {})).request == Request(StartConference{}));
}

TEST_CASE("a form that comes with the first question is taken at once") {
  Desk desk;
  CHECK(desk.asked(filled("", "invite", {"juliet@example.org"}), Place::conference).request ==
        Request(Invite{{juliet}}));
}

TEST_CASE("a bad address brings the form back, filled as it was, and says which") {
  Desk desk;
  const std::string session = desk.form({.node = "invite"}, Place::conference).session;
  const CommandResponse again =
      desk.form(filled(session, "invite", {"juliet@example.org", "nonsense"}), Place::conference);
  CHECK(again.status == CommandStatus::executing);
  CHECK(again.session == session);
  REQUIRE(again.notes.size() == 1);
  CHECK(again.notes[0].type == stanza::NoteType::error);
  CHECK(again.notes[0].text.find("nonsense") != std::string::npos);
  CHECK(again.form->values("invitees").size() == 2);
  CHECK(desk.asked(filled(session, "invite", {"juliet@example.org"}), Place::conference).session == session);
}

TEST_CASE("an invitation of nobody brings the form back") {
  Desk desk;
  const std::string session = desk.form({.node = "invite"}, Place::conference).session;
  CHECK(desk.form(filled(session, "invite", {}), Place::conference).status == CommandStatus::executing);
}

TEST_CASE("what needs no form is asked at once, and completed with a note") {
  Desk desk;
  for (const auto& [node, request] :
       {std::pair<std::string, Request>{"who", Who{}}, {"link", Link{}}, {"end", End{}}, {"help", Help{}}}) {
    const Asked asked = desk.asked({.node = node}, Place::conference);
    CHECK(asked.request == request);
    const CommandResponse done = AdHoc::completed(asked, stanza::NoteType::info, "Nobody.");
    CHECK(done.status == CommandStatus::completed);
    CHECK(done.session == asked.session);
    CHECK(done.notes == std::vector<stanza::CommandNote>{{stanza::NoteType::info, "Nobody."}});
  }
  CHECK(desk.ad_hoc.open_sessions() == 0);
}

TEST_CASE("a form can be cancelled, by the command or by the form") {
  for (const bool by_form : {false, true}) {
    Desk desk;
    CommandRequest cancel{.node = "create", .session = desk.form({.node = "create"}).session};
    if (by_form) {
      cancel.form = DataForm{.type = FormType::cancel};
    } else {
      cancel.action = CommandAction::cancel;
    }
    CHECK(desk.form(cancel).status == CommandStatus::canceled);
    CHECK(desk.ad_hoc.open_sessions() == 0);
  }
}

TEST_CASE("a session belongs to who began it, to its command and to its place") {
  Desk desk;
  const std::string session = desk.form({.node = "create"}).session;
  const CommandRequest mine = filled(session, "create", {});
  CHECK(desk.ask(mine, Place::service, bob).error().reason == Reason::bad_request);
  CHECK(desk.ask(filled(session, "invite", {}), Place::conference).error().reason == Reason::bad_request);
  CHECK(desk.ask(filled("made-up", "create", {})).error().reason == Reason::bad_request);
  CHECK(desk.ask({.node = "create", .session = session, .action = CommandAction::prev}).error().reason ==
        Reason::bad_request);
  CHECK(desk.ask(mine));
}

TEST_CASE("an unknown command is refused by its node") {
  Desk desk;
  CHECK(desk.ask({.node = "dance"}).error() == model::Refusal{Reason::unknown_method, "dance"});
  CHECK(desk.ask({.node = "who"}).error().reason == Reason::unknown_method);
}

TEST_CASE("a form that is left open is forgotten after a quarter of an hour") {
  Desk desk;
  const std::string session = desk.form({.node = "create"}).session;
  desk.now += minutes(15);
  CHECK(desk.ask(filled(session, "create", {})).error().reason == Reason::bad_request);
  CHECK(desk.form({.node = "create"}).session != session);
  CHECK(desk.ad_hoc.open_sessions() == 1);
}

TEST_CASE("the forms that stay open are counted, for a person and for all") {
  Desk desk;
  const std::string first = desk.form({.node = "create"}).session;
  for (int n = 0; n < 20; ++n) {
    desk.now += std::chrono::seconds(1);
    (void)desk.form({.node = "create"});
  }
  CHECK(desk.ad_hoc.open_sessions() == 8);
  CHECK(!desk.ask(filled(first, "create", {})));
  for (int n = 0; n < 1100; ++n) {
    (void)desk.ask({.node = "create"}, Place::service, Address("p" + std::to_string(n), "example.org", "x"));
  }
  CHECK(desk.ad_hoc.open_sessions() <= 1024);
}

TEST_CASE("chat words and ad-hoc commands are the same commands") {
  for (const Command& command : all_commands()) {
    if (command.takes != Takes::nothing) continue;
    const std::string word(command.words[0]);
    const auto typed = command.place == Place::service ? parse(Place::service, word) : parse(Place::conference, word);
    Desk desk;
    CHECK(typed == desk.asked({.node = std::string(command.node)}, command.place).request);
  }
}

TEST_CASE("JC-52: a person is told once a day that encrypted messages cannot be read, whatever the device") {
  EncryptionNotices notices;
  const EncryptionNotices::Time now = EncryptionNotices::Time{} + hours(100);
  CHECK(notices.due(ann, now));
  CHECK(!notices.due(ann.with_resource("phone"), now + hours(23)));
  CHECK(notices.due(bob, now));
  CHECK(notices.due(ann, now + hours(24)));
}

}  // namespace
}  // namespace rollcall::component::commands
