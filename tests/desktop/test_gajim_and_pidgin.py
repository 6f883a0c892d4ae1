"""Gajim and Pidgin, which cannot make an encrypted call: what they show of a conference, ask of it, and how their people join."""

import re

import pytest
from gajim import Gajim
from pidgin import Pidgin
from session import wait_for

from rig.senses import sees
from rig.stage import COLOURS, TONES

GUEST, NURSE = 3, 4
NO_CALL, NURSE_ALONE = "<status>No call running.", "<status>1 in call: nurse</status>"


class Crowd:
    """Gus has Gajim and starts the conference, Pia has Pidgin and is invited, the nurse calls it from a program that can."""

    def __init__(self, stage, desktop, computer, pictures):
        self.stage, self.pictures, self.contact = stage, pictures, stage.contact("team")
        self.sessions = [desktop(name, COLOURS[0], TONES[0], with_camera=False) for name in ("gus", "pia")]
        self.gajim = Gajim(self.sessions[0], stage.server, stage.account("gus")).start()
        self.pidgin = Pidgin(self.sessions[1], stage.server, stage.account("pia"), computer.certificate[0]).start()

    def photograph(self, what):
        for client, session in zip(("gajim", "pidgin"), self.sessions):
            session.screenshot(self.pictures / f"{client}-{what}.png")


@pytest.fixture(scope="module")
def crowd(stage, desktop, computer, pictures):
    crowd = None
    try:
        crowd = Crowd(stage, desktop, computer, pictures)
        yield crowd
    finally:
        if crowd:
            crowd.photograph("at-the-end")


def link_in(line):
    return re.search(r"https?://\S+/j/[\w.-]+", line).group()


def test_gajim_starts_a_call_by_a_line_of_chat_and_pidgin_shows_the_invitation(crowd):
    gajim, pidgin = crowd.gajim, crowd.pidgin
    gajim.opens_new_chat(crowd.stage.service)
    gajim.says(f"call team: {pidgin.bare}")
    gajim.waits_for("“team” is ready", f"I have invited {pidgin.bare}")
    invitation = pidgin.waits_for("Recv", f"{gajim.bare} invites you to the group call “team”")
    assert f"xmpp:{crowd.contact}" in invitation and link_in(invitation)


def test_the_entry_in_both_rosters_says_that_nobody_calls(crowd):
    crowd.gajim.takes_contact(crowd.contact)
    crowd.pidgin.takes_contact(crowd.contact)
    crowd.gajim.waits_for("<presence ", crowd.contact, NO_CALL)
    crowd.pidgin.waits_for("<presence ", crowd.contact, NO_CALL)
    crowd.gajim.shows_contact()
    crowd.photograph("idle")


def test_the_entry_in_both_rosters_says_who_is_in_the_call(crowd):
    nurse = crowd.stage.probe("nurse", NURSE, call=crowd.contact, stay=True)
    nurse.waits_for("connected", seconds=60)
    crowd.gajim.waits_for("<presence ", crowd.contact, NURSE_ALONE)
    crowd.pidgin.waits_for("<presence ", crowd.contact, NURSE_ALONE)
    crowd.gajim.shows_contact()
    crowd.photograph("running")


def test_an_ad_hoc_command_is_found_in_the_contacts_menu_and_answers(crowd):
    assert "In “team” now: nurse." in crowd.gajim.asks_who_is_there()
    assert "In “team” now: nurse." in crowd.pidgin.asks_who_is_there()
    crowd.photograph("command")


def test_a_call_without_encryption_has_a_clear_end_and_words_with_a_link(crowd):
    """JC-47: on the real programs that offer so."""
    since = crowd.gajim.calls(crowd.contact)
    crowd.link = link_in(crowd.gajim.waits_for("DTLS-SRTP", "You can join by browser", since=since))
    wait_for(lambda: not crowd.gajim.in_call(), "the end of Gajim's window of the call", 120)

    since = crowd.pidgin.calls(crowd.contact)
    crowd.pidgin.waits_for("got Jingle package action = session-terminate", since=since)
    assert link_in(crowd.pidgin.waits_for("Recv", "DTLS-SRTP", "You can join by browser", since=since))
    assert crowd.gajim.process.alive() and crowd.pidgin.process.alive()
    crowd.photograph("refused")


def test_by_the_link_that_gajim_was_sent_its_person_joins_in_a_browser(crowd):
    gus = crowd.stage.guest("Gus", GUEST, crowd.link)
    sees(gus, [COLOURS[NURSE]], seconds=120)
    crowd.pidgin.waits_for("<presence ", crowd.contact, "<status>2 in call: nurse, Gus</status>")
