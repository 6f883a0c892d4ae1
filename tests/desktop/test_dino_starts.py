"""Dino begins: from nothing into a call of its own, by the README's steps."""

import time

from dino import Dino
from session import wait_for

from rig.stage import COLOURS, TONES

# Where things stand in Dino 0.4's window for a new conversation on a screen of 1280x800.
FIRST_ADDRESS = (600, 257)
START = (827, 148)


def asks_for_call(dino, service, line):
    """Ctrl+T, the address, the address in the list, Start, the line; again where a key or a click came before its place."""
    has_dialogue = dino.in_call  # a second window, whatever it is for

    def tries():
        dino.session.presses("ctrl+t")
        try:
            wait_for(has_dialogue, "Dino's window for a new conversation", 10)
        except AssertionError:
            return
        dino.session.presses("ctrl+a")
        dino.session.run("xdotool", "type", service)
        time.sleep(0.5)  # the list follows; where it has not, Start does nothing, and all is done again
        dino.session.clicks(*FIRST_ADDRESS)
        dino.session.clicks(*START)
        time.sleep(1)
        if has_dialogue():
            dino.session.presses("Escape")
            return
        dino.session.run("xdotool", "type", line)
        dino.session.presses("Return")
    dino.tries(tries, "Dino's line of chat", line, dino.process.mark(), seconds=120)


def test_who_knows_nothing_starts_a_call_from_dino_by_the_steps_of_the_readme(stage, desktop, pictures):
    ben, contact = stage.person("ben"), stage.contact("team")
    session = desktop("juliet", COLOURS[0], TONES[0], with_camera=False)
    juliet = Dino(session, stage.server, stage.account("juliet")).start()
    try:
        asks_for_call(juliet, stage.service, f"call team: {ben.bare}")
        juliet.waits_for_stanza("“team” is ready")
        ben.receives_message(contact, "juliet@example.org invites you")
        ben.accepts_subscription_of(contact)
        juliet.accepts_contact(contact)
        juliet.calls(contact, video=False)
        ben.receives_presence(contact, containing="1 in call: juliet", seconds=60)
    finally:
        session.screenshot(pictures / "dino-starts.png")
