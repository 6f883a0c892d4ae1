"""Each profile's sound and picture, by a telephone that knows nothing else: both ways, tone and size of the picture."""

import pytest

from house import PIN, House, Phone, hears_tone
from rig.senses import wait_until

PICTURES = ("avcodec.so", "fakevideo.so")


def sends_picture(house, height):
    """By what the MCU decodes."""
    seen = [said for said in house.heard("leg.health") if said.get("video") and said.get("picture_height") == height]
    return [] if seen else [f"no picture of {height} lines"]


def gets_picture(phone, size):
    wanted = f"receiving with resolution {size}"
    return [] if any(wanted in line for line in phone.process.lines) else [f"{phone.process.name} gets no picture of {size}"]


def meet(house, special, checks=lambda: []):
    """Another telephone, which knows G.711 only, is in the conference too."""
    plain = Phone(house.folder / "plain", tone=440).calls(f"sip:{PIN}@127.0.0.1:{house.port}")
    try:
        wait_until(lambda: hears_tone(plain, 1000) + hears_tone(special, 440) + checks(), 120)
    finally:
        plain.stop()


@pytest.mark.parametrize("mode, profile, sound, picture, size, height, seen, modules", [
    ("cellular", "cellular", "AMR-WB/16000/1", "H263", "352x288", 288, "352 x 288", ("amr.so",)),
    ("isdn", "h320", "PCMA", "H263", "352x288", 288, "352 x 288", ()),
    ("video_conferencing_standard", "room", "opus/48000/2", "H264", "640x360", 360, "640 x 360", ("opus.so",)),
])
def test_who_calls_in_is_seen_and_heard_and_sees_and_hears(tmp_path, mode, profile, sound, picture, size, height, seen, modules):
    house = House(tmp_path, gateways=[{"name": "line", "mode": mode, "profile": profile, "video_kbit": 512 if profile == "room" else 384,
                                       "inbound_from": ["127.0.0.1"]}])
    phone = Phone(tmp_path / "phone", tone=1000, sound=sound, picture=picture, size=size, modules=(*modules, *PICTURES))
    try:
        house.start()
        phone.calls(f"sip:{PIN}@127.0.0.1:{house.port}")
        meet(house, phone, lambda: gets_picture(phone, seen) + sends_picture(house, height))
    finally:
        phone.stop()
        house.close()


def test_an_isdn_terminal_is_dialled_with_the_prefix_of_its_rate(tmp_path):
    """It knows itself by the number with its prefix, and by no other."""
    terminal = Phone(tmp_path / "terminal", tone=1000, account=";answermode=auto", user="8230123")
    gateway = {"name": "isdn", "mode": "isdn", "host": f"127.0.0.1:{terminal.port}", "profile": "h320", "video_kbit": 384,
               "dial": "{prefix}{national}@{host}", "prefixes": ["128:82", "384:81"], "allowed": ["*"], "inbound_from": ["127.0.0.1"]}
    house = House(tmp_path, gateways=[gateway])
    try:
        terminal.start()
        house.start()
        house.say("dial isdn-1 isdn +30123")
        house.door.wait_for_event("sip.answered", 60, leg="isdn-1", gateway="isdn")
        meet(house, terminal)
    finally:
        terminal.stop()
        house.close()
