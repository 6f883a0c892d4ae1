"""A telephone calls the number of a conference: with its PIN it is in, with wrong ones it is locked out."""

import re

from house import Phone
from rig.senses import wait_until
from world import hears_tone


def numbered(act, romeo):
    """A conference that telephones can join: its contact, its number and its PIN."""
    team = act.stage.conference(romeo)
    romeo.says(team, "pin new")
    said = romeo.receives_message(team, "The PIN of", seconds=60)
    pin = re.search(r"is (\d+),", said).group(1)
    romeo.says(team, "link")
    number = re.search(r"the number of this conference is (\d+)", romeo.receives_message(team, "By telephone", seconds=60)).group(1)
    return team, number, pin


def test_dialling_in_by_number_and_pin(act, tmp_path):
    romeo = act.stage.person("romeo")
    team, number, pin = numbered(act, romeo)
    nurse = act.stage.probe("nurse", call=team, expect_tones=2050, stay=True, timeout=90)
    nurse.waits_for("connected", 60)
    phone = Phone(tmp_path / "phone", tone=2050).calls(f"sip:{number}*{pin}@127.0.0.1:{act.stage.rollcall.sip_port}")
    try:
        wait_until(lambda: hears_tone(phone, nurse.tone), 60)
        nurse.waits_for("tone-appeared", 60, hz=2050)
        act.is_in(romeo, team, "elephone")
    finally:
        phone.stop()
    nurse.leaves()


def test_who_guesses_pins_is_locked_out(act, tmp_path):
    romeo = act.stage.person("romeo")
    _, number, pin = numbered(act, romeo)
    wrong = "0000" if pin != "0000" else "1111"
    for i, keyed in enumerate([wrong] * 5 + [pin]):
        phone = Phone(tmp_path / f"phone{i}").calls(f"sip:{number}*{keyed}@127.0.0.1:{act.stage.rollcall.sip_port}")
        try:
            phone.process.wait_for(lambda line: ("503" if keyed == pin else "403") in line, 60)
        finally:
            phone.stop()
