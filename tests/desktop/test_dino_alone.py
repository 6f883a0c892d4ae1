"""Dino without a camera, and a Dino that dies."""

import pytest
from dino import Dino

from rig.senses import hears, sees
from rig.stage import COLOURS, TONES

MERCUTIO, NURSE = 0, 1


@pytest.fixture
def team(stage):
    """Romeo's conference, in which the nurse is."""
    romeo = stage.person("romeo")
    contact = stage.conference(romeo, "team")
    romeo.accepts_subscription_of(contact)
    nurse = stage.page("nurse", NURSE)
    nurse.calls(contact)
    romeo.receives_presence(contact, containing="1 in call: nurse", seconds=40)
    return romeo, contact, nurse


def test_dino_without_a_camera_sees_hears_is_heard_and_is_missed_when_it_dies(stage, desktop, team, pictures):
    romeo, contact, nurse = team
    session = desktop("mercutio", COLOURS[MERCUTIO], TONES[MERCUTIO], with_camera=False)
    mercutio = Dino(session, stage.server, stage.account("mercutio")).start()
    romeo.says(contact, f"invite {mercutio.bare}")
    mercutio.waits_for_stanza("invites you")
    mercutio.accepts_contact(contact)
    mercutio.calls_and_is_heard(contact, nurse)  # with video; Dino offers it without a camera too, and sends none

    romeo.receives_presence(contact, containing="2 in call", seconds=60)
    hears(nurse, [TONES[MERCUTIO]], own=TONES[NURSE], seconds=60)
    session.hears([TONES[NURSE]], own=TONES[MERCUTIO], seconds=60)
    mercutio.call_window()
    mercutio.sees([COLOURS[NURSE]])
    session.screenshot(pictures / "dino-without-camera.png")
    sees(nurse, [COLOURS[NURSE]], absent=[COLOURS[MERCUTIO]])

    romeo.forgets()
    mercutio.process.kill()
    hears(nurse, [], absent=[TONES[MERCUTIO]])
    romeo.receives_presence(contact, containing="1 in call: nurse", seconds=60)
