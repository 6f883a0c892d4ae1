"""Prosody, Rollcall with a SIP door, a provider's trunk and the telephones behind it; and people whose modes their server holds."""

import json
import time
import xml.etree.ElementTree as ElementTree

from house import Phone
from kamailio import Kamailio
from rooms import Terminal, certificate
from rig.client import error_condition
from rig.ports import free_port
from rig.prosody import Prosody
from rig.senses import wait_until
from rig.stage import Stage

NODE = "urn:rollcall:modes:0"
PUBSUB = "http://jabber.org/protocol/pubsub"


class World:
    def __init__(self, folder):
        self.folder = folder
        server = Prosody(folder / "server").start()
        self.stage = Stage(server, folder, dial={"allowed": [server.domain], "next_mode_seconds": 20})
        self.desk = Phone(folder / "desk", tone=1000, account=";answermode=auto")
        self.board = Phone(folder / "board", tone=1300, account=";answermode=auto")
        pem = certificate(folder / "tls")
        self.room = Terminal(folder / "room", 1700, "opus/48000/2", "VP8", pem, more=";mediaenc=srtp-mand")
        self.stage.rollcall.settings["sip"] = {"tls_listen": f"127.0.0.1:{free_port()}", "tls_directory": str(pem.parent)}
        self.provider = Kamailio(folder / "provider", self.desk.port)

    def gateways(self):
        return [self.provider.gateway(),
                {"name": "board", "mode": "gateway", "host": f"127.0.0.1:{self.board.port}", "dial": "{number}@{host}",
                 "profile": "voice", "allowed": ["phone"]},
                {"name": "rooms", "mode": "video_conferencing_standard", "host": f"127.0.0.1:{self.room.tls_port}",
                 "transport": "tls", "media": "sdes", "dial": "{number}", "profile": "room", "video_kbit": 600,
                 "allowed": ["phone@127.0.0.1*"]}]

    def start(self):
        self.provider.start()
        self.desk.start()
        self.board.start()
        self.room.start()
        self.stage.rollcall.start(web=False)
        self.door = self.stage.rollcall.start_sip(self.gateways(), [{"name": "guest", "password": "balcony"}])
        self.door.wait_for_event("sip.registered", 60, gateway="trunk")
        wait_until(lambda: [] if any(gateway["name"] == "trunk" and gateway["up"] for said in self.heard("door.gateways")
                                     for gateway in said["gateways"]) else ["the trunk is not up"], 60)
        return self

    def heard(self, method):
        """The parameters of every control message of this method, in order."""
        lines = self.stage.rollcall.transcript.read_text().splitlines()
        found = [json.loads(json.loads(line)["text"]) for line in lines]
        return [message.get("params", {}) for message in found if message.get("method") == method]

    # ---- the plays

    def person_with(self, name, modes):
        """A user whose server holds these modes, and has told them to Rollcall; he is not at his computer any more."""
        person = self.stage.person(name)
        service = self.stage.service
        person.subscribes_to(service)
        person.receives_presence(service, "subscribe", seconds=60)
        person.sends(f"<presence to='{service}' type='subscribed'/>")
        person.receives_presence(service, "subscribed", seconds=60)
        payload = f"<modes xmlns='{NODE}'>{modes}</modes>"
        deadline = time.monotonic() + 120
        while True:
            answer = person.asks(person.bare, f"<pubsub xmlns='{PUBSUB}'><publish node='{NODE}'><item id='current'>{payload}"
                                              "</item></publish></pubsub>", "set")
            assert error_condition(answer) is None
            person.forgets()
            person.says(service, "modes")
            if "your server holds them" in (said := person.receives_message(service, seconds=60)):
                break
            assert time.monotonic() < deadline, said
            time.sleep(1)
        person.logout()
        return person


    def is_in(self, asker, contact, name):
        """`who` says so, and says his number to nobody."""
        def look():
            asker.forgets()
            asker.says(contact, "who")
            said = asker.receives_message(contact, seconds=60)
            return [] if name in said else [f"{name} is not in: {said}"]
        wait_until(look, 60, pause=1)

    def is_shown(self, asker, contact, name):
        asker.receives_presence(contact, containing=name, seconds=60)

    def close(self):
        for process in (self.desk, self.board, self.room):
            if process.process.child:
                process.stop()
        try:
            self.stage.close()
        finally:
            if self.provider.process.child:
                self.provider.stop()


def hears_tone(phone, wanted):
    frequency, share = phone.hears()
    return [] if abs(frequency - wanted) < 20 and share > 0.5 else [f"{phone.process.name} hears {frequency:.0f} Hz ({share:.2f})"]


def has_heard_of(person, secret):
    """Whether anything at all that he received contains it."""
    return [stanza for stanza in person.has_received(lambda _: True) if secret in ElementTree.tostring(stanza, "unicode")]
