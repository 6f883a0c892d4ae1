"""A trunk: Rollcall registers with a provider (Kamailio), calls a telephone through it, and is called."""

import pytest

from house import PIN, House, Phone, hears_tone
from kamailio import Kamailio
from rig.ports import free_port
from rig.senses import wait_until


class Scene:
    def __init__(self, folder):
        self.phone = Phone(folder / "phone", tone=1000, account=";answermode=auto")
        self.provider = Kamailio(folder / "provider", self.phone.port)
        dead = {"name": "dead", "mode": "pstn", "host": f"127.0.0.1:{free_port()}", "profile": "voice", "allowed": ["+1555*"]}
        self.house = House(folder, gateways=[self.provider.gateway(), dead])
        self.other = Phone(folder / "other", tone=440)

    def start(self):
        self.phone.start()
        self.provider.start()
        self.house.start()
        self.house.door.wait_for_event("sip.registered", 60, gateway="trunk")
        self.other.calls(f"sip:{PIN}@127.0.0.1:{self.house.port}")
        return self

    def close(self):
        for part in (self.other, self.phone):
            if part.process.child:
                part.stop()
        self.house.close()
        if self.provider.process.child:
            self.provider.stop()


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    scene = Scene(tmp_path_factory.mktemp("scene"))
    try:
        yield scene.start()
    finally:
        scene.close()


def test_the_allocator_hears_when_the_trunk_is_registered(scene):
    wait_until(lambda: [] if any(gateway["name"] == "trunk" and gateway["up"] for said in scene.house.heard("door.gateways")
                                 for gateway in said["gateways"]) else ["the trunk is not up"], 30)


def test_a_telephone_that_is_called_through_the_second_trunk_is_in_the_mix(scene):
    """The first one is dead; the second one asks for a password."""
    scene.house.say(f"dial out-1 dead,trunk {scene.provider.number}")
    scene.house.door.wait_for_event("sip.answered", 60, leg="out-1", gateway="trunk")
    wait_until(lambda: hears_tone(scene.other, 1000) + hears_tone(scene.phone, 440), 60)
    scene.phone.process.say("5")
    wait_until(lambda: [] if "5" in [keys["digits"] for keys in scene.house.heard("leg.dtmf")] else ["no key"], 60)
    scene.house.say("hangup out-1")
    scene.house.door.wait_for_event("sip.ended", 60, leg="out-1")


@pytest.mark.parametrize("number, reason, status", [("+15550486", "busy", 486), ("+15550404", "unreachable", 404)])
def test_what_became_of_a_call_that_came_to_nothing_is_said(scene, number, reason, status):
    scene.house.say(f"dial {reason} trunk {number}")
    wait_until(lambda: [] if [said for said in scene.house.heard("call.failed")
                              if (said["leg"], said["reason"], said["status"]) == (reason, reason, status)] else ["no word"], 60)
