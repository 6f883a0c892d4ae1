#include "allocator/words/german.h"

namespace rollcall::words {

using model::Reason;

std::string_view german(Reason reason) {
  switch (reason) {
    case Reason::bad_request:
      return "„{0}“ verstehe ich nicht. Schreib „hilfe“, um zu sehen, was ich kann.";
    case Reason::bad_address:
      return "„{0}“ ist keine Jabber-Adresse. Eine sieht so aus: julia@example.org.";
    case Reason::own_address:
      return "{0} kann nicht eingeladen werden: Nenne andere als dich selbst und mich.";
    case Reason::unknown_conference:
      return "Es gibt kein Gespräch namens „{0}“. Vielleicht ist es zu Ende.";
    case Reason::unknown_leg:
      return "Diesen Anruf gibt es hier nicht mehr.";
    case Reason::unknown_method:
      return "„{0}“ ist hier unbekannt.";
    case Reason::name_taken:
      return "Ein anderes Gespräch heißt schon „{0}“. Wähl einen anderen Namen, oder nimm an jenem teil, indem du "
             "seinen Kontakt anrufst.";
    case Reason::not_allowed:
      return "Das darfst du nicht ({0}). Frag, wer diesen Dienst betreibt oder das Gespräch begonnen hat.";
    case Reason::link_forged:
      return "Dieser Link ist nicht gültig. Lass ihn dir noch einmal geben; vielleicht fehlt ein Stück.";
    case Reason::link_expired:
      return "Dieser Link ist abgelaufen. Lass dir einen neuen geben.";
    case Reason::no_security:
      return "Der Anruf kam ohne Verschlüsselung (DTLS-SRTP) und wurde nicht angenommen. Nimm ein neueres Programm "
             "oder den Link.";
    case Reason::no_common_codec:
      return "Dein Programm und wir haben keine Art von Ton oder Bild gemeinsam ({0}). Opus und VP8 würden genügen.";
    case Reason::no_media_server:
      return "Gerade ist kein Medienserver verbunden. Bitte versuch es in einer Minute noch einmal.";
    case Reason::full:
      return "Im Augenblick ist kein Platz mehr ({0}). Bitte versuch es später noch einmal.";
    case Reason::already_in_call:
      return "Du bist schon in diesem Gespräch.";
    case Reason::connectivity:
      return "Weder Ton noch Bild kam durch, deshalb wurde der Anruf beendet. Prüf dein Netz und ruf noch einmal an.";
    case Reason::gone:
      return "Das Gespräch ist zu Ende.";
    case Reason::declined:
      return "{0} möchte nicht teilnehmen.";
    case Reason::busy:
      return "{0} ist in einem anderen Gespräch.";
    case Reason::timeout:
      return "Es kam nicht rechtzeitig eine Antwort.";
    case Reason::cancelled:
      return "Der Anruf wurde abgebrochen.";
    case Reason::hung_up:
      return "Der Anruf ist beendet.";
    case Reason::locked:
      return "„{0}“ ist abgesperrt: Niemand Neues kommt jetzt herein. Bitte jemanden darin, es aufzusperren.";
    case Reason::members_only:
      return "In „{0}“ kommen nur Mitglieder. Bitte darum, eines zu werden.";
    case Reason::moderators_only:
      return "Das darf nur die Moderation. Frag {0}.";
    case Reason::owner_only:
      return "Das darf nur, wem das Gespräch gehört: {0}.";
    case Reason::removed:
      return "Die Moderation hat deinen Anruf beendet.";
    case Reason::unreachable:
      return "{0} ist nicht erreichbar: Meine Nachrichten kommen zurück.";
    case Reason::too_fast:
      return "Das ist zu viel in zu kurzer Zeit. Bitte warte eine Minute.";
    case Reason::unknown_person:
      return "Hier heißt niemand „{0}“. Schreib „wer“, um zu sehen, wer im Gespräch ist.";
    case Reason::ambiguous_person:
      return "Wen meinst du: {0}?";
    case Reason::not_stored:
      return "„{0}“ ließ sich gerade nicht speichern. Bitte versuch es gleich noch einmal.";
    case Reason::not_dialled:
      return "{0} darf ich nicht wählen: Dafür ist hier kein Gateway da, oder du hast kein Recht dazu.";
    case Reason::dialled_enough:
      return "Was du an einem Tag wählen lassen darfst, ist aufgebraucht ({0}). Morgen geht es weiter.";
    case Reason::wrong_pin:
      return "Das ist nicht die Geheimzahl von „{0}“.";
    case Reason::modes_at_server:
      return "Wie du zu erreichen bist, hält dein eigener Server {0} fest, und er lässt mich daran nichts ändern. "
             "Ändere "
             "es mit einem Programm, das es kann (Knoten urn:rollcall:modes:0), oder bitte seine Verwaltung, mich zu "
             "lassen.";
    case Reason::internal:
      return "Hier ist etwas schiefgegangen; es ist vermerkt. Bitte versuch es noch einmal.";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
