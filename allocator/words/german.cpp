#include "allocator/words/german.h"

namespace rollcall::words {

using model::Phrase;

std::string_view german(Phrase phrase) {
  switch (phrase) {
    case Phrase::help:
      return "Ich starte Videogespräche zu mehreren. Schreib mir:\n"
             "  anrufen julia@example.org mercutio@example.org – ein Gespräch beginnen und diese beiden einladen\n"
             "  anrufen Team: julia@example.org – dasselbe, und das Gespräch heißt „Team“";
    case Phrase::help_end:
      return "Jedes Gespräch ist ein eigener Kontakt. Ruf ihn an, um teilzunehmen; schreib ihm „hilfe“, um zu sehen, "
             "was er kann. Meine Adresse ist {0}.";
    case Phrase::conference_help:
      return "Dieser Kontakt ist das Gespräch „{0}“. Ruf ihn an, um teilzunehmen. Oder schreib:";
    case Phrase::conference_help_end:
      return "Mit „/“ oder „!“ davor ist eine Zeile immer ein Befehl. Was du sonst schreibst, während du im Gespräch "
             "bist, lesen die anderen, die darin sind; „sag …“ lesen sie, womit es auch beginnt.";
    case Phrase::started:
      return "„{0}“ ist bereit, und ich habe {3} eingeladen. Ruf {1} an, um teilzunehmen (der Kontakt bittet um "
             "Aufnahme in deine Liste), oder öffne {2} im Browser.";
    case Phrase::started_alone:
      return "„{0}“ ist bereit. Ruf {1} an, um teilzunehmen (der Kontakt bittet um Aufnahme in deine Liste), oder "
             "öffne {2} im Browser.";
    case Phrase::invited:
      return "Ich habe {1} zu „{0}“ eingeladen.";
    case Phrase::invited_nobody:
      return "Niemand wurde zu „{0}“ eingeladen.";
    case Phrase::invitation:
      return "{0} lädt dich zum Gespräch „{1}“ ein. Drück in diesem Chat auf Anrufen, oder öffne {3} im Browser. "
             "(xmpp:{2})";
    case Phrase::named_twice:
      return "Du hast {0} zweimal genannt; einmal genügt.";
    case Phrase::invited_lately:
      return "{0}: habe ich eben erst eingeladen; einmal in der Minute genügt.";
    case Phrase::not_reachable:
      return "{0}: nicht erreichbar, meine Nachrichten kommen zurück.";
    case Phrase::in_quiet_hours:
      return "{0}: möchte um diese Zeit nicht angeklingelt werden; meine Nachricht wartet.";
    case Phrase::invitation_returned:
      return "Meine Einladung zu „{0}“ kam von {1} zurück: Ich bin dort gesperrt, oder es gibt die Adresse nicht.";
    case Phrase::nobody_in_call:
      return "In „{0}“ ist gerade niemand. Ruf mich an, um zu beginnen.";
    case Phrase::people_in_call:
      return "In „{0}“ sind jetzt: {1}.";
    case Phrase::members:
      return "„{0}“ gehört {1}. Moderation: {2}. Mitglieder: {3}.";
    case Phrase::link:
      return "Wer diesen Link hat, kann an „{0}“ im Browser teilnehmen: {1}";
    case Phrase::link_useless:
      return "„{0}“ ist nur für Mitglieder, ein Link für Browser ließe also niemanden hinein. Schreib „offen“, um das "
             "zu ändern.";
    case Phrase::ended:
      return "„{0}“ ist für alle beendet.";
    case Phrase::ended_by:
      return "{1} hat „{0}“ beendet.";
    case Phrase::kept:
      return "„{0}“ bleibt: Du erreichst es jederzeit unter {1}. Wer eingeladen war, ist Mitglied.";
    case Phrase::renamed:
      return "„{0}“ heißt jetzt „{1}“.";
    case Phrase::deleted:
      return "„{0}“ ist gelöscht.";
    case Phrase::deleted_by:
      return "{1} hat „{0}“ gelöscht; den Kontakt gibt es nicht mehr.";
    case Phrase::locked_now:
      return "„{0}“ ist abgesperrt: Niemand Neues kommt herein, bis das Gespräch endet oder du „aufsperren“ schreibst.";
    case Phrase::unlocked_now:
      return "„{0}“ ist nicht mehr abgesperrt.";
    case Phrase::chat_on:
      return "Was jemand aus „{0}“ mir schreibt, lesen die anderen darin.";
    case Phrase::chat_off:
      return "Der Chat von „{0}“ ist aus: Ich nehme nur Befehle an.";
    case Phrase::members_only_now:
      return "In „{0}“ kommen jetzt nur Mitglieder. Wer eingeladen war oder darin ist, ist eines geworden.";
    case Phrase::open_now:
      return "„{0}“ ist offen: Alle, die diesen Dienst nutzen dürfen, können teilnehmen, und wer den Link hat.";
    case Phrase::recording_starts:
      return "{1} lässt „{0}“ ab jetzt aufnehmen.";
    case Phrase::is_recorded:
      return "„{0}“ wird gerade aufgenommen.";
    case Phrase::recording_ended:
      return "Die Aufnahme von „{0}“ ist beendet.";
    case Phrase::recording_file:
      return "Sie liegt auf dem Medienserver: {0}";
    case Phrase::recording_needs_a_call:
      return "In „{0}“ ist gerade niemand, es gibt also nichts aufzunehmen.";
    case Phrase::muted:
      return "{0} ist stumm.";
    case Phrase::unmuted:
      return "{0} ist wieder zu hören.";
    case Phrase::you_were_muted:
      return "{1} hat dich in „{0}“ stumm geschaltet.";
    case Phrase::you_were_unmuted:
      return "{1} lässt dich in „{0}“ wieder zu Wort kommen.";
    case Phrase::removed:
      return "{0} ist nicht mehr in „{1}“.";
    case Phrase::you_were_removed:
      return "{1} hat dich aus „{0}“ entfernt.";
    case Phrase::spotlight_on:
      return "Alle sehen {0} jetzt groß.";
    case Phrase::spotlight_off:
      return "Im Bild ist niemand mehr hervorgehoben.";
    case Phrase::layout_automatic:
      return "Das Bild ordnet sich jetzt selbst an.";
    case Phrase::layout_grid:
      return "Alle sind jetzt gleich groß zu sehen.";
    case Phrase::layout_speaker:
      return "Wer spricht, ist jetzt groß zu sehen.";
    case Phrase::layout_spotlight:
      return "Eine Person ist jetzt groß zu sehen; „hervorheben NAME“ sagt, welche.";
    case Phrase::layout_presentation:
      return "Ein Bildschirm ist jetzt groß zu sehen, die Leute daneben.";
    case Phrase::pin_is:
      return "Die PIN von „{0}“ ist {1}, für alle, die mit dem Telefon teilnehmen.";
    case Phrase::pin_none:
      return "„{0}“ hat keine PIN.";
    case Phrase::owner_now:
      return "„{1}“ gehört jetzt {0}; du bleibst in der Moderation.";
    case Phrase::moderator_now:
      return "{0} moderiert „{1}“ jetzt.";
    case Phrase::member_now:
      return "{0} ist jetzt Mitglied von „{1}“.";
    case Phrase::guest_now:
      return "{0} ist kein Mitglied von „{1}“ mehr.";
    case Phrase::you_are_owner:
      return "{1} hat dir „{0}“ übergeben. Schreib „hilfe“, um zu sehen, was du tun kannst.";
    case Phrase::you_are_moderator:
      return "{1} hat dich in die Moderation von „{0}“ aufgenommen. Schreib „hilfe“, um zu sehen, was du tun kannst.";
    case Phrase::you_are_member:
      return "{1} hat dich zum Mitglied von „{0}“ gemacht.";
    case Phrase::you_are_guest:
      return "{1} hat deine Mitgliedschaft in „{0}“ beendet.";
    case Phrase::your_conferences:
      return "Deine Gespräche:";
    case Phrase::no_conferences:
      return "Du hast keine Gespräche. Schreib „hilfe“, um zu sehen, wie man eines beginnt.";
    case Phrase::conference_idle:
      return "{0} ({1}): niemand ist darin";
    case Phrase::conference_running:
      return "{0} ({1}): {2} im Gespräch";
    case Phrase::quiet_here:
      return "Zwischen {0} und {1} klingelt es bei dir nicht. Das gilt nach der Uhr dieses Dienstes, dort ist es jetzt "
             "{2}; „ruhe {0}-{1} +01:00“ nennt eine andere.";
    case Phrase::quiet_there:
      return "Zwischen {0} und {1} (UTC{2}) klingelt es bei dir nicht.";
    case Phrase::quiet_none:
      return "Bei dir darf es jederzeit klingeln. „ruhe 22:00-07:00“ ändert das.";
    case Phrase::why_not_in_call:
      return "Du bist nicht in „{0}“, und ich weiß von keinem Anruf von dir dorthin, der geendet hätte.";
    case Phrase::why_last_ended:
      return "Du bist nicht in „{0}“. Dein letzter Anruf dorthin endete vor {1} Minuten:";
    case Phrase::why_in_call:
      return "{0} ist seit {2} Minuten in „{1}“.";
    case Phrase::why_not_connected:
      return "Der Anruf von {0} bei „{1}“ wird aufgebaut; noch kam kein Paket durch.";
    case Phrase::why_stalled:
      return "Seit 5 Sekunden oder länger kommt gar nichts an: Das Netz ist weg oder sehr schlecht.";
    case Phrase::why_no_sound:
      return "Es kommt kein Ton an: Ist das Mikrofon an, und darf das Programm es benutzen?";
    case Phrase::why_no_picture:
      return "Es kommt kein Bild an: Ist die Kamera an, und darf das Programm sie benutzen?";
    case Phrase::why_frozen:
      return "Das Bild steht seit {0} Sekunden still: Ruht das Programm, oder ist sein Netz zu langsam?";
    case Phrase::why_loss:
      return "{0} % der Pakete gehen auf dem Weg hierher verloren; ab 3 % leiden Ton und Bild.";
    case Phrase::why_slow:
      return "Ein Paket braucht {0} ms hin und zurück; ab 300 ms fällt man einander ins Wort.";
    case Phrase::why_muted_by_moderator:
      return "Die Moderation hat diese Person stumm geschaltet; „laut NAME“ hebt das auf.";
    case Phrase::why_muted:
      return "Das eigene Programm sagt, dass sein Mikrofon aus ist.";
    case Phrase::why_good:
      return "Was gesendet wird, kommt durch, und wenig geht verloren.";
    case Phrase::why_no_news:
      return "Der Medienserver hat noch nicht gesagt, wie gut es geht.";
    case Phrase::said:
      return "Ich habe es weitergegeben an: {0}.";
    case Phrase::chat_nobody_else:
      return "Das konnte sonst niemand in „{0}“ lesen.";
    case Phrase::chat_too_long:
      return "Das ist zu lang für den Chat; 5000 Zeichen genügen.";
    case Phrase::which_one:
      return "Wen meinst du? Schreib die Nummer.";
    case Phrase::cannot_read_encrypted:
      return "Ich kann verschlüsselte Nachrichten nicht lesen. Schalte die Verschlüsselung für diesen Chat aus, oder "
             "drück einfach auf Anrufen.";
    case Phrase::idle:
      return "Kein Gespräch. Ruf mich an, um eines zu beginnen.";
    case Phrase::running:
      return "{0} im Gespräch: {1}";
    case Phrase::stalled:
      return "{0} (keine Verbindung)";
    case Phrase::join_by_link:
      return "Dein Programm rief ohne die Verschlüsselung an, die hier jedes Gespräch braucht (DTLS-SRTP), deshalb "
             "konntest du an „{0}“ nicht teilnehmen. Im Browser geht es: {1}";
    case Phrase::service_status:
      return "Schreib mir „hilfe“, um ein Gespräch zu mehreren zu beginnen.";
    case Phrase::media_server_lost:
      return "Der Medienserver von „{0}“ ist stehen geblieben, und dein Anruf mit ihm. Ich rufe dich zurück; wenn "
             "nichts klingelt, ruf noch einmal an.";
    case Phrase::group_status:
      return "{0} – zur Teilnahme {1} anrufen, oder {2} im Browser öffnen.";
    case Phrase::group_status_members:
      return "{0} – Mitglieder rufen zur Teilnahme {1} an.";
    case Phrase::group_hello:
      return "Ich halte das Videogespräch dieses Gruppenchats. „{0}: hilfe“ zeigt, was ich kann; auf „{0}: verlassen“ "
             "gehe ich.";
    case Phrase::group_help:
      return "Dieser Gruppenchat hat das Gespräch „{1}“. Schreib hier „{0}: …“, oder mir allein:\n"
             "  einladen NICK …|alle – Leute aus diesem Gruppenchat einladen, mit Nachricht und Klingeln";
    case Phrase::group_hides_addresses:
      return "Dieser Gruppenchat verbirgt vor mir die Adressen, darum kann ich es bei niemandem klingeln lassen. Wer "
             "teilnehmen will, ruft {0} an oder öffnet {1} im Browser.";
    case Phrase::group_nobody_to_invite:
      return "Hier ist sonst niemand, den ich zu „{0}“ einladen könnte.";
    case Phrase::group_joining:
      return "Ich bin unterwegs zu {0}.";
    case Phrase::group_left:
      return "Ich habe {0} verlassen. „{1}“ geht ohne ihn weiter.";
    case Phrase::group_none:
      return "„{0}“ gehört zu keinem Gruppenchat.";
    case Phrase::group_not_let_in:
      return "{0} lässt mich nicht hinein. Ist es nur für Mitglieder, kann {1} dort von der Verwaltung eingetragen "
             "werden; dann ladet mich wieder ein.";
    case Phrase::group_unknown_inviter:
      return "Jemand hat mich eingeladen, aber {0} sagt mir nicht, wer. Wer Gespräche beginnen darf, schreibe "
             "„betreten "
             "{0}“ an {1}, oder lade mich direkt ein.";
    case Phrase::ring_declined:
      return "{0} möchte jetzt nicht an „{1}“ teilnehmen.";
    case Phrase::ring_busy:
      return "{0} ist in einem anderen Gespräch.";
    case Phrase::ring_unanswered:
      return "{0} nimmt nicht ab. Die Einladung zu „{1}“ steht im Chat mit diesem Kontakt, für später.";
    case Phrase::ring_failed:
      return "Ich konnte {0} nicht anrufen. In der Einladung zu „{1}“ steht, wie man teilnimmt.";
    case Phrase::mode_computer:
      return "  computer{0}";
    case Phrase::mode_cellular:
      return "  mobil{0}";
    case Phrase::mode_pstn:
      return "  telefon{0}";
    case Phrase::mode_gateway:
      return "  gateway{0}";
    case Phrase::mode_standard:
      return "  raum{0}";
    case Phrase::mode_isdn:
      return "  isdn{0}";
    case Phrase::mode_atm:
      return "  atm{0}";
    case Phrase::mode_not_rung:
      return "{0} (nur wenn jemand es so will)";
    case Phrase::modes_none:
      return "Außer deinen Jabber-Programmen kenne ich keinen Weg zu dir. Nenn mir andere: "
             "wege mobil +49170…, telefon +4930… 08:00-17:00 Schreibtisch";
    case Phrase::modes_from_server:
      return "So bist du zu erreichen, wie es dein Server festhält; sonst sieht das niemand:";
    case Phrase::modes_from_you:
      return "So bist du zu erreichen, wie du es mir gesagt hast; sonst sieht das niemand:";
    case Phrase::modes_from_vcard:
      return "So bist du zu erreichen, nach den Telefonnummern deiner vCard:";
    case Phrase::modes_at_once:
      return "Alles klingelt zugleich.";
    case Phrase::modes_in_turn:
      return "Es klingelt eines nach dem anderen.";
    case Phrase::modes_kept_here:
      return "Dein Server {0} lässt mich das nicht dort ablegen; es steht deshalb nur in meiner eigenen Datenbank.";
    case Phrase::by_computer:
      return "{0}";
    case Phrase::by_cellular:
      return "{0} (mobil)";
    case Phrase::by_pstn:
      return "{0} (Telefon)";
    case Phrase::by_gateway:
      return "{0} (Gateway)";
    case Phrase::by_standard:
      return "{0} (Raumsystem)";
    case Phrase::by_isdn:
      return "{0} (ISDN)";
    case Phrase::by_atm:
      return "{0} (ATM)";
    case Phrase::is_dialled:
      return "Ich wähle {0}.";
    case Phrase::no_such_way:
      return "So kann ich {0} nicht erreichen, oder ich darf es nicht für dich.";
    case Phrase::dialled_too_long:
      return "Die Minuten, die an einem Tag für dich gewählt werden dürfen, sind aufgebraucht; dein Anruf per Telefon "
             "in „{0}“ ist deshalb zu Ende.";
    case Phrase::by_telephone:
      return "Per Telefon: Die Nummer dieser Konferenz ist {0}.";
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
