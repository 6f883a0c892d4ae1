#include "xmpp-component/commands/command_table.h"

#include "allocator/model/fold.h"
#include "xmpp-component/commands/group.h"
#include "xmpp-component/commands/hours.h"
#include "xmpp-component/commands/modes_text.h"

namespace rollcall::component::commands {
namespace {

using model::PersonAct;
using model::PictureLayout;
using model::PinWish;
using model::Switch;
using words::Label;
using Made = model::Expected<Request>;

template <class Kind>
Made plain(Arguments) {
  return Request(Kind{});
}
Made start(Arguments said) {
  StartConference request{.invitees = std::move(said.people), .routes = std::move(said.routes)};
  if (!said.text.empty()) request.name = std::move(said.text);
  return Request(std::move(request));
}
Made invite(Arguments said) {
  return Request(Invite{std::move(said.people), std::move(said.routes)});
}
template <class Kind>
Made with_text(Arguments said) {
  return Request(Kind{std::move(said.text)});
}
template <PersonAct act>
Made on_person(Arguments said) {
  return Request(OnPerson{act, std::move(said.text)});
}
template <Switch what, bool on>
Made turn(Arguments) {
  return Request(Turn{what, on});
}
template <Switch what>
Made turn_as_said(Arguments said) {
  return Request(Turn{what, said.text == "on"});
}
Made pin(Arguments said) {
  return Request(Pin{said.text == "new" ? PinWish::renew : said.text == "off" ? PinWish::remove : PinWish::show});
}
Made spotlight(Arguments said) {
  const std::string word = model::fold(said.text);
  const bool is_nobody = word == "off" || word == "aus";
  return Request(OnPerson{PersonAct::spotlight, is_nobody ? "" : std::move(said.text)});
}
Made arrange(Arguments said) {
  for (const auto& [value, layout] : {std::pair{"grid", PictureLayout::grid},
                                      {"speaker", PictureLayout::speaker},
                                      {"spotlight", PictureLayout::spotlight},
                                      {"presentation", PictureLayout::presentation}}) {
    if (said.text == value) return Request(Arrange{layout});
  }
  return Request(Arrange{PictureLayout::automatic});
}
Made quiet(Arguments said) {
  return parse_quiet(said.text).map([](Quiet request) { return Request(request); });
}

Made join_group(Arguments said) {
  const auto group = parse_group(said.text);
  if (!group) return tl::unexpected(group.error());
  return Request(JoinGroup{*group});
}

Made my_modes(Arguments said) {
  if (said.text.empty()) return Request(MyModes{});
  return parse_modes(said.text).map([](model::Modes modes) { return Request(MyModes{std::move(modes)}); });
}

constexpr std::array on_off{Choice{"on", Label::on}, Choice{"off", Label::off}};
constexpr std::array start_stop{Choice{"on", Label::start}, Choice{"off", Label::stop}};
constexpr std::array pin_choices{Choice{"", Label::pin}, Choice{"new", Label::fresh}, Choice{"off", Label::off}};
constexpr std::array layouts{Choice{"auto", Label::automatic}, Choice{"grid", Label::grid},
                             Choice{"speaker", Label::speaker}, Choice{"spotlight", Label::large},
                             Choice{"presentation", Label::screen}};

constexpr auto service = Place::service;
constexpr auto conference = Place::conference;

const auto commands = std::to_array<Command>({
    {service, "create", {"call", "anrufen", "ruf", "start"}, Takes::name_and_people, Label::start_a_call, start},
    {service,
     "my-conferences",
     {"conferences", "konferenzen", "calls", "gespräche"},
     Takes::nothing,
     Label::my_calls,
     plain<Conferences>},
    {service, "join", {"join", "betreten"}, Takes::name, Label::join_group, join_group, Label::group_argument},
    {service, "quiet", {"quiet", "ruhe"}, Takes::hours, Label::quiet_hours, quiet, Label::hours_argument},
    {service,
     "modes",
     {"modes", "wege", "ways", "reach"},
     Takes::modes,
     Label::my_modes,
     my_modes,
     Label::modes_argument},
    {service, "help", {"help", "hilfe", "menu"}, Takes::nothing, Label::help, plain<Help>},

    {conference, "who", {"who", "wer"}, Takes::nothing, Label::who_is_in_the_call, plain<Who>},
    {conference,
     "invite",
     {"invite", "einladen", "lade"},
     Takes::people,
     Label::invite_people,
     invite,
     Label::people_argument},
    {conference, "link", {"link", "verweis"}, Takes::nothing, Label::link_for_browsers, plain<Link>},
    {conference, "why", {"why", "warum"}, Takes::maybe_participant, Label::why, with_text<Why>},
    {conference, "members", {"members", "mitglieder"}, Takes::nothing, Label::members, plain<Members>},
    {conference, "say", {"say", "sag", "sage"}, Takes::text, Label::say, with_text<Say>, Label::text_argument},
    {conference,
     "mute",
     {"mute", "stumm"},
     Takes::participant,
     Label::mute,
     on_person<PersonAct::mute>,
     Label::name_argument},
    {conference,
     "unmute",
     {"unmute", "laut"},
     Takes::participant,
     Label::unmute,
     on_person<PersonAct::unmute>,
     Label::name_argument},
    {conference,
     "kick",
     {"kick", "entfernen", "rauswerfen"},
     Takes::participant,
     Label::kick,
     on_person<PersonAct::remove>,
     Label::name_argument},
    {conference,
     "spotlight",
     {"spotlight", "hervorheben"},
     Takes::participant,
     Label::spotlight,
     spotlight,
     Label::name_argument},
    {conference, "layout", {"layout", "anordnung"}, Takes::choice, Label::layout, arrange, {}, layouts},
    {conference,
     "record",
     {"record", "aufnahme", "aufnehmen"},
     Takes::maybe_choice,
     Label::record,
     turn_as_said<Switch::recording>,
     {},
     start_stop},
    {conference, "lock", {"lock", "absperren", "sperren"}, Takes::nothing, Label::lock, turn<Switch::lock, true>},
    {conference,
     "unlock",
     {"unlock", "aufsperren", "entsperren"},
     Takes::nothing,
     Label::unlock,
     turn<Switch::lock, false>},
    {conference, "pin", {"pin", "geheimzahl"}, Takes::maybe_choice, Label::pin, pin, {}, pin_choices},
    {conference, "keep", {"keep", "behalten"}, Takes::maybe_name, Label::keep, with_text<Keep>, Label::name_argument},
    {conference,
     "rename",
     {"rename", "umbenennen"},
     Takes::name,
     Label::rename,
     with_text<Rename>,
     Label::name_argument},
    {conference, "chat", {"chat", "unterhaltung"}, Takes::choice, Label::chat, turn_as_said<Switch::chat>, {}, on_off},
    {conference, "open", {"open", "offen"}, Takes::nothing, Label::open, turn<Switch::members_only, false>},
    {conference,
     "members-only",
     {"members-only", "nur-mitglieder"},
     Takes::nothing,
     Label::members_only,
     turn<Switch::members_only, true>},
    {conference,
     "member",
     {"member", "mitglied"},
     Takes::person,
     Label::member,
     on_person<PersonAct::make_member>,
     Label::name_argument},
    {conference,
     "guest",
     {"guest", "gast"},
     Takes::person,
     Label::guest,
     on_person<PersonAct::make_guest>,
     Label::name_argument},
    {conference,
     "moderator",
     {"moderator", "moderation"},
     Takes::person,
     Label::moderator,
     on_person<PersonAct::make_moderator>,
     Label::name_argument},
    {conference,
     "owner",
     {"owner", "übergeben", "besitzer"},
     Takes::person,
     Label::owner,
     on_person<PersonAct::make_owner>,
     Label::name_argument},
    {conference, "quiet", {"quiet", "ruhe"}, Takes::hours, Label::quiet_hours, quiet, Label::hours_argument},
    {conference, "leave", {"leave", "verlassen", "weggehen"}, Takes::nothing, Label::leave_group, plain<LeaveGroup>},
    {conference, "end", {"end", "beenden", "ende"}, Takes::nothing, Label::end_for_everybody, plain<End>},
    {conference, "delete", {"delete", "löschen"}, Takes::nothing, Label::delete_it, plain<Delete>},
    {conference, "help", {"help", "hilfe", "menu"}, Takes::nothing, Label::help, plain<Help>},
});

}  // namespace

std::span<const Command> all_commands() {
  return commands;
}

}  // namespace rollcall::component::commands
