#include "allocator/words/labels.h"

#include <array>

namespace rollcall::words {
namespace {

struct Row {
  Label label;
  std::string_view english;
  std::string_view german;
};

/// In the order of the labels.
constexpr auto rows = std::to_array<Row>({
    {Label::start_a_call, "Start a group call", "Ein Gespräch beginnen"},
    {Label::my_calls, "My calls", "Meine Gespräche"},
    {Label::quiet_hours, "Hours in which I am not to be rung", "Zeiten, in denen es bei mir nicht klingeln soll"},
    {Label::my_modes, "My ways to be reached", "Wie ich zu erreichen bin"},
    {Label::invite_people, "Invite people", "Leute einladen"},
    {Label::who_is_in_the_call, "Who is in the call?", "Wer ist im Gespräch?"},
    {Label::link_for_browsers, "Link to join by browser", "Link zur Teilnahme im Browser"},
    {Label::end_for_everybody, "End the call for everybody", "Das Gespräch für alle beenden"},
    {Label::help, "What can I do here?", "Was kann ich hier tun?"},
    {Label::why, "How well does my call go, or why has it ended?", "Wie gut läuft mein Anruf, oder warum endete er?"},
    {Label::members, "Who owns it, who are its members?", "Wem gehört es, wer sind die Mitglieder?"},
    {Label::say, "Say something to the others", "Den anderen etwas sagen"},
    {Label::mute, "Mute somebody", "Jemanden stumm schalten"},
    {Label::unmute, "Let somebody be heard again", "Jemanden wieder zu Wort kommen lassen"},
    {Label::kick, "Remove somebody from the call", "Jemanden aus dem Gespräch entfernen"},
    {Label::spotlight, "Show somebody large to everybody", "Jemanden für alle groß zeigen"},
    {Label::layout, "Arrange the picture", "Das Bild anordnen"},
    {Label::record, "Record, or stop recording", "Aufnehmen, oder die Aufnahme beenden"},
    {Label::lock, "Let nobody new in", "Niemand Neues hereinlassen"},
    {Label::unlock, "Let people in again", "Wieder Leute hereinlassen"},
    {Label::pin, "PIN for joining by telephone", "PIN zur Teilnahme mit dem Telefon"},
    {Label::keep, "Keep the call as a contact for good", "Das Gespräch als Kontakt behalten"},
    {Label::rename, "Give the call another name", "Dem Gespräch einen anderen Namen geben"},
    {Label::chat, "Let what one writes reach the others, or not",
     "Was man schreibt, an die anderen weitergeben, oder nicht"},
    {Label::open, "Let everybody in, and whoever has the link", "Alle hereinlassen, und wer den Link hat"},
    {Label::members_only, "Let only members in", "Nur Mitglieder hereinlassen"},
    {Label::member, "Make somebody a member", "Jemanden zum Mitglied machen"},
    {Label::guest, "Take a membership away", "Eine Mitgliedschaft beenden"},
    {Label::moderator, "Make somebody a moderator", "Jemanden in die Moderation aufnehmen"},
    {Label::owner, "Hand the call over to somebody", "Das Gespräch jemandem übergeben"},
    {Label::delete_it, "Delete the call and its contact", "Das Gespräch und seinen Kontakt löschen"},
    {Label::join_group, "Hold the call of a group chat", "Das Gespräch eines Gruppenchats halten"},
    {Label::leave_group, "Leave the group chat of this call", "Den Gruppenchat dieses Gesprächs verlassen"},
    {Label::group_argument, "ADDRESS", "ADRESSE"},
    {Label::name_of_the_call, "Name of the call (may stay empty)", "Name des Gesprächs (darf leer bleiben)"},
    {Label::people_to_invite, "Jabber addresses of the people to invite",
     "Jabber-Adressen der Leute, die eingeladen werden"},
    {Label::person, "Who", "Wer"},
    {Label::text, "What to say", "Was zu sagen ist"},
    {Label::hours, "From-until, for example 22:00-07:00, or “off”", "Von-bis, zum Beispiel 22:00-07:00, oder „aus“"},
    {Label::modes, "One way in each line, in the order in which they are to ring",
     "In jeder Zeile ein Weg, in der Reihenfolge, in der es klingeln soll"},
    {Label::ring_order, "What rings", "Was klingelt"},
    {Label::in_turn, "one after the other", "eines nach dem anderen"},
    {Label::at_once, "all at once", "alles zugleich"},
    {Label::how_to_be_reached,
     "For example: mobile +49170… – phone +4930… 08:00-17:00 desk – room sip:room@vc.example – isdn 30123. With "
     "“no-ring” a way is used only if somebody asks for it. Nobody else sees them.",
     "Zum Beispiel: mobil +49170… – telefon +4930… 08:00-17:00 Schreibtisch – raum sip:raum@vc.example – isdn 30123. "
     "Mit „nicht-klingeln“ wird ein Weg nur benutzt, wenn jemand ihn verlangt. Sonst sieht das niemand."},
    {Label::modes_argument, "mobile +49170…, phone +4930… 08:00-17:00", "mobil +49170…, telefon +4930… 08:00-17:00"},
    {Label::choice, "What is wanted", "Was gewünscht ist"},
    {Label::how_to_start, "The call becomes a contact of its own. Everybody you name here is invited.",
     "Das Gespräch wird ein eigener Kontakt. Alle, die du hier nennst, werden eingeladen."},
    {Label::how_to_invite, "Everybody you name here gets a message and is asked to join.",
     "Alle, die du hier nennst, bekommen eine Nachricht und werden um Teilnahme gebeten."},
    {Label::people_argument, "ADDRESS …", "ADRESSE …"},
    {Label::name_argument, "NAME", "NAME"},
    {Label::text_argument, "TEXT", "TEXT"},
    {Label::hours_argument, "22:00-07:00", "22:00-07:00"},
    {Label::on, "on", "an"},
    {Label::off, "off", "aus"},
    {Label::start, "start", "start"},
    {Label::stop, "stop", "stopp"},
    {Label::fresh, "new", "neu"},
    {Label::automatic, "auto", "auto"},
    {Label::grid, "grid", "kacheln"},
    {Label::speaker, "speaker", "sprecher"},
    {Label::large, "spotlight", "person"},
    {Label::screen, "presentation", "bildschirm"},
});

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].label != static_cast<Label>(i)) return false;
  }
  return rows.size() == static_cast<std::size_t>(Label::screen) + 1;
}
static_assert(is_in_order());

}  // namespace

std::string_view label(Label label, Language language) {
  const Row& row = rows.at(static_cast<std::size_t>(label));
  switch (language) {
    case Language::english:
      return row.english;
    case Language::german:
      return row.german;
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
